import LinearAlgebra

/// Minimises gᵀd + ½ dᵀHd + Σ lⱼ |θⱼ + dⱼ| over the step d within bounds, one coordinate after the other on the Gram matrix
/// (Friedman, Hastie & Tibshirani 2010, "covariance updates"): the cost of a sweep is q², whatever n.
struct CoordinateDescent {
  let model: Matrix
  let penalty: QuadraticPenalty
  let free: [Int]
  private(set) var theta: [Double]
  /// Gradient of the smooth model at `theta`.
  private var gradient: [Double]
  private let origin: [Double]
  private let originGradient: [Double]

  init(model: Matrix, gradient: [Double], theta: [Double], penalty: QuadraticPenalty, free: [Int]) {
    self.model = model
    self.gradient = gradient
    self.theta = theta
    self.penalty = penalty
    self.free = free
    origin = theta
    originGradient = gradient
  }

  /// Sweeps over all coordinates, and between them over those that aren't 0, until the largest change in a sweep is
  /// below 1e-13 in the model's metric, or for 200 rounds: `polish()` and the solver's own steps do the rest.
  mutating func run() {
    for _ in 0..<200 {
      if sweep(free) < 1e-13 { return }
      let active = free.filter { theta[$0] != 0 }
      for _ in 0..<1000 {
        if sweep(active) < 1e-13 { break }
      }
    }
  }

  private mutating func sweep(_ list: [Int]) -> Double {
    let q = theta.count
    var largest = 0.0
    for j in list {
      let curvature = model[j, j]
      guard curvature > 0 else { continue }
      let target = penalty.minimizer(of: curvature, at: theta[j], slope: gradient[j], index: j)
      let change = target - theta[j]
      guard change != 0 else { continue }
      theta[j] = target
      for i in 0..<q { gradient[i] += change * model.values[j * q + i] }
      largest = max(largest, change.magnitude * curvature.squareRoot())
    }
    return largest
  }

  /// Solves the coordinates that neither the penalty nor a bound holds exactly, by Cholesky with their signs as
  /// found, and returns the reciprocal condition of their system; keeps the sweeps' answer where a sign or a bound
  /// would change.
  mutating func polish() throws(LAPACKError) -> Double {
    let active = free.filter {
      (penalty.absolute[$0] == 0 || theta[$0] != 0) && theta[$0] > penalty.lower[$0]
        && theta[$0] < penalty.upper[$0]
    }
    guard !active.isEmpty else { return 1 }
    // H_AA (θ_A − θ⁰_A) = −g_A − l_A sign(θ_A) − H_AB (θ_B − θ⁰_B), B the others.
    let resting = free.filter { !active.contains($0) && theta[$0] != origin[$0] }
    let right = active.map { i in
      var value = -originGradient[i] - (theta[i] < 0 ? -penalty.absolute[i] : penalty.absolute[i])
      for j in resting { value -= model[i, j] * (theta[j] - origin[j]) }
      return value
    }
    let (step, reciprocal) = try solve(model.principal(active), right)
    let refined = zip(active, step).map { origin[$0] + $1 }
    let holds = zip(active, refined).allSatisfy { j, value in
      (penalty.absolute[j] == 0 || value * theta[j] > 0) && value >= penalty.lower[j]
        && value <= penalty.upper[j]
    }
    if holds { for (j, value) in zip(active, refined) { theta[j] = value } }
    return reciprocal
  }
}

extension QuadraticPenalty {
  /// argmin over u of slope (u − θ) + ½ curvature (u − θ)² + l |u| within the bounds: a soft threshold.
  @inline(__always)
  func minimizer(of curvature: Double, at theta: Double, slope: Double, index: Int) -> Double {
    let pulled = curvature * theta - slope
    let threshold = absolute[index]
    let soft = pulled - min(max(pulled, -threshold), threshold)
    return min(max(soft / curvature, lower[index]), upper[index])
  }
}
