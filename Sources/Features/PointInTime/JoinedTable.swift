import Calendar
import Tables

/// A table whose rows know their account.
struct JoinedTable: Sendable {
  let source: SourceTable
  let table: Table
  let rows: RowsByAccount
  let findings: TableFindings
  /// The account of each row, −1 for rows that are left out.
  let account: [Int32]

  /// Ties each row to its account and counts what is odd.
  init(
    _ source: SourceTable, table: Table, accounts: AccountIndex, accountStart: [Int64?],
    through: ThroughKeys?
  ) throws(FeatureError) {
    guard let startName = source.start else { throw .missingDeclaration(key: "date", table: source.name) }
    var findings = TableFindings(table: source.name)
    findings.rows = table.rowCount
    let start = try table.seconds(startName, source)
    var end: [Int64]?
    if let name = source.end {
      end = try table.seconds(name, source).map { $0 == Dates.missing ? .max : $0 }
    }
    let key = KeyColumn(try table.column(source.account, file: source.file, user: source.name))
    let accountOfKey: [Int32] = key.keys.map { id in
      if let through { return through.account[id] ?? -1 }
      return accounts[id].map(Int32.init) ?? -1
    }
    findings.countKeys(key, accountOfKey)
    if let id = source.id {
      findings.countDuplicates(KeyColumn(try table.column(id, file: source.file, user: source.name)))
    }

    let passes = try source.filter?.matches(in: table, file: source.file)
    var account = Array(repeating: Int32(-1), count: table.rowCount)
    for row in account.indices {
      if let passes, !passes[row] {
        findings.filteredOut += 1
        continue
      }
      let owner = key.codes[row] < 0 ? -1 : accountOfKey[Int(key.codes[row])]
      if owner < 0 { findings.orphanRows += 1 }
      if start[row] == Dates.missing { findings.withoutDate += 1 }
      guard owner >= 0, start[row] != Dates.missing else { continue }
      account[row] = owner
      if let end, end[row] < start[row] { findings.endBeforeStart += 1 }
      let id = through == nil ? nil : key.keys[Int(key.codes[row])]
      let began = id.flatMap { through?.start[$0] } ?? accountStart[Int(owner)]
      if let began, start[row] < began { findings.beforeStart += 1 }
      if let ended = id.flatMap({ through?.end[$0] }), start[row] > ended { findings.afterEnd += 1 }
    }
    self.source = source
    self.table = table
    self.account = account
    self.findings = findings
    rows = RowsByAccount(
      account: account, accountCount: accounts.count, start: start, end: end,
      fingerprints: table.rowFingerprints())
  }

  /// What a table offers to those whose key is its id.
  struct ThroughKeys: Sendable {
    var account: [String: Int32] = [:]
    var start: [String: Int64] = [:]
    var end: [String: Int64] = [:]
  }

  /// Nil without an id column. An id that stands twice leads to the first of its accounts, from its earliest
  /// start to its latest end.
  func throughKeys() throws(FeatureError) -> ThroughKeys? {
    guard let id = source.id else { return nil }
    let key = KeyColumn(try table.column(id, file: source.file, user: source.name))
    var keys = ThroughKeys()
    for position in rows.rows.indices {
      let row = rows.rows[position]
      guard key.codes[row] >= 0 else { continue }
      let name = key.keys[Int(key.codes[row])]
      keys.account[name] = min(keys.account[name] ?? .max, account[row])
      keys.start[name] = min(keys.start[name] ?? .max, rows.start[position])
      keys.end[name] = max(keys.end[name] ?? .min, rows.end[position])
    }
    return keys
  }
}

extension TableFindings {
  fileprivate mutating func countKeys(_ key: KeyColumn, _ accountOfKey: [Int32]) {
    let used = Set(key.usedKeys)
    keys = used.count
    let lost = key.keys.indices.filter { accountOfKey[$0] < 0 && used.contains(key.keys[$0]) }
    matchedKeys = keys - lost.count
    orphans = Array(lost.map { key.keys[$0] }.sorted().prefix(Self.orphanLimit))
  }

  mutating func countDuplicates(_ id: KeyColumn) {
    var counts = Array(repeating: 0, count: id.keys.count)
    for code in id.codes where code >= 0 { counts[Int(code)] += 1 }
    let repeated = counts.indices.filter { counts[$0] > 1 }
    duplicateIDs = repeated.reduce(0) { $0 + counts[$1] - 1 }
    duplicateExamples = Array(repeated.map { id.keys[$0] }.sorted().prefix(Self.exampleLimit))
  }
}

extension Table {
  /// The seconds of a date column; a column without any value counts as one.
  func seconds(_ name: String, _ source: SourceTable) throws(FeatureError) -> [Int64] {
    let column = try column(name, file: source.file, user: source.name)
    if case .date(let dates) = column.values { return dates.seconds }
    guard (0..<rowCount).allSatisfy(column.values.isMissing) else {
      throw .wrongKind(
        column: name, kind: column.kind, expected: "a date", file: source.file, user: source.name)
    }
    return Array(repeating: Dates.missing, count: rowCount)
  }
}
