#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// How many times as often something happens in one group as in another: the lift of a content element
/// when the first group saw it and the second did not.
///
/// A ratio is an association, not an effect: groups that differ in tier or tenure differ in much else. See
/// ``StratifiedRatio``.
public struct ProportionRatio: Sendable, Equatable {
  public let first: Proportion
  public let second: Proportion

  public init(_ first: Proportion, over second: Proportion) {
    self.first = first
    self.second = second
  }

  /// Below this many trials in either group a ratio isn't worth showing.
  public static let smallestGroup = 10.0

  public var hasEnoughData: Bool { min(first.trials, second.trials) >= Self.smallestGroup }

  /// p₁/p₂ with Koopman's score interval (1984): the ratios that the score test doesn't reject, which keeps
  /// its level where a group has no successes or no failures and where Katz's logarithm has none.
  public var lift: Estimate {
    let value = first.value / second.value
    guard first.trials > 0, second.trials > 0, first.successes + second.successes > 0 else {
      return Estimate(value: .nan, low: 0, high: .infinity)
    }
    let critical = Estimate.normalQuantile975 * Estimate.normalQuantile975
    func isAccepted(logarithm: Double) -> Bool { scoreStatistic(ratio: exp(logarithm)) <= critical }
    // The statistic is 0 at the estimate and rises to both sides; bisect on the logarithm.
    func bound(from inside: Double, towards outside: Double) -> Double {
      var inside = inside
      var outside = outside
      for _ in 0..<200 where abs(outside - inside) > 1e-15 * max(1, abs(inside)) {
        let middle = (inside + outside) / 2
        if isAccepted(logarithm: middle) { inside = middle } else { outside = middle }
      }
      return exp(inside)
    }
    let reach = 60.0
    let low = first.successes == 0 ? 0 : bound(from: log(min(value, exp(reach))), towards: -reach)
    let high = second.successes == 0 ? .infinity : bound(from: log(max(value, exp(-reach))), towards: reach)
    return Estimate(value: value, low: low, high: high)
  }

  /// The score statistic for p₁ = ratio · p₂, with both estimated under that hypothesis.
  private func scoreStatistic(ratio: Double) -> Double {
    let (x1, n1, x2, n2) = (first.successes, first.trials, second.successes, second.trials)
    let a = (n1 + n2) * ratio
    let b = -(n1 * ratio + x1 + n2 + x2 * ratio)
    let c = x1 + x2
    // Of the two roots the smaller one is a probability; written without cancellation.
    let p2 = min(1, 2 * c / (-b + max(0, b * b - 4 * a * c).squareRoot()))
    let p1 = min(1, ratio * p2)
    let difference = first.value - ratio * second.value
    let variance = p1 * (1 - p1) / n1 + ratio * ratio * p2 * (1 - p2) / n2
    guard variance > 0 else { return difference == 0 ? 0 : .infinity }
    return difference * difference / variance
  }
}

/// The common ratio over strata (tier, tenure) by Mantel & Haenszel (1959), with Greenland & Robins' (1985)
/// interval: what is left of a lift when like is compared with like.
public struct StratifiedRatio: Sendable, Equatable {
  /// NaN with the interval 0 to ∞ where no stratum holds successes to compare.
  public let lift: Estimate

  public init(_ strata: [ProportionRatio]) {
    var numerator = 0.0
    var denominator = 0.0
    var variance = 0.0
    for stratum in strata {
      let (a, m) = (stratum.first.successes, stratum.first.trials)
      let (b, k) = (stratum.second.successes, stratum.second.trials)
      let total = m + k
      guard m > 0, k > 0 else { continue }
      numerator += a * k / total
      denominator += b * m / total
      variance += (m * k * (a + b) - a * b * total) / (total * total)
    }
    guard numerator > 0, denominator > 0 else {
      lift = Estimate(value: numerator / denominator, low: 0, high: .infinity)
      return
    }
    let ratio = numerator / denominator
    let half = Estimate.normalQuantile975 * (variance / (numerator * denominator)).squareRoot()
    lift = Estimate(value: ratio, low: ratio * exp(-half), high: ratio * exp(half))
  }
}
