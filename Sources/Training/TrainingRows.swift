import Calendar
import ModelFile
import StableNumerics
import Tables

/// The rows that a training run can use, in an order that does not depend on the file's: outcomes, weights,
/// offsets, groups and times beside the table they came from.
struct TrainingRows: Sendable {
  let table: Table
  /// Rows of `table` with a known outcome, in canonical order: by id, then time, then content.
  let rows: [Int]
  /// Aligned with `rows`: 0 or 1, or the share of events where there are trials.
  let outcomes: [Double]
  /// Where the outcome is low, medium or high: 0, 1 or 2, aligned with `rows`, and those values as they are spelled.
  let bands: [Int]?
  let bandLevels: [String]
  /// Whether those bands are what is fitted, not one of them against the others.
  let isOrdered: Bool
  let weights: [Double]?
  let offset: [Double]?
  let trials: [Double]?
  /// Rows with one number belong together; nil where every row stands alone.
  let groups: [Int32]?
  let times: [Int64]?
  /// When each row's outcome was known; nil where that was at once.
  private let outcomeTimes: [Int64]?
  /// For the name of a split by time: what lies between its sides.
  let gap: String
  let positive: String
  /// The id column.
  let id: String?
  /// Columns that may be features, in table order.
  let features: [String]
  /// Rows left out because their outcome is unknown.
  let unlabelled: Int

  init(_ table: Table, _ options: TrainingOptions) throws(TrainingError) {
    guard table.rowCount > 0 else { throw .noRows }
    func column(_ name: String, _ option: String) throws(TrainingError) -> Column {
      guard let column = table[name] else {
        throw .unknownColumn(option: option, name: name, known: table.columnNames)
      }
      return column
    }
    self.table = table
    id = options.id
    gap = options.horizon.map { ", \($0) gap" } ?? ""
    let target = try column(options.target, "--target")
    let trialColumn = try options.trials.map { name throws(TrainingError) in try column(name, "--trials") }
    bandLevels = options.trials == nil ? Self.bandLevels(of: target) : []
    isOrdered = !bandLevels.isEmpty && options.role == .expansion && options.positive == nil
    if isOrdered { try options.checkOrdered(highest: bandLevels[2]) }
    let decoded = try Self.outcomes(
      target, trials: trialColumn, positive: isOrdered ? bandLevels[2] : options.positive,
      isBands: !bandLevels.isEmpty)
    let idColumn = try options.id.map { name throws(TrainingError) in try column(name, "--id") }
    let timeColumn = try options.time.map { name throws(TrainingError) in try column(name, "--time") }
    let groupColumn = try options.group.map { name throws(TrainingError) in try column(name, "--group") }

    let known = (0..<table.rowCount).filter { !decoded.values[$0].isNaN }
    unlabelled = table.rowCount - known.count
    guard !known.isEmpty else { throw .noRows }
    let order = Self.canonicalOrder(table, known, id: idColumn, time: timeColumn)
    rows = order
    outcomes = order.map { decoded.values[$0] }
    positive = decoded.positive
    bands = bandLevels.isEmpty ? nil : Self.bands(of: target, levels: bandLevels, at: order)
    trials = decoded.trials.map { all in order.map { all[$0] } }

    let events = outcomes.contains { $0 > 0 }
    let others = outcomes.contains { $0 < 1 }
    if !events || !others {
      throw .oneClass(
        column: options.target, value: events ? positive : "not \(positive)", rows: order.count)
    }
    if let name = options.weights {
      let values = try Self.numbers(try column(name, "--weights"), "--weights", order, atLeast: 0)
      weights = values
    } else {
      weights = nil
    }
    offset = try options.offset.map { name throws(TrainingError) in
      try Self.numbers(try column(name, "--offset"), "--offset", order, atLeast: nil)
    }
    if let timeColumn {
      guard case .date(let dates) = timeColumn.values else {
        throw .wrongKind(option: "--time", column: timeColumn.name, expected: "dates", found: timeColumn.kind)
      }
      for row in order where dates.seconds[row] == Dates.missing {
        throw .badValue(
          option: "--time", column: timeColumn.name, row: row, value: "missing",
          expected: "a date in every row")
      }
      let dated = order.map { dates.seconds[$0] }
      times = dated
      outcomeTimes = options.horizon.map { horizon in dated.map { Self.end(of: horizon, from: $0) } }
    } else {
      times = nil
      outcomeTimes = nil
    }
    let grouping = try Self.codes(groupColumn ?? idColumn, order)
    let repeats = grouping.map { Set($0).count < $0.count } ?? false
    groups = groupColumn != nil || repeats ? grouping : nil

    for name in (options.features ?? []) { _ = try column(name, "--features") }
    for name in options.exclude { _ = try column(name, "--exclude") }
    let roles = Set(
      [
        options.target, options.id, options.time, options.group, options.weights, options.offset,
        options.trials,
      ].compactMap { $0 }
    ).union(options.exclude)
    let wanted = options.features.map(Set.init)
    features = table.columnNames.filter { !roles.contains($0) && wanted?.contains($0) ?? true }
    if features.isEmpty { throw .noFeatures(considered: table.columnNames) }
  }

