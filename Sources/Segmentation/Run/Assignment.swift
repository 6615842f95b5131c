/// Where one account stands in every system: one row of the result.
public struct Assignment: Sendable, Equatable {
  public var id: String
  /// In the preset's currency; nil when unknown.
  public var arr: Double?
  /// 0–100; nil when none of its parts is known.
  public var importance: Double?
  /// 0–100; nil when none of its parts is known.
  public var need: Double?
  public var quadrant: Quadrant
  /// False when the interval of a predicted probability crosses a cut, or when an axis is unknown.
  public var isQuadrantSure: Bool
  public var pyramidLevel: PyramidLevel
  /// The tier of the three criteria, 1–3.
  public var criteriaTier: Tier
  public var tier: Tier
  /// The scorecard's total, 0–100; nil when the tier came from ARR thresholds alone.
  public var tierScore: Double?
  /// Why the tier is what it is, as a code: see ``TierReason``; migration adds its own after a `;`.
  public var tierReason: String
  public var coverage: Coverage
  public var flags: Flags
  /// What was bought or guaranteed: coverage never falls below it, whatever the tier.
  public var coverageFloor = Coverage.digital
  /// Health is known and at least the preset's level of healthy.
  public var isHealthy = false

  public init(
    id: String, arr: Double?, importance: Double?, need: Double?, quadrant: Quadrant, isQuadrantSure: Bool,
    pyramidLevel: PyramidLevel, criteriaTier: Tier, tier: Tier, tierScore: Double?, tierReason: String,
    coverage: Coverage, flags: Flags
  ) {
    self.id = id
    self.arr = arr
    self.importance = importance
    self.need = need
    self.quadrant = quadrant
    self.isQuadrantSure = isQuadrantSure
    self.pyramidLevel = pyramidLevel
    self.criteriaTier = criteriaTier
    self.tier = tier
    self.tierScore = tierScore
    self.tierReason = tierReason
    self.coverage = coverage
    self.flags = flags
  }
}

/// Why an account has its tier, before memory speaks.
public enum TierReason: String, Sendable, CaseIterable {
  /// The scorecard's total against the cut-offs.
  case scorecard
  /// Nothing but ARR is known, so the ARR thresholds decide.
  case arrThreshold = "arr_threshold"
  /// The preset's tiers go by rank in ARR.
  case arrShare = "arr_share"
  /// A strategic designation lifted it.
  case designation
  /// The score reached the top tier on ARR alone, without room to grow or strategic value.
  case arrAlone = "arr_alone"
  /// Free and trial accounts stand in the last tier.
  case unpaidPlan = "unpaid_plan"
  /// Nothing is known that a tier could rest on.
  case noData = "no_data"
}
