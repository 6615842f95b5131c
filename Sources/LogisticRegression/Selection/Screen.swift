import LinearAlgebra

/// The columns that a lasso path works with when there are many: those that the sequential strong rule keeps
/// (Tibshirani et al. 2012: |gradientⱼ| ≥ 2 lⱼ(λ) − lⱼ(λ before)) or that were ever nonzero. The rule may
/// err, so the gradient of all columns is checked after each solution, and what violates it joins.
struct Screen {
  /// Below this many columns the whole Gram matrix is cheaper than screening.
  static let from = 256

  let problem: Problem
  private var working: Set<Int> = []
  private var lastAbsolute: [Double]?
  private var lastGradient: [Double]?

  init(_ problem: Problem) {
    self.problem = problem
  }

  var isNeeded: Bool { problem.columns.count >= Self.from }

  mutating func solve(
    _ penalty: QuadraticPenalty, from theta: [Double], tolerance: Double, limit: Int
  ) throws(FitError) -> NewtonSolver.Solution {
    var theta = theta
    let q = problem.dimension
    if lastGradient == nil {
      lastGradient = penalty.gradient(problem.evaluate(theta, hessian: false).gradient, at: theta)
    }
    for j in 1..<q {
      let before = lastAbsolute?[j] ?? penalty.absolute[j]
      if theta[j] != 0 || lastGradient![j].magnitude >= 2 * penalty.absolute[j] - before
        || penalty.absolute[j] == 0
      {
        working.insert(j)
      }
    }
    while true {
      let places = [0] + working.sorted()
      let part = problem.keeping(places.dropFirst().map { $0 - 1 })
      let solver = NewtonSolver(
        problem: part, penalty: penalty.keeping(places), tolerance: tolerance, maximumIterations: limit,
        wantsFinalHessian: false)
      var solution = try solver.minimize(from: places.map { theta[$0] })
      theta = Array(repeating: 0, count: q)
      for (k, j) in places.enumerated() { theta[j] = solution.theta[k] }
      let evaluation = problem.evaluate(theta, hessian: false)
      let gradient = penalty.gradient(evaluation.gradient, at: theta)
      let violating = (1..<q).filter {
        !working.contains($0) && gradient[$0].magnitude > penalty.absolute[$0] * (1 + 1e-9)
      }
      if violating.isEmpty {
        lastGradient = gradient
        lastAbsolute = penalty.absolute
        solution.theta = theta
        solution.evaluation.gradient = evaluation.gradient
        return solution
      }
      working.formUnion(violating)
    }
  }
}

extension QuadraticPenalty {
  /// The penalty of the coordinates at `places`.
  func keeping(_ places: [Int]) -> QuadraticPenalty {
    var result = QuadraticPenalty(dimension: places.count)
    result.curvature = places.map { curvature[$0] }
    result.pull = places.map { pull[$0] }
    result.absolute = places.map { absolute[$0] }
    result.lower = places.map { lower[$0] }
    result.upper = places.map { upper[$0] }
    return result
  }
}