  /// Whether a row lies before `start` (in seconds) and its outcome was known then.
  func isKnown(_ position: Int, before start: Int64) -> Bool {
    guard let times, times[position] < start else { return false }
    return outcomeTimes.map { $0[position] <= start } ?? true
  }

  /// The bands, where they are what is fitted.
  var fittedBands: [Int]? { isOrdered ? bands : nil }

  /// Accounts with an event among these rows; rows, where each stands alone. Of ordered bands the rarer of the upper
  /// two, an account counting by its highest.
  func eventCount(_ positions: [Int]) -> Int {
    if let fittedBands {
      var highest: [Int32: Int] = [:]
      for position in positions {
        let unit = groups?[position] ?? Int32(position)
        highest[unit] = max(highest[unit] ?? 0, fittedBands[position])
      }
      return min(highest.values.count { $0 == 2 }, highest.values.count { $0 == 1 })
    }
    let events = positions.filter { outcomes[$0] > 0 }
    return groups.map { groups in Set(events.map { groups[$0] }).count } ?? events.count
  }

  /// The first moment after `horizon` from a time in seconds.
  private static func end(of horizon: CalendarSpan, from time: Int64) -> Int64 {
    let (day, rest) = time.quotientAndRemainder(dividingBy: 86_400)
    return Int64(CalendarDate(daysSince1970: Int(day)).adding(horizon).daysSince1970) * 86_400 + rest
  }

  // MARK: Reading the special columns

  /// 1 for the event, 0 for its absence, NaN where unknown; with trials the share of events.
  private static func outcomes(
    _ column: Column, trials: Column?, positive wanted: String?, isBands: Bool
  ) throws(TrainingError) -> (values: [Double], positive: String, trials: [Double]?) {
    if let trials {
      let all = Array(0..<column.count)
      let events = try numbers(column, "--target", all, atLeast: 0)
      let counts = try numbers(trials, "--trials", all, atLeast: 0)
      for row in all where events[row] > counts[row] || counts[row] == 0 {
        throw .badValue(
          option: "--trials", column: trials.name, row: row, value: shortest(counts[row]),
          expected: "at least one trial, and no fewer trials than events")
      }
      return (zip(events, counts).map { $0 / $1 }, "event", counts)
    }
    let levels = distinctValues(column)
    guard levels.count <= 2 || (isBands && wanted != nil) else {
      throw .targetNotBinary(column: column.name, count: levels.count, values: Array(levels.prefix(5)))
    }
    let event: String
    if let wanted {
      guard let match = levels.first(where: { same($0, wanted, column.kind) }) else {
        throw .positiveUnknown(column: column.name, value: wanted, values: levels)
      }
      event = match
    } else {
      let usual: Set<String> = ["1", "true", "yes", "y", "t", "si", "sí"]
      let matches = levels.filter { usual.contains($0.lowercased()) }
      if matches.count == 1, let match = matches.first {
        event = match
      } else if levels.count == 1, let only = levels.first {
        throw .oneClass(column: column.name, value: only, rows: column.count)
      } else {
        throw .positiveNeeded(column: column.name, values: levels)
      }
    }
    let values: [Double] = (0..<column.count).map { row in
      column.values.isMissing(row) ? .nan : (text(column, row) == event ? 1 : 0)
    }
    return (values, event, nil)
  }

