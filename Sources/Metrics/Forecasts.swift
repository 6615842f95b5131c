import StableNumerics

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// What happened beside the probability that was given for it: all that a measure of probabilities needs.
///
/// Rows stand in ascending order of the probability. Weights count as repetitions. O(n log n) to make.
public struct Forecasts: Sendable {
  struct Row {
    let linearPredictor: Double
    let probability: Double
    let outcome: Double
    let weight: Double
  }

  let rows: [Row]
  /// Total weight.
  public let weight: Double
  /// Weight of the rows with the event.
  public let events: Double

  public var eventRate: Double { events / weight }

  /// From linear predictors η; p = expit(η). The log loss then keeps its digits where p rounds to 0 or 1.
  public init(
    outcomes: [Double], linearPredictors: [Double], weights: [Double]? = nil
  ) throws(MetricError) {
    self.init(
      try checkedRows(outcomes: outcomes, scores: linearPredictors, weights: weights).map {
        Row(
          linearPredictor: $0.score, probability: expit($0.score), outcome: $0.outcome, weight: $0.weight)
      })
  }

  /// From probabilities in [0, 1]; nothing is clipped.
  public init(outcomes: [Double], probabilities: [Double], weights: [Double]? = nil) throws(MetricError) {
    for (row, probability) in probabilities.enumerated() where probability < 0 || probability > 1 {
      throw .notAProbability(row: row, value: probability)
    }
    self.init(
      try checkedRows(outcomes: outcomes, scores: probabilities, weights: weights).map {
        Row(
          linearPredictor: logit($0.score), probability: $0.score, outcome: $0.outcome, weight: $0.weight)
      })
  }

  private init(_ rows: [Row]) {
    self.rows = rows
    weight = rows.reduce(0) { $0 + $1.weight }
    events = rows.reduce(0) { $0 + $1.weight * $1.outcome }
  }

  /// Mean of −log P(what happened): −y log p − (1 − y) log(1 − p), in nats. Infinite where probability 0
  /// was given to what happened, which is the honest value; linear predictors never get there.
  public var logLoss: Double {
    rows.reduce(0) { sum, row in
      sum + row.weight * log1pExp(row.outcome == 1 ? -row.linearPredictor : row.linearPredictor)
    } / weight
  }

  /// Mean of (p − y)² (Brier 1950).
  public var brier: Double {
    rows.reduce(0) { sum, row in
      let error = row.probability - row.outcome
      return sum + row.weight * error * error
    } / weight
  }

  /// Mean probability; beside ``eventRate`` it tells whether the level is right.
  public var meanProbability: Double {
    rows.reduce(0) { $0 + $1.weight * $1.probability } / weight
  }
}
