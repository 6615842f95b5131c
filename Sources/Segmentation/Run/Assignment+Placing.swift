/// Gives accounts their places, once the book's cuts are known.
struct Placing: Sendable {
  let cuts: Cuts
  let preset: Preset

  func assignment(_ measure: Measure) -> Assignment {
    let needCut =
      measure.isNeedByRisk ? NeedAxis.percent(preset.matrix.need.riskCut ?? 1) : cuts.need
    func isImportant(_ value: Double?) -> Bool { value.map { $0 >= cuts.importance } ?? false }
    func isNeedy(_ value: Double?, _ isForced: Bool) -> Bool {
      isForced || (value.map { $0 >= needCut } ?? false)
    }
    let important = isImportant(measure.importance.value)
    let needy = isNeedy(measure.need.value, measure.isForced)
    let (importance, need) = (measure.importance, measure.need)
    let isSure =
      importance.value != nil && (need.value != nil || measure.isForced)
      && isImportant(importance.low) == isImportant(importance.high)
      && isNeedy(need.low, measure.isForcedAtLow) == isNeedy(need.high, measure.isForcedAtHigh)

    let pyramid = PyramidLevel(arr: measure.arr, isUnpaid: measure.isUnpaid, bounds: cuts.pyramidBounds)
    let (tier, reason) = tier(measure)
    var assignment = Assignment(
      id: measure.id, arr: measure.arr, importance: importance.value,
      // A rule that makes need high shows on the axis, so that number and quadrant never disagree.
      need: measure.isForced ? max(need.value ?? 0, needCut) : need.value,
      quadrant: Quadrant(isImportant: important, isNeedy: needy), isQuadrantSure: isSure,
      pyramidLevel: pyramid,
      criteriaTier: preset.criteria.tier(
        arr: measure.arr, isExpanding: measure.isLiftedByExpansion, isFit: measure.isStrategicFit,
        isUnpaid: measure.isUnpaid, bounds: cuts.pyramidBounds),
      tier: tier, tierScore: measure.total, tierReason: reason.rawValue,
      coverage: .digital, flags: measure.flags)
    assignment.coverageFloor = measure.coverageFloor
    assignment.isHealthy = measure.isHealthy

    if reason == .arrAlone || (reason == .scorecard && tier == preset.strategicTier && measure.isFullyGrown) {
      assignment.flags.insert(.review)
    }
    if pyramid == .techTouch, measure.expansionLevel == .high { assignment.flags.insert(.hiddenPotential) }
    if pyramid == .highTouch, assignment.quadrant == .persistentLight, need.value != nil {
      assignment.flags.insert(.overServed)
    }
    if let arr = measure.arr {
      if measure.expansionLevel == .high, arr < cuts.ranks.topFifth, cuts.ranks.topFifth.isFinite {
        assignment.flags.insert(.diamond)
      }
      if cuts.ranks.topByRevenue?.isReached(by: arr) == true { assignment.flags.insert(.topByRevenue) }
    }
    assignment.place(in: tier, preset)
    return assignment
  }

  private func tier(_ measure: Measure) -> (Tier, TierReason) {
    let top = preset.strategicTier
    if measure.isDesignated { return (top, .designation) }
    if measure.isUnpaid { return (preset.lastTier, .unpaidPlan) }
    guard let arr = measure.arr else { return (preset.lastTier, .noData) }
    guard preset.tierBasis == .scorecard, let total = measure.total else {
      let tier = Tier(rawValue: cuts.tierBounds.group(of: arr) + 1) ?? preset.lastTier
      if case .shares = preset.tierBounds { return (tier, .arrShare) }
      return (tier, .arrThreshold)
    }
    let rank = cuts.cutOffs.firstIndex { total >= $0 } ?? cuts.cutOffs.count
    let tier = Tier(rawValue: rank + 1) ?? preset.lastTier
    if measure.isARRAlone, tier.rawValue <= top.rawValue {
      return (Tier(rawValue: top.rawValue + 1) ?? preset.lastTier, .arrAlone)
    }
    return (tier, .scorecard)
  }
}

extension Assignment {
  /// Gives the account `tier` and what follows from it: coverage, never below what was bought or guaranteed,
  /// and the passing adjustments. The tier's reason is the caller's to write.
  public mutating func place(in tier: Tier, _ preset: Preset) {
    self.tier = tier
    coverage = preset.coverage(of: tier, isNeedy: quadrant.isNeedy, floor: coverageFloor)
    flags.subtract([.boost, .lighterContact])
    if tier == .tier1, quadrant.isNeedy { flags.insert(.boost) }
    if tier == .tier2, !quadrant.isNeedy, isHealthy { flags.insert(.lighterContact) }
  }
}

extension Preset {
  /// The coverage of an account: what was bought or guaranteed at least, and above it, by ``mode``, what its
  /// tier gives or what its situation asks for. An account in need gets a person, whatever its tier
  /// (CON-16, COV-12); with `nbv` nothing else does.
  func coverage(of tier: Tier, isNeedy: Bool, floor: Coverage) -> Coverage {
    let situation = Coverage.higher(isNeedy ? .pooled : .digital, floor)
    return switch mode {
    case .segment: .higher(coverage(of: tier), floor)
    case .nbv: situation
    case .hybrid: .higher(coverage(of: tier), situation)
    }
  }

  /// The tier that a strategic designation earns. With five tiers the first is for the ultra-strategic, a
  /// part of the top by size.
  public var strategicTier: Tier { tierCount == 5 ? .tier2 : .tier1 }
}

extension PyramidLevel {
  /// By ARR alone. Free and trial accounts, and those whose ARR is unknown, are tech touch.
  public init(arr: Double?, isUnpaid: Bool, bounds: [ARRBound]) {
    guard let arr, !isUnpaid else {
      self = .techTouch
      return
    }
    switch bounds.group(of: arr) {
    case 0: self = .highTouch
    case 1: self = .lowTouch
    default: self = .techTouch
    }
  }
}
