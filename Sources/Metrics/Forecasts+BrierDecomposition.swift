/// Brier = reliability − resolution + uncertainty (Murphy 1973).
public struct BrierDecomposition: Sendable, Equatable {
  /// How far the probabilities are from what happened; 0 is best.
  public let reliability: Double
  /// How far they tell rows apart; at most the uncertainty.
  public let resolution: Double
  /// p̄(1 − p̄): what a forecast of the event rate for everybody scores.
  public let uncertainty: Double
}

extension Forecasts {
  /// Murphy's decomposition over equal-weight bins (``reliability(bins:)``). Probabilities that differ
  /// inside a bin are accounted for in the resolution, as Stephenson, Coelho & Jolliffe (2008) do, so that
  /// the three parts give the Brier score exactly, not about.
  public func brierDecomposition(bins count: Int = 10) throws(MetricError) -> BrierDecomposition {
    let overall = eventRate
    var reliability = 0.0
    var resolution = 0.0
    for range in try partition(bins: count) {
      let part = rows[range]
      let weight = part.reduce(0) { $0 + $1.weight }
      let said = part.reduce(0) { $0 + $1.weight * $1.probability } / weight
      let happened = part.reduce(0) { $0 + $1.weight * $1.outcome } / weight
      reliability += weight * (said - happened) * (said - happened)
      resolution += weight * (happened - overall) * (happened - overall)
      // Within the bin: variance of p adds to the score, twice its covariance with y takes from it.
      for row in part {
        let deviation = row.probability - said
        resolution -= row.weight * deviation * (deviation - 2 * (row.outcome - happened))
      }
    }
    return BrierDecomposition(
      reliability: reliability / weight, resolution: resolution / weight,
      uncertainty: overall * (1 - overall))
  }
}
