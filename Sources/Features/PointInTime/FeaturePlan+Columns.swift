import Calendar
import Tables

extension FeaturePlan {
  /// The columns of the result in order: tenure and onboarding, then what is declared, group by group.
  func columns(_ features: [FeatureDeclaration], book: AccountBook) throws(FeatureError) -> [FeatureColumn] {
    var columns = [
      FeatureColumn(name: "tenure_days", group: .account, kind: .numeric, source: .tenure),
      FeatureColumn(
        name: "in_onboarding", group: .account, kind: .boolean, source: .onboarding(days: onboardingDays)),
    ]
    var taken: Set<String> = [resultID, "as_of", "churned", "expanded"]
    for column in columns { taken.insert(column.name) }
    for group in FeatureGroup.allCases {
      for feature in features where feature.group == group {
        for column in try self.columns(feature, book: book, above: columns) {
          guard taken.insert(column.name).inserted else { throw .duplicateFeature(name: column.name) }
          columns.append(column)
        }
      }
    }
    return columns
  }

  /// The name of the result's first column.
  var resultID: String { accounts?.account ?? subscriptions?.account ?? "account_id" }

  private func columns(
    _ feature: FeatureDeclaration, book: AccountBook, above: [FeatureColumn]
  ) throws(FeatureError) -> [FeatureColumn] {
    guard let source = tables.first(where: { $0.name == feature.table }) else {
      throw .unknownTable(name: feature.table, known: tables.map(\.name), user: feature.name)
    }
    guard source.role != .accounts else { return [try attribute(feature, source: source, book: book)] }
    guard let joined = book.joined[source.name] else {
      throw .unknownTable(name: feature.table, known: tables.map(\.name), user: feature.name)
    }
    guard feature.aggregate != .attribute else {
      throw .wrongTable(feature: feature.name, expected: "the table of accounts")
    }
    let (aggregate, kind) = try joined.aggregate(feature)
    var per: Int?
    if let name = feature.per {
      per = above.firstIndex { $0.name == name }
      guard per != nil else {
        throw .unknownDivisor(name: name, feature: feature.name, known: above.map(\.name))
      }
    }
    var result: [FeatureColumn] = []
    for window in feature.windows {
      let name = feature.name + window.suffix
      result.append(
        FeatureColumn(
          name: name, group: feature.group, kind: kind, source: .aggregate(aggregate, window, per: per)))
      guard let trend = feature.trend else { continue }
      var lag = feature.lag
      if lag == nil, case .trailing(let span) = window { lag = span }
      guard let lag else { throw .missingDeclaration(key: "lag", table: feature.name) }
      result.append(
        FeatureColumn(
          name: name + "_trend", group: feature.group, kind: .numeric,
          source: .trend(aggregate, window, trend, lag: lag)))
    }
    return result
  }

  private func attribute(
    _ feature: FeatureDeclaration, source: SourceTable, book: AccountBook
  ) throws(FeatureError) -> FeatureColumn {
    let table = try AccountBook.table(source, book.table.map { [source.name: $0] } ?? [:])
    guard let name = feature.column else {
      throw .missingColumn(feature: feature.name, aggregate: feature.aggregate.rawValue)
    }
    let column = try table.column(name, file: source.file, user: feature.name)
    let values = column.values.doubles
    let ofAccount = book.row.map { $0.map { values[$0] } ?? .nan }
    switch feature.aggregate {
    case .attribute:
      if case .date = column.values {
        throw .wrongKind(
          column: name, kind: .date, expected: "a number, a text or a boolean (see days_since, days_until)",
          file: source.file, user: feature.name)
      }
      return FeatureColumn(
        name: feature.name, group: feature.group, kind: column.featureKind, source: .attribute(ofAccount))
    case .daysSince, .daysUntil:
      guard case .date = column.values else {
        throw .wrongKind(
          column: name, kind: column.kind, expected: "a date", file: source.file, user: feature.name)
      }
      return FeatureColumn(
        name: feature.name, group: feature.group, kind: .numeric,
        source: .attributeDay(ofAccount, sign: feature.aggregate == .daysUntil ? 1 : -1))
    default:
      throw .wrongTable(feature: feature.name, expected: "a table of events or subscriptions")
    }
  }
}

