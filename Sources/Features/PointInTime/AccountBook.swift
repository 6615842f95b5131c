import Calendar
import Tables

/// All tables of a plan, tied to the accounts.
struct AccountBook: Sendable {
  let accounts: AccountIndex
  /// The accounts table and each account's row in it; nil where there is no such row.
  let table: Table?
  let row: [Int?]
  /// When each account began: by the accounts table, else by its first subscription.
  let start: [Int64?]
  /// Tables with a time, by name.
  let joined: [String: JoinedTable]
  /// In the plan's order.
  let findings: [TableFindings]

  init(plan: FeaturePlan, tables: [String: Table]) throws(FeatureError) {
    try plan.checkRoles()
    let accountSource = plan.accounts
    let book = try AccountRows(plan: plan, tables: tables)
    var start = book.start
    var joined: [String: JoinedTable] = [:]
    var findings = book.findings.map { [$0.table: $0] } ?? [:]

    // Subscriptions first: they say when an account began that doesn't say so itself. A table that goes
    // through another waits for that one.
    var waiting = plan.tables.filter { $0.role != .accounts }
    waiting = waiting.filter { $0.role == .subscriptions } + waiting.filter { $0.role != .subscriptions }
    while !waiting.isEmpty {
      let ready = waiting.filter { $0.through.map { joined[$0] != nil } ?? true }
      guard !ready.isEmpty else { throw .tablesInCircle(name: waiting[0].name) }
      for source in ready {
        let table = try Self.table(source, tables)
        var through: JoinedTable.ThroughKeys?
        if let name = source.through, let other = joined[name] {
          guard let keys = try other.throughKeys() else { throw .missingDeclaration(key: "id", table: name) }
          through = keys
        }
        let join = try JoinedTable(
          source, table: table, accounts: book.accounts, accountStart: start, through: through)
        joined[source.name] = join
        findings[source.name] = join.findings
        if source.role == .subscriptions {
          for a in start.indices where start[a] == nil {
            let range = join.rows.positions(of: a)
            if !range.isEmpty { start[a] = join.rows.start[range.lowerBound] }
          }
        }
      }
      waiting.removeAll { source in ready.contains { $0.name == source.name } }
    }
    accounts = book.accounts
    table = accountSource.flatMap { tables[$0.name] }
    row = book.row
    self.start = start
    self.joined = joined
    self.findings = plan.tables.compactMap { findings[$0.name] }
  }

  /// The last day on which anything began or happened; nil when nothing ever did.
  var lastDay: CalendarDate? {
    let last = joined.values.compactMap { $0.rows.start.max() }.max()
    let lastStart = start.compactMap { $0 }.max()
    return [last, lastStart].compactMap { $0 }.max().map(CalendarDate.init(seconds:))
  }

  static func table(_ source: SourceTable, _ tables: [String: Table]) throws(FeatureError) -> Table {
    guard let table = tables[source.name] else {
      throw .unknownTable(name: source.name, known: tables.keys.sorted(), user: "tables")
    }
    return table
  }
}

/// Who the accounts are.
private struct AccountRows {
  let accounts: AccountIndex
  let row: [Int?]
  let start: [Int64?]
  let findings: TableFindings?

  init(plan: FeaturePlan, tables: [String: Table]) throws(FeatureError) {
    guard let source = plan.accounts else {
      // Without a table of accounts, whoever has a subscription is one.
      guard let subscriptions = plan.subscriptions else { throw .noAccounts }
      let table = try AccountBook.table(subscriptions, tables)
      let key = KeyColumn(
        try table.column(subscriptions.account, file: subscriptions.file, user: subscriptions.name))
      accounts = AccountIndex(key.usedKeys)
      row = Array(repeating: nil, count: accounts.count)
      start = Array(repeating: nil, count: accounts.count)
      findings = nil
      return
    }
    let table = try AccountBook.table(source, tables)
    let key = KeyColumn(try table.column(source.account, file: source.file, user: source.name))
    let passes = try source.filter?.matches(in: table, file: source.file)
    let seconds = try source.start.map { (name) throws(FeatureError) in try table.seconds(name, source) }
    let prints = table.rowFingerprints()
    var findings = TableFindings(table: source.name)
    findings.rows = table.rowCount
    findings.countDuplicates(key)

    var rowOfKey: [Int?] = Array(repeating: nil, count: key.keys.count)
    for row in 0..<table.rowCount {
      if let passes, !passes[row] {
        findings.filteredOut += 1
        continue
      }
      guard key.codes[row] >= 0 else {
        findings.orphanRows += 1
        continue
      }
      if let seconds, seconds[row] == Dates.missing { findings.withoutDate += 1 }
      let code = Int(key.codes[row])
      // Of rows with one id the one counts whose content sorts first, wherever it stands.
      if let other = rowOfKey[code], prints[other] <= prints[row] { continue }
      rowOfKey[code] = row
    }
    let accounts = AccountIndex(key.keys.indices.filter { rowOfKey[$0] != nil }.map { key.keys[$0] })
    var row: [Int?] = Array(repeating: nil, count: accounts.count)
    for (code, id) in key.keys.enumerated() {
      if let account = accounts[id] { row[account] = rowOfKey[code] }
    }
    findings.keys = accounts.count
    findings.matchedKeys = accounts.count
    self.accounts = accounts
    self.row = row
    self.findings = findings
    start = row.map { row in
      guard let row, let seconds, seconds[row] != Dates.missing else { return nil }
      return seconds[row]
    }
  }
}

extension FeaturePlan {
  fileprivate func checkRoles() throws(FeatureError) {
    for role in [SourceTable.Role.accounts, .subscriptions] {
      let found = tables.filter { $0.role == role }
      if found.count > 1 {
        throw .twoTables(role: role.rawValue, first: found[0].name, second: found[1].name)
      }
    }
    let names = tables.map(\.name)
    for table in tables {
      if let through = table.through, !names.contains(through) {
        throw .unknownTable(name: through, known: names, user: table.name)
      }
    }
  }
}
