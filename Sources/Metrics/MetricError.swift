/// Why a measure has no value. Rows count from 0 in the order given.
public enum MetricError: Error, Sendable, Equatable {
  case noRows
  case lengthsDiffer(expected: Int, found: Int)
  /// An outcome other than 0 and 1.
  case notAnOutcome(row: Int, value: Double)
  /// A score, probability, or linear predictor that is NaN or infinite.
  case notFinite(row: Int)
  /// A probability below 0 or above 1.
  case notAProbability(row: Int, value: Double)
  /// A weight that is negative, NaN or infinite.
  case notAWeight(row: Int, value: Double)
  /// Only events, or none: nothing to tell apart.
  case oneClass(events: Double, nonEvents: Double)
  /// Every score is the same number, so that no line can be put through.
  case constantScore
  /// The scores separate the outcomes completely: the slope's estimate is infinite.
  case separated
  /// A parameter outside its range.
  case badParameter(name: String, value: Double)
}
