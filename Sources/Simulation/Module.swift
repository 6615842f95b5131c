import StableNumerics

/// Parts of the product, as the `feature` column of the usage table names them.
enum Module {
  static let core = "core"
  static let addOns = ["reports", "automation", "integrations", "api", "mobile", "forecasting", "audit_log"]
  static let all = [core] + addOns

  /// `count` different add-ons.
  static func choose(_ count: Int, _ random: inout SplitMix64) -> [String] {
    var rest = addOns
    return (0..<min(count, rest.count)).map { _ in rest.remove(at: random.below(rest.count)) }
  }
}
