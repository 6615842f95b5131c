import Features
import Tables

extension SourceTable {
  /// The section `tables`.
  static func all(_ section: StrictMapping) throws(ConfigurationError) -> [SourceTable] {
    var section = section
    var tables: [SourceTable] = []
    for (name, value) in try section.entries() { tables.append(try SourceTable(name: name, value)) }
    return tables
  }

  private init(name: String, _ mapping: StrictMapping) throws(ConfigurationError) {
    var m = mapping
    let role = try m.choice("role", Role.self) ?? Role(rawValue: name) ?? .events
    let file = try m.string("file") ?? "\(name).csv"
    let id = try m.string("id")
    self.init(name: name, file: file, role: role)
    switch role {
    case .accounts:
      account = id ?? "account_id"
      start = try m.string("start")
    case .subscriptions:
      self.id = id
      account = try m.string("account") ?? "account_id"
      start = try m.string("start") ?? "start_date"
      end = try m.string("end")
      mrr = try m.string("mrr")
      seats = try m.string("seats")
    case .events:
      self.id = id
      account = try m.string("account") ?? "account_id"
      through = try m.string("through")
      start = try m.string("date") ?? "date"
      end = try m.string("end")
    }
    if role != .accounts {
      // A column for whole rows, or a mapping from columns to the date that they are known from.
      if m.isMapping("known_at") {
        if var late = try m.mapping("known_at") {
          for column in late.keys {
            guard let at = try late.string(column) else { continue }
            columnsKnownAt.append(ColumnKnownAt(column: column, at: at))
          }
        }
      } else {
        knownAt = try m.string("known_at")
      }
    }
    filter = try m.filter("where")
    try m.finish()
  }
}

extension OutcomeDefinition {
  /// The section `outcomes`.
  static func all(_ section: StrictMapping) throws(ConfigurationError) -> [OutcomeDefinition] {
    var section = section
    var outcomes: [OutcomeDefinition] = []
    for (name, value) in try section.entries() {
      var m = value
      let table = try m.string("table")
      let filter = try m.filter("where")
      try m.finish()
      guard let table else { throw .missingKey(place: m.place(of: "table")) }
      outcomes.append(OutcomeDefinition(name: name, table: table, filter: filter))
    }
    return outcomes
  }
}

extension StrictMapping {
  /// `priority = urgent and escalated = true`.
  mutating func filter(_ key: String) throws(ConfigurationError) -> RowFilter? {
    guard let text = try string(key) else { return nil }
    do throws(RowFilterSyntaxError) {
      return try RowFilter(parsing: text)
    } catch {
      throw .invalidValue(
        value: text,
        expected: error.rest.isEmpty
          ? "\(error.expected) at the end" : "\(error.expected) at “\(error.rest)”",
        place: place(of: key))
    }
  }
}
