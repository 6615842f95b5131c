import Calendar
import Tables

extension FeaturePlan {
  /// What is made when the configuration declares tables but no features.
  ///
  /// Of subscriptions: the sums of money and seats in force and the texts that have at most 20 levels. Of
  /// events: how many in 30 and 90 days with the trend, days since the last; for each number its sum (mean,
  /// where its column is known later or has negative values) in 90 days, for each text of 2 to 50 levels the
  /// distinct values in 90 days. Of accounts: numbers, booleans and texts of at most 20 levels. Columns that
  /// name rows, that are dates, or that tell of an ending are left out.
  func standardFeatures(_ tables: [String: Table]) throws(FeatureError) -> [FeatureDeclaration] {
    var features: [FeatureDeclaration] = []
    for source in self.tables {
      let table = try AccountBook.table(source, tables)
      let hidden = source.keyColumns + source.dateColumns + outcomeColumns(source)
      let columns = table.columns.filter {
        !hidden.contains($0.name) && $0.kind != .date && $0.levelCount != 1
          && (source.role == .events || !Self.tellsOfAnEnding($0.name))
      }
      switch source.role {
      case .accounts: features += Self.standardAttributes(source, columns)
      case .subscriptions: features += Self.standardTerms(source, columns)
      case .events: features += Self.standardEvents(source, columns)
      }
    }
    return features
  }

  private func outcomeColumns(_ source: SourceTable) -> [String] {
    outcomes.filter { $0.table == source.name }.flatMap { $0.filter?.columns ?? [] }
  }

  private static func standardAttributes(_ source: SourceTable, _ columns: [Column]) -> [FeatureDeclaration] {
    columns.filter { $0.levelCount ?? 0 <= 20 }.map {
      FeatureDeclaration(
        name: $0.name, group: .account, table: source.name, aggregate: .attribute, column: $0.name)
    }
  }

  private static func standardTerms(_ source: SourceTable, _ columns: [Column]) -> [FeatureDeclaration] {
    columns.filter { $0.levelCount ?? 0 <= 20 }.map {
      FeatureDeclaration(
        name: "\(source.name)_\($0.name)", group: .account, table: source.name,
        aggregate: $0.kind == .numeric ? .sum : $0.kind == .boolean ? .mean : .last, column: $0.name,
        windows: [.running])
    }
  }

  private static func standardEvents(_ source: SourceTable, _ columns: [Column]) -> [FeatureDeclaration] {
    let group = FeatureGroup(rawValue: source.name) ?? .usage
    func feature(
      _ suffix: String, _ aggregate: FeatureDeclaration.Aggregate, _ column: String? = nil,
      windows: [FeatureWindow] = [.trailing(.days(90))], trend: FeatureDeclaration.Trend? = nil
    ) -> FeatureDeclaration {
      FeatureDeclaration(
        name: "\(source.name)_\(suffix)", group: group, table: source.name, aggregate: aggregate,
        column: column, windows: windows, trend: trend)
    }
    var features = [
      feature("count", .count, windows: [.trailing(.days(30)), .trailing(.days(90))], trend: .logRatio),
      feature("days_since", .daysSince, windows: [.all]),
    ]
    for column in columns {
      switch column.values {
      case .numeric(let values):
        let isLate = source.columnsKnownAt.contains { $0.column == column.name }
        let hasNegatives = values.contains { $0 < 0 }
        features.append(feature(column.name, isLate || hasNegatives ? .mean : .sum, column.name))
      case .boolean: features.append(feature("\(column.name)_share", .mean, column.name))
      case .text:
        if (2...50).contains(column.levelCount ?? 0) {
          features.append(feature("\(column.name)_distinct", .distinct, column.name))
        }
      case .date: break
      }
    }
    return features
  }
}

extension Column {
  /// How many levels a text has; nil for other kinds.
  fileprivate var levelCount: Int? {
    if case .text(let texts) = values { texts.levels.count } else { nil }
  }
}
