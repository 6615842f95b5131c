#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// Weights that let both classes count as wanted, with what they do to the intercept: log(event weight / non-event
/// weight), taken off again so that probabilities are the book's (King & Zeng 2001, prior correction).
public struct ClassWeights: Equatable, Sendable {
  public var event: Double
  public var nonEvent: Double

  public init(event: Double, nonEvent: Double) throws(FitError) {
    for value in [event, nonEvent] where !(value > 0 && value.isFinite) {
      throw .invalidSetting(name: "class weight", value: value)
    }
    self.event = event
    self.nonEvent = nonEvent
  }

  /// Both classes weigh the same, the total stays: W / (2 W₁) and W / (2 W₀), scikit-learn's `balanced`.
  public static func balanced(_ observations: Observations) throws(FitError) -> ClassWeights {
    try ClassWeights(
      event: observations.totalWeight / (2 * observations.eventWeight),
      nonEvent: observations.totalWeight / (2 * (observations.totalWeight - observations.eventWeight)))
  }

  /// Each row's weight; a share of successes gets its share of both.
  public func rowWeights(_ outcomes: [Double]) -> [Double] {
    outcomes.map { $0 * event + (1 - $0) * nonEvent }
  }

  /// To be added to the intercept of a fit with these weights, so that its probabilities mean the population's
  /// odds again: −log(w₁/w₀) (King & Zeng 2001, prior correction). Exact where the model holds.
  public var interceptCorrection: Double {
    -log(event / nonEvent)
  }
}
