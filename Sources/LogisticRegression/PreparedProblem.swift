import LinearAlgebra
import StableNumerics

/// A problem ready to be solved: aliased columns gone, nearly dependent ones orthogonalised, the penalty in
/// the solver's coordinates.
struct PreparedProblem {
  var problem: Problem
  var map: CoordinateMap
  var penalty: QuadraticPenalty
  /// Columns of the design without an estimate.
  var aliased: [Int]
  /// Every sixteenth row or, of more than four millions, some 262,144: a start for the solver.
  var sample: Problem?

  var nullTheta: [Double] {
    [problem.nullIntercept] + Array(repeating: 0, count: problem.columns.count)
  }
}

extension LogisticRegression {
  /// Rows from which a sample of them makes a start.
  static let sampledFrom = 50_000

  /// `weights` stand in for the observations' own (a fold's training rows).
  func prepare(
    _ observations: Observations, scaling: ColumnScaling, weights: [Double]? = nil
  ) throws(FitError) -> PreparedProblem {
    var problem = Problem(
      observations, scaling: scaling, weights: weights ?? observations.weights, threads: threads)
    try Observations.checkClasses(total: problem.totalWeight, events: problem.eventWeight)
    var sample = problem.rows >= Self.sampledFrom ? problem.sample(every: max(16, problem.rows >> 18)) : nil
    let lambda = if case .elasticNet(let lambda, _) = penalty { lambda } else { 0.0 }
    if lambda == 0 && prior == nil {
      let null = [problem.nullIntercept] + Array(repeating: 0, count: problem.columns.count)
      // Without the offset all rows count alike, and the Hessian is a multiple of the Gram matrix.
      var rows = sample ?? problem
      rows.offset = nil
      let hessian = rows.evaluate(null, hessian: true).hessian!
      let rank = try RankAnalysis(
        problem, hessian: hessian, magnitudes: problem.columns.map { scaling.magnitudes[$0] })
      if !rank.aliased.isEmpty {
        problem = problem.keeping(rank.kept)
        sample = sample?.keeping(rank.kept)
      }
      if !rank.nearlyDependent.isEmpty && bounds == nil {
        let plain = problem
        let basis = OrthogonalBasis(problem)
        problem = basis.problem
        sample = nil
        return PreparedProblem(
          problem: problem, map: map(plain, observations, basis: basis.inverse),
          penalty: QuadraticPenalty(dimension: problem.dimension),
          aliased: aliased(plain, observations), sample: sample)
      }
    }
    return PreparedProblem(
      problem: problem, map: map(problem, observations, basis: nil),
      penalty: quadraticPenalty(problem, observations), aliased: aliased(problem, observations),
      sample: sample)
  }

  private func map(_ problem: Problem, _ observations: Observations, basis: Matrix?) -> CoordinateMap {
    CoordinateMap(
      columns: problem.columns, centers: problem.centers, inverseScales: problem.inverseScales, basis: basis,
      termCount: observations.termCount)
  }

  private func aliased(_ problem: Problem, _ observations: Observations) -> [Int] {
    let kept = Set(problem.columns)
    return (0..<observations.termCount).filter { !kept.contains($0) }
  }

  func hasPrior(_ column: Int) -> Bool { prior.map { $0.precisions[column] > 0 } ?? false }

  /// The penalty for coefficients per standard deviation: without `standardize` a coefficient βⱼ = γⱼ / sⱼ is
  /// penalised as it is; `units` are the deviations to penalise by in those of the problem, where they differ.
  func quadraticPenalty(
    _ problem: Problem, _ observations: Observations, units: [Double]? = nil
  ) -> QuadraticPenalty {
    var result = QuadraticPenalty(dimension: problem.dimension)
    for (k, column) in problem.columns.enumerated() {
      let inverse = problem.inverseScales[k]
      if case .elasticNet(let lambda, let alpha) = penalty, !hasPrior(column) {
        let unit = standardize ? units?[k] ?? 1 : inverse
        result.curvature[k + 1] = lambda * (1 - alpha) * unit * unit
        result.absolute[k + 1] = lambda * alpha * unit
      }
      if let prior {
        let precision = prior.precisions[column] / problem.totalWeight
        result.curvature[k + 1] += precision * inverse * inverse
        result.pull[k + 1] += precision * inverse * prior.means[column]
      }
      switch bounds?[column] {
      case .nonNegative?: result.lower[k + 1] = 0
      case .nonPositive?: result.upper[k + 1] = 0
      case nil: break
      }
    }
    return result
  }
}
