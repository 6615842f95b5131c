/// What the models say about one account. Probabilities lie in [0, 1]; all of it is optional, since a model
/// is never required.
public struct Scores: Sendable, Equatable {
  public var churnRisk: Double?
  public var churnRiskLow: Double?
  public var churnRiskHigh: Double?
  /// 100·p₀(1−p) / (p₀(1−p) + p(1−p₀)), p₀ the usual risk of the book: 50 is usual, 25 three times the usual
  /// odds of leaving.
  public var health: Double?
  public var expansionPotential: Double?
  public var expansionPotentialLow: Double?
  public var expansionPotentialHigh: Double?
  public var expansionBand: ExpansionLevel?

  public init() {}

  /// `probability` on the scale of ``health``, from 100 (no risk) to 0. The usual odds are those that turn
  /// this account's risk into its health; where they can't be told, health is 100·(1 − p).
  public func health(at probability: Double) -> Double {
    guard let health, let risk = churnRisk, risk > 0, risk < 1, health > 0, health < 100 else {
      if let health, probability == churnRisk { return health }
      return 100 * (1 - probability)
    }
    if probability == risk { return health }
    let usualOdds = risk / (1 - risk) * health / (100 - health)
    let p = min(max(probability, 0), 1)
    return 100 * usualOdds * (1 - p) / (usualOdds * (1 - p) + p)
  }
}
