import StableNumerics

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// A point of a two-parameter logistic regression. `y` may be any share in [0, 1].
package struct WeightedPoint: Sendable {
  package let x: Double
  package let y: Double
  package let weight: Double

  package init(x: Double, y: Double, weight: Double) {
    self.x = x
    self.y = y
    self.weight = weight
  }
}

/// P(y = 1) = expit(intercept + slope · x) by maximum likelihood; the only regression that measures need.
///
/// Newton's method on x shifted to mean 0 and scaled to deviation 1, with step halving, until the squared
/// Newton decrement is below 1e-16 of the loss, and one step more. O(n) a step.
package struct TwoParameterLogistic: Sendable {
  package let intercept: Double
  package let slope: Double
  /// Var(intercept), Cov, Var(slope): the inverse of the information.
  package let covariance: (Double, Double, Double)

  /// - Throws: one class, constant x, or separation, each by name.
  package init(_ points: [WeightedPoint]) throws(MetricError) {
    let total = points.reduce(0) { $0 + $1.weight }
    let events = points.reduce(0) { $0 + $1.weight * $1.y }
    guard total > 0 else { throw .noRows }
    guard events > 0, events < total else { throw .oneClass(events: events, nonEvents: total - events) }
    let mean = points.reduce(0) { $0 + $1.weight * $1.x } / total
    let variance = points.reduce(0) { $0 + $1.weight * ($1.x - mean) * ($1.x - mean) } / total
    let deviation = variance.squareRoot()
    guard deviation > 1e-12 * max(abs(mean), .leastNormalMagnitude), deviation.isFinite else {
      throw .constantScore
    }
    guard !Self.areSeparated(points) else { throw .separated }
    let scaled = points.map { WeightedPoint(x: ($0.x - mean) / deviation, y: $0.y, weight: $0.weight) }
    var state = State(scaled, intercept: logit(events / total), slope: 0)
    for _ in 0..<100 {
      // Close to the minimum each step squares the error: the step after this test is the last needed.
      let isLast = state.decrement <= 1e-16 * max(1, state.loss)
      let (stepA, stepB) = state.newtonStep
      var size = 1.0
      var next = State(scaled, intercept: state.intercept + stepA, slope: state.slope + stepB)
      while !(next.loss <= state.loss * (1 + 1e-14)), size > 1e-10 {
        size /= 2
        next = State(scaled, intercept: state.intercept + size * stepA, slope: state.slope + size * stepB)
      }
      guard next.loss <= state.loss * (1 + 1e-14) else { break }
      state = next
      if isLast { break }
    }
    slope = state.slope / deviation
    intercept = state.intercept - state.slope * mean / deviation
    let (aa, ab, bb) = state.inverseInformation
    let shift = mean / deviation
    covariance = (
      aa - 2 * shift * ab + shift * shift * bb, (ab - shift * bb) / deviation, bb / variance
    )
  }

  /// Whether some cut of x has only events on one side and only non-events on the other, whatever lies on
  /// the cut itself: then the likelihood rises for ever with the slope.
  private static func areSeparated(_ points: [WeightedPoint]) -> Bool {
    var events = (low: Double.infinity, high: -Double.infinity)
    var nonEvents = (low: Double.infinity, high: -Double.infinity)
    for point in points where point.weight > 0 {
      if point.y > 0 { events = (min(events.low, point.x), max(events.high, point.x)) }
      if point.y < 1 { nonEvents = (min(nonEvents.low, point.x), max(nonEvents.high, point.x)) }
    }
    return events.low >= nonEvents.high || nonEvents.low >= events.high
  }

  private struct State {
    let intercept: Double
    let slope: Double
    let loss: Double
    private let gradient: (Double, Double)
    private let information: (Double, Double, Double)

    init(_ points: [WeightedPoint], intercept: Double, slope: Double) {
      var loss = 0.0
      var gradient = (0.0, 0.0)
      var information = (0.0, 0.0, 0.0)
      for point in points {
        let eta = intercept + slope * point.x
        let p = expit(eta)
        loss += point.weight * (log1pExp(eta) - point.y * eta)
        let residual = point.weight * (p - point.y)
        gradient.0 += residual
        gradient.1 += residual * point.x
        let curvature = point.weight * p * (1 - p)
        information.0 += curvature
        information.1 += curvature * point.x
        information.2 += curvature * point.x * point.x
      }
      self.intercept = intercept
      self.slope = slope
      self.loss = loss
      self.gradient = gradient
      self.information = information
    }

    var inverseInformation: (Double, Double, Double) {
      let (a, b, c) = information
      let determinant = a * c - b * b
      return (c / determinant, -b / determinant, a / determinant)
    }

    var newtonStep: (Double, Double) {
      let (aa, ab, bb) = inverseInformation
      return (-(aa * gradient.0 + ab * gradient.1), -(ab * gradient.0 + bb * gradient.1))
    }

    /// gᵀH⁻¹g, twice what a Newton step promises.
    var decrement: Double {
      let (stepA, stepB) = newtonStep
      return -(gradient.0 * stepA + gradient.1 * stepB)
    }
  }
}

/// The intercept of expit(intercept + x) by Newton's method in one dimension, with its standard error.
func interceptWithSlopeOne(_ points: [WeightedPoint]) -> (value: Double, standardError: Double) {
  func slopeAndCurvature(_ shift: Double) -> (Double, Double) {
    points.reduce((0, 0)) { sum, point in
      let p = expit(shift + point.x)
      return (sum.0 + point.weight * (p - point.y), sum.1 + point.weight * p * (1 - p))
    }
  }
  // The score is monotone in the shift, so bracket the root and bisect where Newton leaves the bracket.
  var low = -1.0
  while slopeAndCurvature(low).0 > 0, low > -1e4 { low *= 2 }
  var high = 1.0
  while slopeAndCurvature(high).0 < 0, high < 1e4 { high *= 2 }
  var shift = 0.0
  for _ in 0..<200 {
    let (slope, curvature) = slopeAndCurvature(shift)
    if slope > 0 { high = shift } else { low = shift }
    var next = shift - slope / curvature
    if !(next > low && next < high) { next = (low + high) / 2 }
    if abs(next - shift) <= 1e-14 * max(1, abs(shift)) {
      shift = next
      break
    }
    shift = next
  }
  return (shift, 1 / slopeAndCurvature(shift).1.squareRoot())
}
