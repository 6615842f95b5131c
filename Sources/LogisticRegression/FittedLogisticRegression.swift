public import LinearAlgebra
import StableNumerics

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// The estimates of a logistic regression with their certificate.
public struct FittedLogisticRegression: Sendable {
  public let termNames: [String]
  public let penalty: Penalty
  public let intercept: Double
  /// Per unit of each column; 0 where the column is in `aliased` (no estimate) or the penalty says so.
  public let coefficients: [Double]
  /// Columns without an estimate: constant, or a combination of those before them (R's NA).
  public let aliased: [Int]
  /// Σ wᵢ [yᵢ log pᵢ + (1 − yᵢ) log(1 − pᵢ)], wᵢ = weight · trials. R adds Σ log C(trials, successes) for
  /// grouped data.
  public let logLikelihood: Double
  /// The same of the model with intercept and offset alone.
  public let nullLogLikelihood: Double
  /// 2 (saturated log-likelihood − log-likelihood).
  public let deviance: Double
  public let nullDeviance: Double
  /// Mean probability of events minus mean probability of the others (Tjur 2009).
  public let tjurR2: Double
  /// tr[(H + penalty)⁻¹ H] over the coefficients that aren't 0, intercept included: the number of parameters
  /// where nothing is penalised.
  public let effectiveDegreesOfFreedom: Double
  /// log-likelihood + ½ log |XᵀWX| of a Firth fit, XᵀWX in the columns' units.
  public let penalizedLogLikelihood: Double?
  /// Rows with a positive weight.
  public let rows: Int
  public let convergence: Convergence

  let solved: SolvedState

  /// −2 log-likelihood + 2 effective degrees of freedom.
  public var aic: Double { -2 * logLikelihood + 2 * effectiveDegreesOfFreedom }
  /// −2 log-likelihood + log(rows) · effective degrees of freedom.
  public var bic: Double { -2 * logLikelihood + log(Double(rows)) * effectiveDegreesOfFreedom }
  /// 1 − log-likelihood / null log-likelihood.
  public var mcFaddenR2: Double { 1 - logLikelihood / nullLogLikelihood }
  /// 1 − deviance / null deviance, glmnet's `dev.ratio`.
  public var devianceRatio: Double { 1 - deviance / nullDeviance }

  /// ηᵢ = offsetᵢ + intercept + xᵢᵀβ for each row of `design`.
  public func linearPredictor(of design: Matrix, offset: [Double]? = nil) throws(FitError) -> [Double] {
    try linearPredictor(of: Design(design), offset: offset)
  }

  public func linearPredictor(of design: Design, offset: [Double]? = nil) throws(FitError) -> [Double] {
    guard design.columns == coefficients.count else {
      throw .unequalLengths(
        .term(termNames.first ?? ""), count: design.columns, expected: coefficients.count)
    }
    var eta = design.times(coefficients)
    if let offset {
      guard offset.count == eta.count else {
        throw .unequalLengths(.offset, count: offset.count, expected: eta.count)
      }
      for i in eta.indices { eta[i] += offset[i] }
    }
    for i in eta.indices { eta[i] += intercept }
    return eta
  }
}

/// What inference needs of the solution, in the solver's coordinates.
struct SolvedState: Sendable {
  var map: CoordinateMap
  var theta: [Double]
  /// Of the mean loss at the solution.
  var hessian: Matrix
  var penalty: QuadraticPenalty
  var model: LogisticRegression

  /// Places of θ that move: the intercept and what neither the lasso nor a bound holds at rest.
  var active: [Int] {
    theta.indices.filter {
      (penalty.absolute[$0] == 0 || theta[$0] != 0) && theta[$0] > penalty.lower[$0]
        && theta[$0] < penalty.upper[$0]
    }
  }

  /// Hessian of the mean loss plus the penalty's curvature over `active`.
  var penalizedHessian: Matrix {
    var result = hessian.principal(active)
    for (k, j) in active.enumerated() { result[k, k] += penalty.curvature[j] }
    return result
  }
}

extension FittedLogisticRegression {
  init(
    _ observations: Observations, _ model: LogisticRegression, _ prepared: PreparedProblem,
    _ quadratic: QuadraticPenalty, _ solution: NewtonSolver.Solution, penalizedLogLikelihood: Double? = nil
  ) throws(FitError) {
    let problem = prepared.problem
    let weight = problem.totalWeight
    termNames = observations.termNames
    penalty = model.penalty
    (intercept, coefficients) = prepared.map.original(solution.theta)
    aliased = prepared.aliased
    logLikelihood = -solution.evaluation.loss * weight
    let saturated = observations.saturatedLogLikelihood
    deviance = 2 * (saturated - logLikelihood)
    nullLogLikelihood = try problem.nullLogLikelihood(tolerance: model.tolerance)
    nullDeviance = 2 * (saturated - nullLogLikelihood)
    let share = problem.eventWeight / weight
    // Σ w p = Σ w y + Σ w (p − y), the intercept's gradient.
    let meanProbability = share + solution.evaluation.gradient[0]
    tjurR2 =
      solution.evaluation.eventFit / share - (meanProbability - solution.evaluation.eventFit) / (1 - share)
    rows = observations.weights.map { weights in weights.count { $0 > 0 } } ?? observations.count
    convergence = solution.convergence
    self.penalizedLogLikelihood = penalizedLogLikelihood.map {
      // |XᵀWX| of the standardised columns, brought back to the columns' own units.
      var value = $0
      for inverse in prepared.map.inverseScales { value -= log(inverse) }
      if let basis = prepared.map.basis {
        for k in 0..<basis.rows { value -= log(basis[k, k].magnitude) }
      }
      return value
    }
    let state = SolvedState(
      map: prepared.map, theta: solution.theta, hessian: solution.hessian, penalty: quadratic, model: model)
    solved = state
    if quadratic.isZero {
      effectiveDegreesOfFreedom = Double(solution.theta.count)
    } else {
      let plain = state.hessian.principal(state.active)
      let inverted = try linearAlgebra { () throws(LAPACKError) in
        try inverse(state.penalizedHessian)
      }
      var trace = 0.0
      for i in 0..<plain.rows { for j in 0..<plain.rows { trace += inverted[i, j] * plain[j, i] } }
      effectiveDegreesOfFreedom = trace
    }
  }
}

extension Observations {
  /// Σ w [y log y + (1 − y) log(1 − y)]; 0 where every outcome is 0 or 1.
  var saturatedLogLikelihood: Double {
    guard trials != nil || outcomes.contains(where: { $0 > 0 && $0 < 1 }) else { return 0 }
    var sum = 0.0
    for (i, y) in outcomes.enumerated() where y > 0 && y < 1 {
      sum += (weights?[i] ?? 1) * (y * log(y) + (1 - y) * log1p(-y))
    }
    return sum
  }
}

extension Problem {
  /// The log-likelihood of intercept and offset alone.
  func nullLogLikelihood(tolerance: Double) throws(FitError) -> Double {
    let share = eventWeight / totalWeight
    guard offset != nil else {
      return totalWeight * (share * log(share) + (1 - share) * log1p(-share))
    }
    let null = keeping([])
    let solver = NewtonSolver(
      problem: null, penalty: QuadraticPenalty(dimension: 1), tolerance: tolerance, maximumIterations: 200,
      wantsFinalHessian: false)
    return -totalWeight * (try solver.minimize(from: [nullIntercept])).evaluation.loss
  }
}
