/// The penalty in the solver's coordinates: Σⱼ ½ aⱼ θⱼ² − bⱼ θⱼ + lⱼ |θⱼ| with bounds, the intercept (place 0)
/// free of all of it. Ridge, lasso, elastic net, priors and sign bounds are all of this form.
struct QuadraticPenalty: Sendable, Equatable {
  var curvature: [Double]
  var pull: [Double]
  var absolute: [Double]
  var lower: [Double]
  var upper: [Double]

  init(dimension: Int) {
    curvature = Array(repeating: 0, count: dimension)
    pull = curvature
    absolute = curvature
    lower = Array(repeating: -.infinity, count: dimension)
    upper = Array(repeating: .infinity, count: dimension)
  }

  /// The objective is smooth and unbounded: Newton's step is a linear system.
  var isSmooth: Bool {
    absolute.allSatisfy { $0 == 0 } && lower.allSatisfy { $0 == -.infinity }
      && upper.allSatisfy { $0 == .infinity }
  }

  var isZero: Bool { isSmooth && curvature.allSatisfy { $0 == 0 } }

  func value(_ theta: [Double]) -> Double {
    var sum = 0.0
    for j in theta.indices {
      sum += (0.5 * curvature[j] * theta[j] - pull[j]) * theta[j] + absolute[j] * theta[j].magnitude
    }
    return sum
  }

  /// Gradient of loss and smooth part.
  func gradient(_ loss: [Double], at theta: [Double]) -> [Double] {
    theta.indices.map { loss[$0] + curvature[$0] * theta[$0] - pull[$0] }
  }

  /// Distance of 0 from the subdifferential, element by element; the largest. `smooth` is the gradient above.
  func stationarity(_ smooth: [Double], at theta: [Double], skipping held: Int?) -> Double {
    var largest = 0.0
    for j in theta.indices where j != held {
      var distance: Double
      if theta[j] == 0 && absolute[j] > 0 {
        let excess = max(smooth[j].magnitude - absolute[j], 0)
        distance = smooth[j] < 0 ? -excess : excess
      } else {
        distance = smooth[j] + (theta[j] < 0 ? -absolute[j] : theta[j] > 0 ? absolute[j] : 0)
      }
      if theta[j] <= lower[j] { distance = min(distance, 0) }
      if theta[j] >= upper[j] { distance = max(distance, 0) }
      largest = max(largest, distance.magnitude)
    }
    return largest
  }
}
