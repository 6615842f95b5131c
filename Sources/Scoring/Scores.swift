/// The scores of a table's rows, one array a column, in the table's order.
public struct Scores: Sendable, Equatable {
  public let linearPredictors: [Double]
  /// NaN for a row that cannot be scored; see ``unscorable``.
  public let probabilities: [Double]
  /// With intervals: 95 % bounds.
  public let low: [Double]?
  public let high: [Double]?
  /// With reasons: the largest parts of each row.
  public let reasons: [[Reason]]
  /// The rows without a score, in order, each with its error.
  public let unscorable: [UnscorableRow]
}

/// A row without a score.
public struct UnscorableRow: Sendable, Equatable {
  public let row: Int
  public let error: ScoringError

  public init(row: Int, error: ScoringError) {
    self.row = row
    self.error = error
  }
}
