import StableNumerics
import Synchronization

/// Percentile intervals by drawing rows, or whole clusters of rows, with replacement (Efron 1979).
///
/// A draw reaches the statistic as weights, how often each row was drawn, so that any weighted measure can
/// be its own statistic. The same seed gives the same interval for any number of threads.
public struct Bootstrap: Sendable {
  public let replicates: Int
  public let seed: UInt64
  public let threads: Int

  public init(replicates: Int = 1000, seed: UInt64 = 0, threads: Int = 1) throws(MetricError) {
    guard replicates > 1 else { throw .badParameter(name: "replicates", value: Double(replicates)) }
    self.replicates = replicates
    self.seed = seed
    self.threads = threads
  }

  public struct Interval: Sendable, Equatable {
    /// The statistic on the rows as they are, with the 2.5 % and 97.5 % quantiles of the draws.
    public let estimate: Estimate
    /// Draws on which the statistic had no value (one class only, say); they are left out.
    public let undefined: Int
  }

  /// - Parameters:
  ///   - rows: how many rows there are.
  ///   - clusters: the cluster of each row; an account whose months are drawn together. Nil: each row its own.
  ///   - weights: multiplied into the draws.
  ///   - statistic: the measure, given a weight a row. Cost: `replicates + 1` calls.
  public func interval(
    rows: Int, clusters: [Int]? = nil, weights: [Double]? = nil,
    of statistic: @Sendable ([Double]) throws(MetricError) -> Double
  ) throws(MetricError) -> Interval {
    guard rows > 0 else { throw .noRows }
    for count in [clusters?.count ?? rows, weights?.count ?? rows] where count != rows {
      throw .lengthsDiffer(expected: rows, found: count)
    }
    let base = weights ?? [Double](repeating: 1, count: rows)
    let value = try statistic(base)
    let clusterOfRow = clusters.map(Self.consecutive) ?? Array(0..<rows)
    let clusterCount = (clusterOfRow.max() ?? 0) + 1
    let draws = Mutex([Double](repeating: .nan, count: replicates))
    forEachBlock(count: replicates, threads: threads) { replicate in
      var random = SplitMix64(seed: seed, stream: UInt64(replicate))
      var times = [Double](repeating: 0, count: clusterCount)
      for _ in 0..<clusterCount { times[random.below(clusterCount)] += 1 }
      let drawn = (0..<rows).map { base[$0] * times[clusterOfRow[$0]] }
      guard let result = try? statistic(drawn) else { return }
      draws.withLock { $0[replicate] = result }
    }
    let defined = draws.withLock { $0 }.filter { !$0.isNaN }.sorted()
    return Interval(
      estimate: Estimate(
        value: value, low: Self.quantile(0.025, of: defined), high: Self.quantile(0.975, of: defined)),
      undefined: replicates - defined.count)
  }

  /// Cluster numbers 0, 1, … in order of first appearance.
  private static func consecutive(_ clusters: [Int]) -> [Int] {
    var numberOf: [Int: Int] = [:]
    return clusters.map { cluster in
      if let number = numberOf[cluster] { return number }
      let number = numberOf.count
      numberOf[cluster] = number
      return number
    }
  }

  /// Linear between order statistics: R's type 7. NaN of nothing.
  private static func quantile(_ share: Double, of sorted: [Double]) -> Double {
    guard let last = sorted.last else { return .nan }
    let position = share * Double(sorted.count - 1)
    let below = Int(position)
    guard below + 1 < sorted.count else { return last }
    return sorted[below] + (position - Double(below)) * (sorted[below + 1] - sorted[below])
  }
}
