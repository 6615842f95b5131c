#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// How far a distribution over bins has moved: the population stability index.
public struct PopulationStability: Sendable, Equatable {
  /// Σ (aᵢ − eᵢ) ln(aᵢ/eᵢ) over the shares; 0 for none, by custom above 0.1 a shift worth a look and above
  /// 0.2 (or 0.25) one that matters.
  public let index: Double
  /// What sampling alone gives on average where nothing moved: (bins − 1)(1/n + 1/m), Yurdakul (2018). An
  /// index of that size says nothing.
  public let expectedNoise: Double
  /// What sampling alone exceeds once in a hundred tables: the 99 % quantile of χ² with bins − 1 degrees of
  /// freedom (Wilson & Hilferty 1931), scaled as ``expectedNoise`` is.
  public let noiseLimit: Double

  /// - Parameters:
  ///   - expected: rows (or weight) in each bin then.
  ///   - actual: rows in each bin now, same bins.
  ///
  /// A bin that is empty on one side counts as half a row there, so that the index stays finite; bins empty
  /// on both sides are left out.
  public init(expected: [Double], actual: [Double]) throws(MetricError) {
    guard expected.count == actual.count else {
      throw .lengthsDiffer(expected: expected.count, found: actual.count)
    }
    for (bin, count) in (expected + actual).enumerated() where !(count >= 0 && count.isFinite) {
      throw .notAWeight(row: bin % max(1, expected.count), value: count)
    }
    let then = expected.reduce(0, +)
    let now = actual.reduce(0, +)
    guard then > 0, now > 0 else { throw .noRows }
    var index = 0.0
    var bins = 0.0
    for (e, a) in zip(expected, actual) where e > 0 || a > 0 {
      let share = (e > 0 ? e : 0.5) / then
      let newShare = (a > 0 ? a : 0.5) / now
      index += (newShare - share) * log(newShare / share)
      bins += 1
    }
    self.index = index
    expectedNoise = (bins - 1) * (1 / then + 1 / now)
    let spread = bins > 1 ? 2 / (9 * (bins - 1)) : 0
    let root = 1 - spread + 2.3263478740408408 * spread.squareRoot()
    noiseLimit = expectedNoise * root * root * root
  }
}
