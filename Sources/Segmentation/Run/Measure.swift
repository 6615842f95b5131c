/// What is known of an account before the book's cuts are: values on both axes with their intervals, and the
/// scorecard's total.
struct Measure: Sendable {
  struct Reading: Sendable {
    var value: Double?
    var low: Double?
    var high: Double?
  }

  let id: String
  let arr: Double?
  let importance: Reading
  let need: Reading
  /// Need is the predicted risk itself, cut by ``NeedAxis/riskCut``.
  let isNeedByRisk: Bool
  /// A rule above the weights asks for attention: at the risk, and at the ends of its interval.
  let isForced: Bool
  let isForcedAtLow: Bool
  let isForcedAtHigh: Bool
  /// The scorecard's total; nil when it can't be drawn up.
  let total: Double?
  let expansionLevel: ExpansionLevel?
  let isLiftedByExpansion: Bool
  let isStrategicFit: Bool?
  let isDesignated: Bool
  let isUnpaid: Bool
  /// Neither room to grow nor strategic value stands behind the ARR.
  let isARRAlone: Bool
  /// Little room is left and no strategic value stands behind the ARR.
  let isFullyGrown: Bool
  let coverageFloor: Coverage
  let isHealthy: Bool
  var flags: Flags

  /// `top` is the pyramid's first bound.
  init(_ id: String, _ profile: Profile, _ scores: Scores?, _ yardstick: Yardstick, top: ARRBound?) {
    let cap = top?.amount ?? 0
    self.id = id
    arr = profile.arr
    flags = profile.flags

    importance = Self.importance(profile, scores, yardstick.importance, cap: cap, &flags)
    (need, isNeedByRisk) = Self.need(profile, scores, yardstick.need, &flags)
    func isRed(_ risk: Double?) -> Bool {
      guard let red = yardstick.floors.redHealth, let scores, let risk else { return false }
      return scores.health(at: risk) < red
    }
    isForced = profile.isForcedNeedy || flags.contains(.redRisk)
    isForcedAtLow = profile.isForcedNeedy || isRed(scores?.churnRiskLow ?? scores?.churnRisk)
    isForcedAtHigh = profile.isForcedNeedy || isRed(scores?.churnRiskHigh ?? scores?.churnRisk)

    let total = yardstick.scorecard.mean(of: profile, cap: cap)
    let knowsMore =
      profile.expansion != nil || profile.strategicValue != nil || profile.scorecardComplexity != nil
    self.total = profile.arr != nil && knowsMore ? total.value : nil
    if self.total != nil, total.isIncomplete { flags.insert(.scorecardIncomplete) }

    expansionLevel = profile.expansion?.level
    isStrategicFit = profile.isStrategicFit
    isDesignated = profile.isDesignated
    isUnpaid = profile.isUnpaid
    isLiftedByExpansion = profile.isLiftedByExpansion(top: top)
    let hasStrategicValue = (profile.strategicValue ?? 0) > 0
    isARRAlone = profile.expansionPoints(cap: cap) == 0 && !hasStrategicValue
    isFullyGrown = profile.expansion?.level == .low && !hasStrategicValue
    coverageFloor = profile.coverageFloor
    isHealthy = (profile.health ?? scores?.health ?? 0) >= yardstick.floors.healthy
  }

  private static func importance(
    _ profile: Profile, _ scores: Scores?, _ axis: ImportanceAxis, cap: Double, _ flags: inout Flags
  ) -> Reading {
    let manual = profile.expansion.flatMap { $0.source == .manual ? $0.points : nil }
    let mean = axis.mean(
      of: profile, expansion: manual ?? scores?.expansionPotential.map { 100 * $0 }, cap: cap)
    if mean.value == nil {
      flags.insert(.importanceUnknown)
    } else if mean.isIncomplete {
      flags.insert(.importanceIncomplete)
    }
    func value(at end: Double?) -> Double? {
      guard let end, manual == nil else { return mean.value }
      return axis.mean(of: profile, expansion: 100 * end, cap: cap).value
    }
    return Reading(
      value: mean.value, low: value(at: scores?.expansionPotentialLow),
      high: value(at: scores?.expansionPotentialHigh))
  }

  private static func need(_ profile: Profile, _ scores: Scores?, _ axis: NeedAxis, _ flags: inout Flags)
    -> (Reading, isByRisk: Bool)
  {
    let risk = scores?.churnRisk
    if axis.riskCut != nil, let risk {
      return (
        Reading(
          value: NeedAxis.percent(risk), low: NeedAxis.percent(scores?.churnRiskLow ?? risk),
          high: NeedAxis.percent(scores?.churnRiskHigh ?? risk)), true
      )
    }
    let mean = axis.mean(of: profile, riskHealth: risk.flatMap { scores?.health(at: $0) } ?? scores?.health)
    if mean.value == nil {
      flags.insert(.needUnknown)
    } else if mean.isIncomplete {
      flags.insert(.needIncomplete)
    }
    func value(at end: Double?) -> Double? {
      guard let end, let scores, risk != nil else { return mean.value }
      return axis.mean(of: profile, riskHealth: scores.health(at: end)).value
    }
    return (
      Reading(
        value: mean.value, low: value(at: scores?.churnRiskLow), high: value(at: scores?.churnRiskHigh)),
      false
    )
  }
}

extension NeedAxis {
  /// A risk on the axis' scale, rounded as every value on it is.
  static func percent(_ risk: Double) -> Double { (100 * risk * 1e6).rounded() / 1e6 }
}
