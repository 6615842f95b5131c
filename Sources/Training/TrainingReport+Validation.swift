import Metrics
import StableNumerics

extension TrainingReport.Validation {
  /// Quality of calibrated log-odds with 95 % intervals.
  ///
  /// AUC: DeLong, or a bootstrap over groups where rows belong together. Log loss and Brier: the mean's standard
  /// error, rows of a group added up first. Lift: Wilson's interval of the event share in the top tenth.
  init(
    scheme: String, outcomes: [Double], linearPredictors: [Double], weights: [Double]?, groups: [Int32]?,
    seed: UInt64, threads: Int
  ) throws {
    let quality = try PredictionQuality(
      outcomes: outcomes, linearPredictors: linearPredictors, weights: weights)
    self.scheme = scheme
    rows = quality.rows
    events = quality.events
    prAuc = quality.prAUC
    logLoss = quality.logLoss
    let rate = quality.eventRate
    logLossOfRate = -(rate * Self.logarithm(rate) + (1 - rate) * Self.logarithm(1 - rate))
    brier = quality.brier
    ece = quality.ece
    calibrationIntercept = quality.calibrationIntercept?.value
    calibrationSlope = quality.calibrationSlope?.value
    topDecileLift = quality.topDecileLift

    let area =
      try groups.map {
        try Self.clusteredAUC(outcomes, linearPredictors, weights, $0, seed: seed, threads: threads)
      } ?? quality.auc
    auc = area?.value
    aucLow = area?.low
    aucHigh = area?.high
    noBetterThanChance = area.map { $0.low <= 0.5 } ?? true

    let losses = outcomes.indices.map { row -> (log: Double, square: Double) in
      let eta = linearPredictors[row]
      let y = outcomes[row]
      let error = expit(eta) - y
      return (y * log1pExp(-eta) + (1 - y) * log1pExp(eta), error * error)
    }
    let half = Self.halfWidth(losses.map(\.log), weights, groups)
    (logLossLow, logLossHigh) = (max(0, logLoss - half), logLoss + half)
    let brierHalf = Self.halfWidth(losses.map(\.square), weights, groups)
    (brierLow, brierHigh) = (max(0, brier - brierHalf), brier + brierHalf)
    if let lift = topDecileLift, rate > 0 {
      let top = max(1, (0.1 * Double(rows)).rounded())
      let share = Proportion(successes: (lift * rate * top).rounded(), trials: top)
      topDecileLiftLow = share.wilson.low / rate
      topDecileLiftHigh = share.wilson.high / rate
    }
  }

  private static func clusteredAUC(
    _ outcomes: [Double], _ scores: [Double], _ weights: [Double]?, _ groups: [Int32], seed: UInt64,
    threads: Int
  ) throws -> Estimate {
    let draws = try Bootstrap(replicates: outcomes.count > 200_000 ? 50 : 200, seed: seed, threads: threads)
    return try draws.interval(rows: outcomes.count, clusters: groups.map(Int.init), weights: weights) {
      (weights: [Double]) throws(MetricError) in
      try RankedOutcomes(outcomes: outcomes, scores: scores, weights: weights).auc
    }.estimate
  }

  /// 1.96 standard errors of a (weighted) mean.
  private static func halfWidth(_ values: [Double], _ weights: [Double]?, _ groups: [Int32]?) -> Double {
    let weights = weights ?? [Double](repeating: 1, count: values.count)
    let total = weights.reduce(0, +)
    let mean = zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } / total
    var sums = [Double](repeating: 0, count: groups.map { Int($0.max() ?? -1) + 1 } ?? values.count)
    for row in values.indices {
      sums[groups.map { Int($0[row]) } ?? row] += weights[row] * (values[row] - mean) / total
    }
    return 1.96 * sums.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }

  private static func logarithm(_ x: Double) -> Double { x > 0 ? -log1pExp(-logit(x)) : 0 }
}
