/// Which coverage model an account is a candidate for by the three-tier document, and why (COV-02, COV-04,
/// COV-06, COV-10): advice beside the tier, never in its place.
public struct CoverageAdvice: Sendable, Hashable {
  public enum Reason: String, Sendable, CaseIterable {
    case aboveThreshold = "above_threshold"
    case highExpansion = "high_expansion"
    case strategic
    case middleARR = "middle_arr"
    case healthyAutonomous = "healthy_autonomous"
    case belowThreshold = "below_threshold"
    case lowRisk = "low_risk"
    case unpaidPlan = "unpaid_plan"
  }

  /// Who opens talks about buying more.
  public enum GrowthOwner: String, Sendable, CaseIterable {
    case accountManager = "account_manager"
    case csm
    case product
  }

  public let model: PyramidLevel
  public let reasons: [Reason]

  /// High touch above the first bound, with high expansion or strategic fit; low touch between the bounds, or
  /// above them where a healthy account without immediate expansion prefers autonomy; tech touch below, where
  /// the risk is low. `prefersAutonomy` nil: not asked.
  public init(
    arr: Double?, expansion: ExpansionLevel?, isStrategic: Bool, isHealthy: Bool, isAtRisk: Bool,
    isUnpaid: Bool, prefersAutonomy: Bool?, bounds: [ARRBound]
  ) {
    let group = arr.map { bounds.group(of: $0) } ?? bounds.count
    var high: [Reason] = []
    if group == 0 { high.append(.aboveThreshold) }
    if expansion == .high { high.append(.highExpansion) }
    if isStrategic { high.append(.strategic) }
    if isUnpaid, !isStrategic {
      (model, reasons) = (.techTouch, [.unpaidPlan])
    } else if prefersAutonomy == true, isHealthy, !isAtRisk, expansion != .high, group <= 1 {
      (model, reasons) = (.lowTouch, [.healthyAutonomous] + (group == 1 ? [.middleARR] : []))
    } else if !high.isEmpty {
      (model, reasons) = (.highTouch, high)
    } else if group <= 1 {
      (model, reasons) = (.lowTouch, [.middleARR])
    } else {
      (model, reasons) = (.techTouch, [.belowThreshold] + (isAtRisk ? [] : [.lowRisk]))
    }
  }

  /// The owner of cross-sell and upsell: an account manager where the relationship is high touch, the CSM of
  /// the pool where it is low touch, the product itself below.
  public var growthOwner: GrowthOwner {
    switch model {
    case .highTouch: .accountManager
    case .lowTouch: .csm
    case .techTouch: .product
    }
  }
}
