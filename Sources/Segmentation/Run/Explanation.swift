/// How one account came to its place: every part with its weight, every line of the scorecard.
public struct Explanation: Sendable {
  public let assignment: Assignment
  public let importance: [WeightedPart]
  public let need: [WeightedPart]
  public let scorecard: [Scorecard.Line]
  public let expansion: ExpansionRules.Estimate?
  /// The scorecard's sub-score of it, 0–100.
  public let expansionPoints: Double?
  public let potentialAdjustedValue: Double?
  public let fitEvidence: FitEvidence?
}

extension Segmenter {
  /// The arithmetic behind `assignment` of `account`, with the cuts of the run that made it.
  public func explain(_ assignment: Assignment, _ account: Account, _ scores: Scores?, cuts: Cuts)
    throws(SegmentationError) -> Explanation
  {
    let profile = try profile(account, scores)
    let cap = cuts.pyramidBounds.first?.amount ?? 0
    let manual = profile.expansion.flatMap { $0.source == .manual ? $0.points : nil }
    let risk = scores?.churnRisk
    return Explanation(
      assignment: assignment,
      importance: preset.matrix.importance.parts(
        of: profile, expansion: manual ?? scores?.expansionPotential.map { 100 * $0 }, cap: cap),
      need: preset.matrix.need.parts(
        of: profile, riskHealth: risk.flatMap { scores?.health(at: $0) } ?? scores?.health),
      scorecard: preset.scorecard.lines(of: profile, cap: cap), expansion: profile.expansion,
      expansionPoints: profile.expansionPoints(cap: cap),
      potentialAdjustedValue: account.potentialAdjustedValue, fitEvidence: account.fitEvidence)
  }
}