  /// The three values of a column that says low, medium and high (bajo, medio, alto) and nothing else, in that
  /// order; empty for any other column.
  private static func bandLevels(of column: Column) -> [String] {
    guard case .text = column.values else { return [] }
    let levels = distinctValues(column)
    guard levels.count == 3 else { return [] }
    let words = [["low", "bajo", "baja"], ["medium", "medio", "media"], ["high", "alto", "alta"]]
    let found = words.compactMap { words in levels.first { words.contains($0.lowercased()) } }
    return found.count == 3 ? found : []
  }

  private static func bands(of column: Column, levels: [String], at order: [Int]) -> [Int] {
    order.map { row in levels.firstIndex(of: text(column, row)) ?? 0 }
  }

  private static func same(_ level: String, _ wanted: String, _ kind: ColumnKind) -> Bool {
    switch kind {
    case .numeric: Double(level) == Double(wanted) && Double(wanted) != nil
    case .boolean: level == wanted.lowercased()
    case .text, .date: level == wanted
    }
  }

  /// Distinct values in sorted order; stops soon after the third.
  private static func distinctValues(_ column: Column) -> [String] {
    var seen: Set<String> = []
    switch column.values {
    case .text(let coded):
      for code in Set(coded.codes) where code >= 0 { seen.insert(coded.levels[Int(code)]) }
    default:
      for row in 0..<column.count where !column.values.isMissing(row) {
        seen.insert(text(column, row))
        if seen.count > 20 { break }
      }
    }
    return seen.sorted()
  }

  private static func text(_ column: Column, _ row: Int) -> String {
    switch column.values {
    case .numeric(let values): shortest(values[row])
    case .text(let coded): coded[row] ?? ""
    case .boolean(let values): values[row] == 1 ? "true" : "false"
    case .date(let dates): String(dates.seconds[row])
    }
  }

  private static func shortest(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : value.description
  }

  private static func numbers(
    _ column: Column, _ option: String, _ order: [Int], atLeast bound: Double?
  ) throws(TrainingError) -> [Double] {
    guard case .numeric(let values) = column.values else {
      throw .wrongKind(option: option, column: column.name, expected: "numbers", found: column.kind)
    }
    var result: [Double] = []
    result.reserveCapacity(order.count)
    for row in order {
      let value = values[row]
      if value.isNaN || bound.map({ value < $0 }) ?? false {
        throw .badValue(
          option: option, column: column.name, row: row, value: value.isNaN ? "missing" : shortest(value),
          expected: bound == nil ? "a number in every row" : "a number of at least 0 in every row")
      }
      result.append(value)
    }
    return result
  }

  /// A small whole number for each distinct value, in order of first appearance; a missing value is a
  /// group of its own.
  private static func codes(_ column: Column?, _ order: [Int]) throws(TrainingError) -> [Int32]? {
    guard let column else { return nil }
    if case .text(let coded) = column.values {
      var next: Int32 = 0
      var codeOf = [Int32](repeating: -1, count: coded.levels.count)
      return order.map { row in
        let level = Int(coded.codes[row])
        if level < 0 {
          defer { next += 1 }
          return next
        }
        if codeOf[level] < 0 {
          codeOf[level] = next
          next += 1
        }
        return codeOf[level]
      }
    }
    var codeOf: [String: Int32] = [:]
    return order.map { row in
      let key = column.values.isMissing(row) ? "\u{0}\(row)" : text(column, row)
      let code = codeOf[key] ?? Int32(codeOf.count)
      codeOf[key] = code
      return code
    }
  }

  /// The groups that a column makes of the rows at `positions`, for clustered standard errors.
  func clusters(_ name: String, at positions: [Int]) throws(TrainingError) -> [Int32] {
    guard let column = table[name] else {
      throw .unknownColumn(option: "--robust cluster", name: name, known: table.columnNames)
    }
    return try Self.codes(column, positions.map { rows[$0] }) ?? []
  }

