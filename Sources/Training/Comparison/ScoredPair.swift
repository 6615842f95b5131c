import Metrics
import StableNumerics

/// Two models' log-odds for the same rows.
struct ScoredPair {
  let outcomes: [Double]
  /// As they rank.
  let first: [Double]
  let second: [Double]
  /// As probabilities.
  let firstCalibrated: [Double]
  let secondCalibrated: [Double]
  let weights: [Double]?
  let groups: [Int32]?
  let dates: [Int64]?

  var events: Double { zip(outcomes, weights ?? outcomes.map { _ in 1 }).reduce(0) { $0 + $1.0 * $1.1 } }

  /// AUC of both and their difference: DeLong's paired test, or a bootstrap over groups, within dates, where rows
  /// belong together.
  func auc(seed: UInt64, threads: Int) throws -> (first: Double, second: Double, difference: Estimate) {
    let strata = StratifiedAUC(dates: dates, rows: outcomes.count)
    guard groups != nil || strata.isStratified else {
      let paired = try PairedAUC(outcomes: outcomes, first: first, second: second, weights: weights)
      return (paired.first, paired.second, paired.difference)
    }
    @Sendable func area(_ scores: [Double], _ weights: [Double]) throws(MetricError) -> Double {
      try strata.auc(outcomes: outcomes, scores: scores, weights: weights)
    }
    let draws = try Bootstrap(replicates: outcomes.count > 200_000 ? 50 : 200, seed: seed, threads: threads)
    let difference = try draws.interval(
      rows: outcomes.count, clusters: groups.map { $0.map(Int.init) }, weights: weights
    ) { (weights: [Double]) throws(MetricError) in try area(first, weights) - area(second, weights) }
    let once = weights ?? [Double](repeating: 1, count: outcomes.count)
    return (try area(first, once), try area(second, once), difference.estimate)
  }

  /// Mean log loss of both; the interval of the difference adds up the rows of a group first.
  var logLoss: (first: Double, second: Double, difference: Estimate) {
    func losses(_ etas: [Double]) -> [Double] {
      zip(outcomes, etas).map { $0 * log1pExp(-$1) + (1 - $0) * log1pExp($1) }
    }
    let (a, b) = (losses(firstCalibrated), losses(secondCalibrated))
    let weights = weights ?? [Double](repeating: 1, count: outcomes.count)
    let total = weights.reduce(0, +)
    func mean(_ values: [Double]) -> Double { zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } / total }
    let differences = zip(a, b).map { $0 - $1 }
    let half = TrainingReport.Validation.halfWidth(differences, weights, groups)
    let value = mean(differences)
    return (mean(a), mean(b), Estimate(value: value, low: value - half, high: value + half))
  }
}

/// AUC over pairs of the same date: a rate that drifts with time ranks dates, not accounts. Where dates hold
/// fewer than twenty rows on average, over all pairs.
struct StratifiedAUC: Sendable {
  /// The rows of each date, dates ascending.
  private let strata: [[Int]]

  var isStratified: Bool { strata.count > 1 }

  init(dates: [Int64]?, rows: Int) {
    guard let dates else {
      strata = [Array(0..<rows)]
      return
    }
    let order = dates.indices.sorted { dates[$0] != dates[$1] ? dates[$0] < dates[$1] : $0 < $1 }
    var strata: [[Int]] = []
    var last: Int64?
    for row in order {
      if dates[row] != last { strata.append([]) }
      strata[strata.count - 1].append(row)
      last = dates[row]
    }
    self.strata = rows >= 20 * strata.count ? strata : [Array(0..<rows)]
  }

  /// Σ pairs in order / Σ pairs, over the strata that have both classes.
  func auc(outcomes: [Double], scores: [Double], weights: [Double]) throws(MetricError) -> Double {
    var (ordered, pairs) = (0.0, 0.0)
    for stratum in strata {
      guard
        let ranked = try? RankedOutcomes(
          outcomes: stratum.map { outcomes[$0] }, scores: stratum.map { scores[$0] },
          weights: stratum.map { weights[$0] })
      else { continue }
      let count = ranked.events * (ranked.weight - ranked.events)
      ordered += ranked.auc * count
      pairs += count
    }
    guard pairs > 0 else { throw .oneClass(events: 0, nonEvents: 0) }
    return ordered / pairs
  }
}
