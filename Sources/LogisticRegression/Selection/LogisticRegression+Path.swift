import LinearAlgebra

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

extension LogisticRegression {
  /// The fits of an elastic net with `alpha` for each of `lambdas` (given, or glmnet's sequence:
  /// `lambdaCount` values, equal steps in log λ from the smallest λ with all coefficients 0 down to 1e-4 of it,
  /// 1e-2 where there are more columns than rows; for ridge that λ is computed at α = 0.001).
  ///
  /// Each fit starts from the one before and reuses its Hessian while steps contract. The model's own
  /// `penalty` is not used; its prior, bounds, tolerance and threads are.
  public func path(
    _ observations: Observations, alpha: Double, lambdas: [Double]? = nil, lambdaCount: Int = 100
  ) throws(FitError) -> PenaltyPath {
    let sequence =
      if let lambdas {
        try Self.checkedLambdas(lambdas)
      } else {
        try lambdaSequence(observations, alpha: alpha, count: lambdaCount)
      }
    let steps = try pathSteps(observations, alpha: alpha, lambdas: sequence, weights: observations.weights)
    let saturated = observations.saturatedLogLikelihood
    let weight = observations.totalWeight
    let nullDeviance = 2 * (saturated - steps.nullLogLikelihood)
    return PenaltyPath(
      alpha: alpha, lambdas: sequence, intercepts: steps.estimates.map(\.intercept),
      coefficients: steps.estimates.map(\.coefficients),
      devianceRatios: steps.losses.map { 1 - 2 * (saturated + $0 * weight) / nullDeviance },
      termCounts: steps.estimates.map { $0.coefficients.count { $0 != 0 } })
  }

  static func checkedLambdas(_ given: [Double]) throws(FitError) -> [Double] {
    if let value = given.first(where: { !($0 >= 0 && $0.isFinite) }) {
      throw .invalidSetting(name: "lambda", value: value)
    }
    guard !given.isEmpty else { throw .invalidSetting(name: "lambda count", value: 0) }
    return given.sorted(by: >)
  }

  /// glmnet's sequence of λ.
  public func lambdaSequence(
    _ observations: Observations, alpha: Double, count: Int = 100
  ) throws(FitError) -> [Double] {
    guard alpha >= 0, alpha <= 1 else { throw .invalidSetting(name: "alpha", value: alpha) }
    guard count > 0 else { throw .invalidSetting(name: "lambda count", value: Double(count)) }
    try checkCounts(observations)
    let model = try penalized(lambda: 1, alpha: alpha)
    let scaling = try ColumnScaling(
      observations, weights: observations.weights, threads: threads)
    let problem = Problem(observations, scaling: scaling, weights: observations.weights, threads: threads)
    let penalty = model.quadraticPenalty(problem, observations)
    let gradient = penalty.gradient(
      problem.evaluate(try problem.nullPoint(tolerance: tolerance), hessian: false).gradient,
      at: Array(repeating: 0, count: problem.dimension))
    var largest = 0.0
    for (k, column) in problem.columns.enumerated() where !hasPrior(column) {
      // A bound that the gradient pushes against keeps the coefficient at 0 for any λ.
      if gradient[k + 1] > 0 && penalty.lower[k + 1] == 0 { continue }
      if gradient[k + 1] < 0 && penalty.upper[k + 1] == 0 { continue }
      let unit = standardize ? 1 : problem.inverseScales[k]
      largest = max(largest, gradient[k + 1].magnitude / unit)
    }
    let first = max(largest, 1e-12) / max(alpha, 1e-3)
    let ratio = observations.count < observations.termCount ? 1e-2 : 1e-4
    guard count > 1 else { return [first] }
    return (0..<count).map { first * pow(ratio, Double($0) / Double(count - 1)) }
  }

  func penalized(lambda: Double, alpha: Double) throws(FitError) -> LogisticRegression {
    try LogisticRegression(
      penalty: .elasticNet(lambda: lambda, alpha: alpha), standardize: standardize, tolerance: tolerance,
      maximumIterations: maximumIterations, threads: threads, prior: prior, bounds: bounds)
  }

  struct PathSteps: Sendable {
    var map: CoordinateMap
    var thetas: [[Double]]
    var estimates: [(intercept: Double, coefficients: [Double])]
    /// Mean losses.
    var losses: [Double]
    var nullLogLikelihood: Double
  }

  /// The path on the rows that `weights` leave; `lambdas` fall.
  func pathSteps(
    _ observations: Observations, alpha: Double, lambdas: [Double], weights: [Double]?
  ) throws(FitError) -> PathSteps {
    try checkCounts(observations)
    guard alpha >= 0, alpha <= 1 else { throw .invalidSetting(name: "alpha", value: alpha) }
    let (total, events) = Observations.weights(weights, of: observations.outcomes)
    try Observations.checkClasses(total: total, events: events)
    let scaling = try ColumnScaling(
      observations, weights: weights, threads: threads)
    // λ = 0 needs the columns' ranks; any other value is well posed with all of them.
    let smallest = lambdas.last ?? 0
    let prepared = try penalized(lambda: smallest, alpha: alpha).prepare(
      observations, scaling: scaling, weights: weights)
    let problem = prepared.problem
    var result = PathSteps(
      map: prepared.map, thetas: [], estimates: [], losses: [],
      nullLogLikelihood: try problem.nullLogLikelihood(tolerance: tolerance))
    var theta = try problem.nullPoint(tolerance: tolerance)
    var curvature: Matrix?
    var screen = Screen(problem)
    for lambda in lambdas {
      let penalty =
        prepared.map.basis == nil
        ? try penalized(lambda: lambda, alpha: alpha).quadraticPenalty(problem, observations)
        : QuadraticPenalty(dimension: problem.dimension)
      let solution: NewtonSolver.Solution
      if screen.isNeeded && !penalty.absolute.allSatisfy({ $0 == 0 }) {
        solution = try screen.solve(penalty, from: theta, tolerance: tolerance, limit: maximumIterations)
      } else {
        var solver = solver(problem, penalty)
        solver.wantsFinalHessian = false
        solver.detectsSeparation = penalty.isZero
        solution = try solver.minimize(from: theta, curvature: curvature)
        curvature = solution.hessian
      }
      theta = solution.theta
      result.thetas.append(theta)
      result.estimates.append(prepared.map.original(theta))
      result.losses.append(solution.evaluation.loss)
    }
    return result
  }
}

extension Problem {
  /// θ of the model with intercept and offset alone.
  func nullPoint(tolerance: Double) throws(FitError) -> [Double] {
    var theta = [Double](repeating: 0, count: dimension)
    theta[0] = nullIntercept
    guard offset != nil else { return theta }
    let solver = NewtonSolver(
      problem: keeping([]), penalty: QuadraticPenalty(dimension: 1), tolerance: tolerance,
      maximumIterations: 200, wantsFinalHessian: false)
    theta[0] = try solver.minimize(from: [nullIntercept]).theta[0]
    return theta
  }
}