  /// The values of a column as text, for the rows at `positions`; a missing one is empty.
  func names(in name: String, at positions: [Int]) throws(TrainingError) -> [String] {
    guard let column = table[name] else {
      throw .unknownColumn(option: "--by", name: name, known: table.columnNames)
    }
    return positions.map { column.values.isMissing(rows[$0]) ? "" : Self.text(column, rows[$0]) }
  }

  /// The last row of each account where rows have dates, else every row; positions ascending.
  var lastRows: [Int] {
    guard let times, let groups else { return Array(rows.indices) }
    var last: [Int32: Int] = [:]
    for position in rows.indices {
      if let known = last[groups[position]], times[known] > times[position] { continue }
      last[groups[position]] = position
    }
    return last.values.sorted()
  }

  /// The accounts' ids; where there is no id, row numbers of the table counted from 1.
  func accounts(at positions: [Int]) throws(TrainingError) -> [String] {
    guard let id else { return positions.map { "row \(rows[$0] + 1)" } }
    return try names(in: id, at: positions)
  }

  /// A hash of each row's whole content, the outcome included.
  var contentHashes: [UInt64] {
    let all = Self.rowHashes(table)
    return rows.map { all[$0] }
  }

  // MARK: Order

  /// Rows by id, then time, then a hash of the whole row, so that every sum, split and draw is the same in
  /// whatever order the rows came. O(n log n).
  private static func canonicalOrder(_ table: Table, _ rows: [Int], id: Column?, time: Column?) -> [Int] {
    let content = rowHashes(table)
    let idRanks = id.map(ranks)
    var times: [Int64]?
    if case .date(let dates)? = time?.values { times = dates.seconds }
    return rows.sorted { a, b in
      if let idRanks, idRanks[a] != idRanks[b] { return idRanks[a] < idRanks[b] }
      if let times, times[a] != times[b] { return times[a] < times[b] }
      return content[a] != content[b] ? content[a] < content[b] : a < b
    }
  }

  private static func ranks(_ column: Column) -> [Int] {
    switch column.values {
    case .text(let coded):
      let sorted = coded.levels.indices.sorted { coded.levels[$0] < coded.levels[$1] }
      var rankOfLevel = [Int](repeating: 0, count: coded.levels.count)
      for (rank, level) in sorted.enumerated() { rankOfLevel[level] = rank }
      return coded.codes.map { $0 < 0 ? -1 : rankOfLevel[Int($0)] }
    case .numeric(let values):
      let sorted = Set(values.filter { !$0.isNaN }).sorted()
      let rankOf = Dictionary(uniqueKeysWithValues: sorted.enumerated().map { ($0.element, $0.offset) })
      return values.map { rankOf[$0] ?? -1 }
    case .boolean(let values): return values.map(Int.init)
    case .date(let dates): return dates.seconds.map { Int($0) }
    }
  }

  /// FNV-1a over the values of each row; text by its bytes, so that coding does not matter.
  private static func rowHashes(_ table: Table) -> [UInt64] {
    let prime: UInt64 = 0x100_0000_01b3
    var hashes = [UInt64](repeating: 0xcbf2_9ce4_8422_2325, count: table.rowCount)
    func mix(_ value: UInt64, into hash: inout UInt64) {
      hash = (hash ^ value) &* prime
      hash ^= hash >> 29
    }
    for column in table.columns {
      switch column.values {
      case .numeric(let values):
        for row in hashes.indices {
          mix(values[row].isNaN ? .max : values[row].bitPattern, into: &hashes[row])
        }
      case .text(let coded):
        let levelHashes = coded.levels.map { level in
          level.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* prime }
        }
        for row in hashes.indices {
          let code = Int(coded.codes[row])
          mix(code < 0 ? .max : levelHashes[code], into: &hashes[row])
        }
      case .boolean(let values):
        for row in hashes.indices { mix(UInt64(bitPattern: Int64(values[row])), into: &hashes[row]) }
      case .date(let dates):
        for row in hashes.indices { mix(UInt64(bitPattern: dates.seconds[row]), into: &hashes[row]) }
      }
    }
    return hashes
  }
}
