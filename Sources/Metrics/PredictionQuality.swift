/// The usual measures of one set of predictions, together.
///
/// A measure that needs both classes, or two rows of each, is nil where the rows lack them.
public struct PredictionQuality: Sendable, Equatable, Codable {
  /// Rows of weight above 0 and the weight of those with the event.
  public let rows: Int
  public let events: Double
  public let eventRate: Double
  public let meanProbability: Double
  /// With DeLong's interval.
  public let auc: Estimate?
  /// Average precision.
  public let prAUC: Double?
  public let logLoss: Double
  public let brier: Double
  /// Ten bins of equal count.
  public let ece: Double
  public let calibrationIntercept: Estimate?
  public let calibrationSlope: Estimate?
  public let topDecileLift: Double?
  public let kolmogorovSmirnov: Double?

  /// - Parameter linearPredictors: log-odds, after calibration where there is one.
  public init(
    outcomes: [Double], linearPredictors: [Double], weights: [Double]? = nil
  ) throws(MetricError) {
    let forecasts = try Forecasts(outcomes: outcomes, linearPredictors: linearPredictors, weights: weights)
    let ranked = try? RankedOutcomes(outcomes: outcomes, scores: linearPredictors, weights: weights)
    try self.init(forecasts, ranked)
  }

  /// - Parameter probabilities: in [0, 1]; the log loss is infinite where 0 or 1 was said and is wrong.
  public init(outcomes: [Double], probabilities: [Double], weights: [Double]? = nil) throws(MetricError) {
    let forecasts = try Forecasts(outcomes: outcomes, probabilities: probabilities, weights: weights)
    let ranked = try? RankedOutcomes(outcomes: outcomes, scores: probabilities, weights: weights)
    try self.init(forecasts, ranked)
  }

  private init(_ forecasts: Forecasts, _ ranked: RankedOutcomes?) throws(MetricError) {
    rows = forecasts.rows.count
    events = forecasts.events
    eventRate = forecasts.eventRate
    meanProbability = forecasts.meanProbability
    auc = ranked?.aucEstimate
    prAUC = ranked?.averagePrecision
    logLoss = forecasts.logLoss
    brier = forecasts.brier
    ece = try forecasts.expectedCalibrationError()
    let line = try? forecasts.calibrationLine()
    calibrationIntercept = line?.intercept
    calibrationSlope = line?.slope
    topDecileLift = try ranked?.lift(top: 0.1)
    kolmogorovSmirnov = ranked?.kolmogorovSmirnov
  }

  /// The same measures within each group (a segment, a month), groups in ascending order.
  public static func byGroup(
    _ groups: [String], outcomes: [Double], linearPredictors: [Double], weights: [Double]? = nil
  ) throws(MetricError) -> [(group: String, quality: PredictionQuality)] {
    guard groups.count == outcomes.count else {
      throw .lengthsDiffer(expected: outcomes.count, found: groups.count)
    }
    for count in [linearPredictors.count, weights?.count ?? outcomes.count] where count != outcomes.count {
      throw .lengthsDiffer(expected: outcomes.count, found: count)
    }
    var rowsOfGroup: [String: [Int]] = [:]
    for (row, group) in groups.enumerated() { rowsOfGroup[group, default: []].append(row) }
    var result: [(group: String, quality: PredictionQuality)] = []
    for (group, rows) in rowsOfGroup.sorted(by: { $0.key < $1.key }) {
      result.append(
        (
          group,
          try PredictionQuality(
            outcomes: rows.map { outcomes[$0] }, linearPredictors: rows.map { linearPredictors[$0] },
            weights: weights.map { weights in rows.map { weights[$0] } })
        ))
    }
    return result
  }
}
