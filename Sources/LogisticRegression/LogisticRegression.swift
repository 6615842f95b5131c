import LinearAlgebra
import StableNumerics

/// Logistic regression: minimises over (intercept b, β)
///
///   (1/W) Σ wᵢ [log(1 + e^ηᵢ) − yᵢ ηᵢ] + penalty(β),   ηᵢ = offsetᵢ + b + xᵢᵀβ,   W = Σ wᵢ
///
/// with glmnet's penalty λ[(1 − α)/2 ‖β‖² + α‖β‖₁]; the loss is a mean, the intercept is never penalised.
/// With `standardize` the penalty applies to coefficients per weighted population standard deviation;
/// estimates are always reported in the units of the columns. Every fit, penalised or not, is *solved* on
/// standardised columns, so that units never decide whether it converges.
///
/// Newton's method with line search, which for this loss is Fisher scoring (McCullagh & Nelder 1989).
///
/// Agrees with R `glm`, statsmodels (1e-8 relative on coefficients and standard errors), glmnet (1e-6) and
/// brglm2/logistf (Firth, 1e-8): see "Numbers we promise".
public struct LogisticRegression: Sendable, Equatable {
  public let penalty: Penalty
  public let standardize: Bool
  /// Newton decrement of the mean objective that ends the iterations.
  public let tolerance: Double
  public let maximumIterations: Int
  public let threads: Int
  public let prior: CoefficientPrior?
  public let bounds: [SignBound?]?

  /// Throws ``FitError/invalidSetting(name:value:)`` for a setting outside its range and
  /// ``FitError/settingsExclude(_:_:)`` for Firth's penalty together with a prior or bounds.
  public init(
    penalty: Penalty, standardize: Bool = true, tolerance: Double = 1e-12, maximumIterations: Int = 100,
    threads: Int = 1, prior: CoefficientPrior? = nil, bounds: [SignBound?]? = nil
  ) throws(FitError) {
    if case .elasticNet(let lambda, let alpha) = penalty {
      guard lambda >= 0, lambda.isFinite else { throw .invalidSetting(name: "lambda", value: lambda) }
      guard alpha >= 0, alpha <= 1 else { throw .invalidSetting(name: "alpha", value: alpha) }
    }
    guard tolerance > 0, tolerance < 1 else { throw .invalidSetting(name: "tolerance", value: tolerance) }
    guard maximumIterations > 0 else {
      throw .invalidSetting(name: "maximum iterations", value: Double(maximumIterations))
    }
    guard threads > 0 else { throw .invalidSetting(name: "threads", value: Double(threads)) }
    if penalty == .firth {
      if prior != nil { throw .settingsExclude("firth", "prior") }
      if bounds?.contains(where: { $0 != nil }) ?? false { throw .settingsExclude("firth", "bounds") }
    }
    if let prior {
      guard prior.means.count == prior.precisions.count else {
        throw .settingCount(
          name: "prior precisions", count: prior.precisions.count, expected: prior.means.count)
      }
      if let value = prior.precisions.first(where: { !($0 >= 0 && $0.isFinite) }) {
        throw .invalidSetting(name: "prior precision", value: value)
      }
      if let value = prior.means.first(where: { !$0.isFinite }) {
        throw .invalidSetting(name: "prior mean", value: value)
      }
    }
    self.penalty = penalty
    self.standardize = standardize
    self.tolerance = tolerance
    self.maximumIterations = maximumIterations
    self.threads = threads
    self.prior = prior
    self.bounds = bounds
  }

  /// Estimates from `observations`, starting at `start` where given: the answer does not depend on it.
  ///
  /// Cost: about four to eight passes over the rows, one or more with n p² operations. Memory: a sixteenth of
  /// the design, of more than four million rows 262,144 of them; a copy of it where columns are nearly dependent.
  /// A design in a file (``LinearAlgebra/DesignFile``) is read from front to back in each pass and may be larger
  /// than memory.
  ///
  /// Throws ``FitError/separation(_:)`` where no estimate exists, ``FitError/notConverged(_:)`` where
  /// `maximumIterations` did not suffice; never returns an estimate that is not the minimum.
  public func fit(
    _ observations: Observations, start: FittedLogisticRegression? = nil
  ) throws(FitError) -> FittedLogisticRegression {
    try checkCounts(observations)
    let scaling = try ColumnScaling(
      observations, weights: observations.weights, threads: threads)
    let prepared = try prepare(observations, scaling: scaling)
    if penalty == .firth {
      let solution = try FirthSolver(
        problem: prepared.problem, tolerance: tolerance, maximumIterations: maximumIterations
      ).maximize(from: prepared.nullTheta)
      return try FittedLogisticRegression(
        observations, self, prepared, prepared.penalty, solution.newtonForm,
        penalizedLogLikelihood: solution.penalizedLogLikelihood)
    }
    var theta = start.flatMap {
      $0.coefficients.count == observations.termCount
        ? prepared.map.theta(intercept: $0.intercept, coefficients: $0.coefficients) : nil
    }
    var curvature: Matrix?
    if theta == nil, let sample = prepared.sample {
      var rough = solver(sample, prepared.penalty)
      rough.tolerance = 1e-4
      rough.wantsFinalHessian = false
      // Where the sample alone has no estimates, the rows start from the null model.
      let found = try? rough.minimize(from: prepared.nullTheta)
      theta = found?.theta
      curvature = found?.hessian
    }
    var newton = solver(prepared.problem, prepared.penalty)
    newton.detectsSeparation = prepared.penalty.isZero
    let solution = try newton.minimize(from: theta ?? prepared.nullTheta, curvature: curvature)
    return try FittedLogisticRegression(observations, self, prepared, prepared.penalty, solution)
  }

  func checkCounts(_ observations: Observations) throws(FitError) {
    let p = observations.termCount
    if let prior, prior.means.count != p {
      throw .settingCount(name: "prior means", count: prior.means.count, expected: p)
    }
    if let bounds, bounds.count != p {
      throw .settingCount(name: "bounds", count: bounds.count, expected: p)
    }
  }

  func solver(_ problem: Problem, _ penalty: QuadraticPenalty) -> NewtonSolver {
    NewtonSolver(
      problem: problem, penalty: penalty, tolerance: tolerance, maximumIterations: maximumIterations)
  }
}