extension JoinedTable {
  /// The aggregate that a declaration asks for, with its values in the order of the rows by account.
  fileprivate func aggregate(
    _ feature: FeatureDeclaration
  ) throws(FeatureError) -> (WindowAggregate, FeatureColumn.Kind) {
    var values: [Double] = []
    var levels = 0
    var kind = FeatureColumn.Kind.numeric
    func wrongKind(_ column: Column, _ expected: String) -> FeatureError {
      .wrongKind(
        column: column.name, kind: column.kind, expected: expected, file: source.file, user: feature.name)
    }
    if let name = feature.column {
      let column = try table.column(name, file: source.file, user: feature.name)
      switch (feature.aggregate, column.kind) {
      case (.sum, .text), (.mean, .text), (.min, .text), (.max, .text), (.sum, .date), (.mean, .date),
        (.min, .date), (.max, .date):
        throw wrongKind(column, "a number or a boolean")
      case (.daysSince, .date), (.daysUntil, .date): break
      case (.daysSince, _), (.daysUntil, _): throw wrongKind(column, "a date")
      case (.last, .date): throw wrongKind(column, "a number, a text or a boolean (see days_since)")
      case (.last, _): kind = column.featureKind
      default: break
      }
      var byRow = column.values.doubles
      if feature.aggregate == .distinct { (byRow, levels) = Self.coded(byRow) }
      values = rows.rows.map { byRow[$0] }
    } else if ![.count, .share, .daysSince].contains(feature.aggregate) {
      throw .missingColumn(feature: feature.name, aggregate: feature.aggregate.rawValue)
    }
    let passes = try feature.filter?.matches(in: table, file: source.file)
    let aggregate = WindowAggregate(
      kind: feature.aggregate, rows: rows, values: values, levels: levels,
      passes: passes.map { passes in rows.rows.map { passes[$0] } } ?? [],
      knownAt: try knownAt(feature.columns))
    return (aggregate, kind)
  }

  /// From when on the rows are known, reading `columns`; empty where that is their start. A row whose date of
  /// knowledge is blank isn't known yet.
  private func knownAt(_ columns: [String]) throws(FeatureError) -> [Int64] {
    var dates = source.columnsKnownAt.filter { columns.contains($0.column) }.map(\.at)
    if let row = source.knownAt { dates.append(row) }
    guard !dates.isEmpty else { return [] }
    var result = rows.start
    for name in dates {
      let seconds = try table.seconds(name, source)
      for position in result.indices {
        let known = seconds[rows.rows[position]]
        result[position] = max(result[position], known == Dates.missing ? .max : known)
      }
    }
    return result
  }

  /// Equal values get equal codes 0, 1, …; NaN stays NaN.
  private static func coded(_ values: [Double]) -> (codes: [Double], levels: Int) {
    var codes: [Double: Double] = [:]
    let coded = values.map { value -> Double in
      if value.isNaN { return .nan }
      if let code = codes[value] { return code }
      let code = Double(codes.count)
      codes[value] = code
      return code
    }
    return (coded, codes.count)
  }
}

extension Column {
  var featureKind: FeatureColumn.Kind {
    switch values {
    case .numeric, .date: .numeric
    case .boolean: .boolean
    case .text(let texts): .text(texts.levels)
    }
  }
}

extension ColumnValues {
  /// Numbers as they are, booleans as 0 and 1, texts as codes, dates as days since 1970; NaN is missing.
  var doubles: [Double] {
    switch self {
    case .numeric(let values): values
    case .boolean(let values): values.map { $0 < 0 ? .nan : Double($0) }
    case .text(let values): values.codes.map { $0 < 0 ? .nan : Double($0) }
    case .date(let values):
      values.seconds.map {
        $0 == Dates.missing ? .nan : Double(CalendarDate(seconds: $0).daysSince1970)
      }
    }
  }
}
