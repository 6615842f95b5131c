import LinearAlgebra
import StableNumerics

/// A coefficient's interval by its profile likelihood: the values that a likelihood-ratio test at 1 − level
/// does not refuse (Venzon & Moolgavkar 1988); R's `confint`, logistf for Firth fits. −∞ or +∞ where the profile stays flat.
public struct ProfileInterval: Equatable, Sendable {
  public var term: String
  public var estimate: Double
  public var low: Double
  public var high: Double
}

extension FittedLogisticRegression {
  /// Profile-likelihood intervals of `terms` (positions in the design; −1 is the intercept), by default of all
  /// that have an estimate. Unpenalised fits profile the likelihood as R's `confint`, Firth fits the penalised
  /// one with the whole determinant as logistf; elastic nets are refused.
  ///
  /// Cost: about ten warm-started fits a term.
  public func profileIntervals(
    _ observations: Observations, level: Double = 0.95, terms: [Int]? = nil
  ) throws(FitError) -> [ProfileInterval] {
    guard level > 0, level < 1 else { throw .invalidSetting(name: "level", value: level) }
    if case .elasticNet = penalty { throw .settingsExclude("elastic_net", "profile intervals") }
    if solved.model.prior != nil { throw .settingsExclude("prior", "profile intervals") }
    let information = try inference(observations, level: level)
    let drop = chiSquaredOneQuantile(level) / 2
    let places = terms ?? [-1] + (0..<coefficients.count).filter { !aliased.contains($0) }
    var result: [ProfileInterval] = []
    for term in places {
      guard term >= -1, term < coefficients.count else { throw .unknownTerm(String(term)) }
      let row = information.rows[term + 1]
      guard !row.estimate.isNaN else { continue }
      let profile = try Profile(self, observations, term: term)
      let step = row.standardError * chiSquaredOneQuantile(level).squareRoot()
      result.append(
        ProfileInterval(
          term: row.term, estimate: row.estimate,
          low: try profile.end(from: row.estimate, towards: -step, drop: drop),
          high: try profile.end(from: row.estimate, towards: step, drop: drop)))
    }
    return result
  }
}

/// The (penalised) log-likelihood maximised over everything but one coefficient.
private struct Profile {
  var problem: Problem
  /// θ's place of the coefficient, and what a unit of θ there is worth.
  var place: Int
  var unit: Double
  var theta: [Double]
  var peak: Double
  var isFirth: Bool
  var model: LogisticRegression

  init(_ fit: FittedLogisticRegression, _ observations: Observations, term: Int) throws(FitError) {
    let map = fit.solved.map
    problem = Problem(
      observations, columns: map.columns,
      // With uncentred columns θ₀ is the intercept itself.
      centers: term < 0 ? map.centers.map { _ in 0 } : map.centers, inverseScales: map.inverseScales,
      weights: observations.weights, threads: fit.solved.model.threads)
    place = term < 0 ? 0 : map.columns.firstIndex(of: term)! + 1
    unit = term < 0 ? 1 : map.inverseScales[place - 1]
    theta = [term < 0 ? fit.intercept : fit.solved.theta[0]]
    theta += map.columns.enumerated().map { fit.coefficients[$1] / map.inverseScales[$0] }
    isFirth = fit.penalty == .firth
    model = fit.solved.model
    peak = 0
    peak = try value(at: theta[place], from: &theta)
  }

  /// `start` becomes the solution, the start for the next value nearby.
  func value(at coordinate: Double, from start: inout [Double]) throws(FitError) -> Double {
    start[place] = coordinate
    if isFirth {
      let solution = try FirthSolver(
        problem: problem, tolerance: model.tolerance, maximumIterations: model.maximumIterations,
        held: [place]
      ).maximize(from: start)
      start = solution.newtonForm.theta
      return solution.penalizedLogLikelihood
    }
    var solver = model.solver(problem, QuadraticPenalty(dimension: problem.dimension))
    solver.held = place
    solver.wantsFinalHessian = false
    let solution = try solver.minimize(from: start)
    start = solution.theta
    return -solution.evaluation.loss * problem.totalWeight
  }

  /// Where the profile has fallen by `drop`: widen until it has, then regula falsi (Illinois) on the signed
  /// root of the fall, which is nearly linear.
  func end(from estimate: Double, towards step: Double, drop: Double) throws(FitError) -> Double {
    let origin = estimate / unit
    let target = drop.squareRoot()
    var start = theta
    func excess(_ coordinate: Double) throws(FitError) -> Double {
      max(peak - (try value(at: coordinate, from: &start)), 0).squareRoot() - target
    }
    var near = origin
    var nearValue = -target
    var far = origin + step / unit
    var farValue = try excess(far)
    var widening = 0
    while farValue < 0 {
      widening += 1
      // The fall has stopped growing: the profile is flat out there.
      if widening > 12 { return step < 0 ? -.infinity : .infinity }
      near = far
      nearValue = farValue
      far = origin + (far - origin) * 2
      farValue = try excess(far)
    }
    for _ in 0..<60 {
      let middle = (near * farValue - far * nearValue) / (farValue - nearValue)
      if (far - near).magnitude <= 1e-11 * max(far.magnitude, near.magnitude) { return middle * unit }
      let value = try excess(middle)
      if value.magnitude < 1e-10 * target { return middle * unit }
      if value < 0 {
        near = middle
        nearValue = value
        farValue *= 0.5
      } else {
        far = middle
        farValue = value
        nearValue *= 0.5
      }
    }
    return (near + far) / 2 * unit
  }
}
