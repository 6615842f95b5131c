/// Successes among trials.
public struct Proportion: Sendable, Equatable {
  /// Weights are allowed, so neither need be a whole number; 0 ≤ successes ≤ trials.
  public let successes: Double
  public let trials: Double

  public init(successes: Double, trials: Double) {
    self.successes = successes
    self.trials = trials
  }

  public init(_ successes: Int, of trials: Int) {
    self.init(successes: Double(successes), trials: Double(trials))
  }

  /// Successes over trials; NaN without trials.
  public var value: Double { successes / trials }

  /// The share with Wilson's score interval (1927), which stays in [0, 1] and keeps its level for small n
  /// and shares near 0 and 1. Without trials the share is NaN and the interval [0, 1].
  public var wilson: Estimate {
    guard trials > 0 else { return Estimate(value: .nan, low: 0, high: 1) }
    let z = Estimate.normalQuantile975
    let share = value
    let scale = 1 + z * z / trials
    let middle = (share + z * z / (2 * trials)) / scale
    let half =
      z / scale * (share * (1 - share) / trials + z * z / (4 * trials * trials)).squareRoot()
    return Estimate(
      value: share, low: successes == 0 ? 0 : max(0, middle - half),
      high: successes == trials ? 1 : min(1, middle + half))
  }
}
