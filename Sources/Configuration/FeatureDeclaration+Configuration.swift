import Features
import Tables

extension FeatureDeclaration {
  /// The section `features`: a mapping for each group, each with a mapping for each feature. The key
  /// `attributes` of a group is short for columns of the accounts table.
  static func all(
    _ section: StrictMapping, tables: [SourceTable]
  ) throws(ConfigurationError) -> [(declaration: FeatureDeclaration, place: SourcePlace)] {
    var section = section
    var result: [(declaration: FeatureDeclaration, place: SourcePlace)] = []
    let accounts = tables.first { $0.role == .accounts }
    for group in FeatureGroup.allCases {
      guard var features = try section.mapping(group.rawValue) else { continue }
      for name in try features.strings("attributes") ?? [] {
        guard let accounts else {
          throw .invalidValue(
            value: name, expected: "a table with the role accounts", place: features.place(of: "attributes"))
        }
        let feature = FeatureDeclaration(
          name: name, group: group, table: accounts.name, aggregate: .attribute, column: name)
        result.append((feature, features.place(of: "attributes")))
      }
      for name in features.keys where name != "attributes" {
        guard let value = try features.mapping(name) else {
          throw .missingKey(place: features.place(of: "\(name).table"))
        }
        let feature = try FeatureDeclaration(name: name, group: group, value, accounts: accounts?.name)
        result.append((feature, features.place(of: name)))
      }
    }
    try section.finish()
    return result
  }

  private init(
    name: String, group: FeatureGroup, _ mapping: StrictMapping, accounts: String?
  ) throws(ConfigurationError) {
    var m = mapping
    let table = try m.string("table")
    let aggregate = try m.choice("aggregate", Aggregate.self)
    let column = try m.string("column")
    let filter = try m.filter("where")
    let windowTexts = try m.strings("windows") ?? ["all"]
    let trend = try m.choice("trend", Trend.self)
    let lag = try m.span("lag")
    let per = try m.string("per")
    try m.finish()

    guard let table else { throw .missingKey(place: m.place(of: "table")) }
    guard let aggregate = aggregate ?? (table == accounts ? .attribute : nil) else {
      throw .missingKey(place: m.place(of: "aggregate"))
    }
    if aggregate == .share, filter == nil { throw .missingKey(place: m.place(of: "where")) }
    var windows: [FeatureWindow] = []
    for text in windowTexts {
      guard let window = FeatureWindow(text) else {
        throw .invalidValue(
          value: text, expected: "30d, 2w, 3mo, 1y, first_90d, running or all", place: m.place(of: "windows"))
      }
      if case .trailing = window {
      } else if trend != nil, lag == nil {
        throw .missingKey(place: m.place(of: "lag"))
      }
      windows.append(window)
    }
    self.init(
      name: name, group: group, table: table, aggregate: aggregate, column: column, filter: filter,
      windows: windows, trend: trend, lag: lag, per: per)
  }
}
