import StableNumerics

/// The logistic recalibration P(y = 1) = expit(intercept + slope · η) (Cox 1958): intercept 0 and slope 1
/// say that the probabilities are right as they are; a slope below 1, that they are too extreme.
///
/// Maximum likelihood, in exactly the sum of log losses, no penalty; Newton's method with step halving.
public struct CalibrationLine: Sendable, Equatable {
  public let intercept: Estimate
  public let slope: Estimate
  /// The intercept where the slope is held at 1: above 0, more happens than was said on the whole.
  public let calibrationInTheLarge: Estimate

  /// - Throws: ``MetricError``; ``MetricError/separated`` where a cut of η tells events from non-events
  ///   without error, ``MetricError/constantScore`` where η doesn't vary.
  public init(
    outcomes: [Double], linearPredictors: [Double], weights: [Double]? = nil
  ) throws(MetricError) {
    try self.init(
      checkedRows(outcomes: outcomes, scores: linearPredictors, weights: weights).map {
        WeightedPoint(x: $0.score, y: $0.outcome, weight: $0.weight)
      })
  }

  init(_ points: [WeightedPoint]) throws(MetricError) {
    let line = try TwoParameterLogistic(points)
    intercept = Estimate(
      value: line.intercept, standardError: line.covariance.0.squareRoot(),
      within: -.infinity ... .infinity)
    slope = Estimate(
      value: line.slope, standardError: line.covariance.2.squareRoot(), within: -.infinity ... .infinity)
    let shift = interceptWithSlopeOne(points)
    calibrationInTheLarge = Estimate(
      value: shift.value, standardError: shift.standardError, within: -.infinity ... .infinity)
  }
}

extension Forecasts {
  /// Calibration intercept and slope of these probabilities; ``MetricError/notFinite(row:)`` where one is
  /// exactly 0 or 1, as its log-odds have no place on a line.
  public func calibrationLine() throws(MetricError) -> CalibrationLine {
    for (row, values) in rows.enumerated() where !values.linearPredictor.isFinite {
      throw .notFinite(row: row)
    }
    return try CalibrationLine(
      rows.map { WeightedPoint(x: $0.linearPredictor, y: $0.outcome, weight: $0.weight) })
  }
}
