internal import Calendar

/// What one account brings to the systems, with amounts in the preset's currency.
public struct Profile: Sendable {
  public let arr: Double?
  public let potentialARR: Double?
  public let expansion: ExpansionRules.Estimate?
  public let brand: Double?
  public let strategicValue: Double?
  public let isStrategicFit: Bool?
  public let isDesignated: Bool
  public let isUnpaid: Bool
  public let health: Double?
  public let moduleHeadroom: Double?
  public let seatHeadroom: Double?
  public let tickets: Double?
  public let needComplexity: Double?
  public let scorecardComplexity: Double?
  /// The flags that depend on this account alone.
  let flags: Flags
  /// A rule above the model asks for attention.
  let isForcedNeedy: Bool
  /// Nothing below this, whatever the tier.
  let coverageFloor: Coverage

  init(
    _ account: Account, _ scores: Scores?, _ yardstick: Yardstick, rate: Double, project: Project?
  ) {
    arr = account.arr.map { $0 * rate }
    potentialARR = account.potentialARR.map { $0 * rate }
    expansion = yardstick.expansion.estimate(account, scores)
    brand = account.brand
    strategicValue = account.strategicValue
    isStrategicFit = account.isStrategicFit
    isDesignated = account.strategicDesignation != nil
    isUnpaid = account.plan?.isUnpaid ?? false
    health = account.health
    moduleHeadroom = account.moduleHeadroom
    seatHeadroom = account.seatHeadroom
    tickets = account.tickets
    needComplexity = yardstick.need.complexityRule.complexity(of: account)
    scorecardComplexity = yardstick.scorecardComplexity.complexity(of: account)

    let floors = yardstick.floors
    var flags: Flags = []
    if arr == nil { flags.insert(.arrMissing) }
    if account.onboardingComplete == false, let start = account.startDate {
      let age = yardstick.asOf.daysSince1970 - start.daysSince1970
      if age < floors.onboardingDays { flags.insert(.onboardingOpen) }
    }
    let health = account.health ?? scores?.health
    if let health, let previous = account.healthPrevious {
      if previous - health >= floors.healthDrop { flags.insert(.healthDrop) }
      if health < floors.healthCollapsed, previous >= floors.healthCollapsed {
        flags.insert(.healthCollapsed)
      } else if health < floors.healthFell, previous >= floors.healthFell {
        flags.insert(.healthFell)
      }
    }
    if account.noticeServed == true { flags.insert(.noticeServed) }
    if let red = floors.redHealth, let risk = scores?.churnRisk, let scores, scores.health(at: risk) < red {
      flags.insert(.redRisk)
    }
    if let project, !project.isConcluded(onboardingComplete: account.onboardingComplete, health: health) {
      flags.insert(.projectOpen)
    }
    if isDesignated { flags.insert(.strategicDesignation) }
    if expansion?.source == .manual, scores?.expansionPotential != nil { flags.insert(.manualExpansion) }

    isForcedNeedy = !flags.isDisjoint(with: [.onboardingOpen, .healthDrop, .noticeServed, .projectOpen])
    var floor = Coverage.digital
    if account.premiumPlan == true || account.plan == .premium {
      floor = floors.premiumCoverage
      flags.insert(.premiumFloor)
    }
    if let purchased = account.purchasedCoverage {
      floor = .higher(floor, purchased)
      flags.insert(.purchasedCoverage)
    }
    coverageFloor = floor
    self.flags = flags
  }

  /// The scorecard's sub-score of the room to grow, 0–100. Where it comes from a potential ARR, that on the
  /// scale of the ARR itself: what the account can become, so that growing into it never costs a point.
  public func expansionPoints(cap: Double) -> Double? {
    guard let expansion else { return nil }
    guard expansion.source == .headroom, let potentialARR else { return expansion.points }
    return max(expansion.points, amountScore(max(potentialARR, arr ?? 0), cap: cap))
  }

  /// Whether the room to grow lifts the account to the top of the three criteria: high by hand, prediction,
  /// seats or modules, or a potential that reaches the top bound.
  func isLiftedByExpansion(top: ARRBound?) -> Bool {
    guard let expansion else { return false }
    if expansion.isHighWithoutPotential { return true }
    guard expansion.source == .headroom, let potentialARR, let top else { return false }
    return top.isReached(by: max(potentialARR, arr ?? 0))
  }
}
