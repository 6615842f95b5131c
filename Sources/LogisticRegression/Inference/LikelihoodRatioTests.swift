import StableNumerics

/// Whether a group of terms adds anything: twice the log-likelihood that leaving it out costs (Wilks 1938); R's
/// `anova(test = "LRT")`, logistf's `logistftest`.
public struct LikelihoodRatioTest: Equatable, Sendable {
  public var group: String
  public var statistic: Double
  /// Terms of the group that have an estimate.
  public var degreesOfFreedom: Int
  /// P(χ² ≥ statistic).
  public var pValue: Double
}

extension FittedLogisticRegression {
  /// One test for each group of terms (positions in the design). For Firth fits the penalised likelihood with
  /// the group held at 0, as `logistftest`; elastic nets and priors are refused, since the statistic's law is
  /// unknown there. Cost: a fit for each group.
  public func likelihoodRatioTests(
    _ observations: Observations, groups: [(name: String, terms: [Int])]
  ) throws(FitError) -> [LikelihoodRatioTest] {
    if case .elasticNet = penalty { throw .settingsExclude("elastic_net", "likelihood-ratio tests") }
    if solved.model.prior != nil { throw .settingsExclude("prior", "likelihood-ratio tests") }
    let map = solved.map
    var result: [LikelihoodRatioTest] = []
    for group in groups {
      if let term = group.terms.first(where: { !coefficients.indices.contains($0) }) {
        throw .unknownTerm(String(term))
      }
      let left = Set(group.terms)
      let positions = map.columns.indices.filter { !left.contains(map.columns[$0]) }
      let degrees = map.columns.count - positions.count
      var problem = Problem(
        observations, columns: map.columns, centers: map.centers, inverseScales: map.inverseScales,
        weights: observations.weights, threads: solved.model.threads)
      let start = [problem.nullIntercept] + Array(repeating: 0, count: map.columns.count)
      var statistic: Double
      if penalty == .firth {
        var solver = FirthSolver(
          problem: problem, tolerance: solved.model.tolerance,
          maximumIterations: solved.model.maximumIterations)
        let whole = try solver.maximize(from: start).penalizedLogLikelihood
        solver.held = map.columns.indices.filter { left.contains(map.columns[$0]) }.map { $0 + 1 }
        statistic = 2 * (whole - (try solver.maximize(from: start)).penalizedLogLikelihood)
      } else {
        if map.basis != nil {
          problem = OrthogonalBasis(problem.keeping(positions)).problem
        } else {
          problem = problem.keeping(positions)
        }
        var solver = solved.model.solver(problem, QuadraticPenalty(dimension: problem.dimension))
        solver.wantsFinalHessian = false
        let solution = try solver.minimize(from: Array(start.prefix(problem.dimension)))
        statistic = 2 * (logLikelihood + solution.evaluation.loss * problem.totalWeight)
      }
      statistic = max(statistic, 0)
      result.append(
        LikelihoodRatioTest(
          group: group.name, statistic: statistic, degreesOfFreedom: degrees,
          pValue: degrees == 0 ? 1 : chiSquaredUpperTail(statistic, degreesOfFreedom: Double(degrees))))
    }
    return result
  }
}
