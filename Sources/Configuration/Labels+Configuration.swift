import Features
import Tables

/// The section `labels`.
struct Labels {
  var churned: ChurnLabel? = ChurnLabel()
  var expanded: ExpansionLabel? = ExpansionLabel()

  private enum When: String, CaseIterable {
    case lapse, event, flag
    case anyEnd = "any_end"
  }

  private enum Grows: String, CaseIterable {
    case growth, flag
  }

  init() {}

  init(_ section: StrictMapping) throws(ConfigurationError) {
    var section = section
    if let m = try section.switchable("churned") { churned = try m.map(Self.churn) ?? nil }
    if let m = try section.switchable("expanded") { expanded = try m.map(Self.expansion) ?? nil }
    try section.finish()
  }

  private static func churn(_ mapping: StrictMapping) throws(ConfigurationError) -> ChurnLabel {
    var m = mapping
    let horizon = try m.span("horizon")
    let rule: ChurnLabel.Rule
    switch try m.choice("when", When.self) ?? .lapse {
    case .lapse: rule = .lapse(grace: try m.int("grace_days", in: 0...3650) ?? 1)
    case .anyEnd: rule = .anyEnd
    case .event: rule = .event(table: try m.required("table"), filter: try m.filter("where"))
    case .flag: rule = .flag(table: try m.required("table"), filter: try m.filter("where"))
    }
    try m.finish()
    return ChurnLabel(rule: rule, horizon: horizon)
  }

  private static func expansion(_ mapping: StrictMapping) throws(ConfigurationError) -> ExpansionLabel {
    var m = mapping
    let horizon = try m.span("horizon")
    let rule: ExpansionLabel.Rule
    switch try m.choice("when", Grows.self) ?? .growth {
    case .growth:
      rule = .growth(try m.choice("measure") ?? .either, by: try m.double("growth", in: 0...100) ?? 0.1)
    case .flag: rule = .flag(table: try m.required("table"), filter: try m.filter("where"))
    }
    try m.finish()
    return ExpansionLabel(rule: rule, horizon: horizon)
  }
}

extension StrictMapping {
  fileprivate mutating func required(_ key: String) throws(ConfigurationError) -> String {
    guard let text = try string(key) else { throw .missingKey(place: place(of: key)) }
    return text
  }

  /// A mapping that `false` switches off: nil when absent, `.some(nil)` when off.
  fileprivate mutating func switchable(_ key: String) throws(ConfigurationError) -> StrictMapping?? {
    guard keys.contains(key) else {
      _ = node(key)
      return nil
    }
    if isMapping(key) { return .some(try mapping(key)) }
    guard let isOn = try bool(key) else { return nil }
    return isOn ? nil : .some(nil)
  }
}
