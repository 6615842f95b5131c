import LinearAlgebra
import StableNumerics

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

extension FittedLogisticRegression {
  /// The coefficient table. `observations` are those of the fit. Cost: nothing for `.model`, one pass over the
  /// rows with n q² operations otherwise.
  public func inference(
    _ observations: Observations, standardErrors: StandardErrors = .model, level: Double = 0.95
  ) throws(FitError) -> Inference {
    guard level > 0, level < 1 else { throw .invalidSetting(name: "level", value: level) }
    let covariance = try covariance(observations, standardErrors)
    let z = normalQuantile(0.5 + level / 2)
    let estimates = [intercept] + coefficients
    let rows = estimates.indices.map { k in
      let error = covariance[k, k].squareRoot()
      let estimate = error.isNaN ? Double.nan : estimates[k]
      return CoefficientSummary(
        term: k == 0 ? "(Intercept)" : termNames[k - 1], estimate: estimate, standardError: error,
        z: estimate / error, pValue: normalTwoSidedTail(estimate / error), ciLow: estimate - z * error,
        ciHigh: estimate + z * error, oddsRatio: exp(estimate))
    }
    return Inference(covariance: covariance, rows: rows, level: level)
  }

  /// Covariance of (intercept, coefficients) in the columns' units.
  func covariance(_ observations: Observations, _ kind: StandardErrors) throws(FitError) -> Matrix {
    let active = solved.active
    let weight = observations.totalWeight
    let bread = try linearAlgebra { () throws(LAPACKError) in try inverse(solved.penalizedHessian)
    }
    var inner: Matrix
    switch kind {
    case .model:
      inner =
        solved.penalty.isZero
        ? bread : bread.times(solved.hessian.principal(active)).times(bread)
      for i in inner.values.indices { inner.values[i] /= weight }
    case .hc0, .hc1, .cluster:
      let (meat, correction) = try scores(observations, kind)
      inner = bread.times(meat.principal(active)).times(bread)
      // Mean-scaled breads on both sides of a sum of squares.
      for i in inner.values.indices { inner.values[i] *= correction / (weight * weight) }
    }
    // Back to all of θ, then to the columns' units.
    let q = solved.theta.count
    var full = Matrix(rows: q, columns: q)
    for (b, j) in active.enumerated() { for (a, i) in active.enumerated() { full[i, j] = inner[a, b] } }
    let transform = solved.map.matrix
    let original = transform.times(full).times(transform.transposed)
    var result = Matrix(
      rows: coefficients.count + 1, columns: coefficients.count + 1, repeating: .nan)
    let places = [0] + solved.map.columns.map { $0 + 1 }
    // In a basis of the columns nothing rests; elsewhere a coefficient at rest has no row.
    let moving =
      solved.map.basis == nil ? Set(active) : Set(solved.theta.indices)
    for (b, j) in places.enumerated() where moving.contains(b) {
      for (a, i) in places.enumerated() where moving.contains(a) {
        result[i, j] = 0.5 * (original[a, b] + original[b, a])
      }
    }
    return result
  }

  /// Σ of outer products of the scores wᵢ (yᵢ − pᵢ) zᵢ (summed within clusters first), and the factor for
  /// small samples.
  private func scores(_ observations: Observations, _ kind: StandardErrors) throws(FitError) -> (
    Matrix, Double
  ) {
    let problem = try workingProblem(observations)
    let q = problem.dimension
    let n = Double(rows)
    guard case .cluster(let clusters) = kind else {
      let meat = problem.scoreProducts(solved.theta)
      return (meat, kind == .hc1 && n > Double(q) ? n / (n - Double(q)) : 1)
    }
    guard clusters.count == observations.count else {
      throw .unequalLengths(.clusters, count: clusters.count, expected: observations.count)
    }
    // Clusters in order of their numbers: sums do not depend on a hash order.
    let distinct = Set(clusters).sorted()
    guard distinct.count > 1 else { throw .tooFewClusters(count: distinct.count) }
    let place = Dictionary(uniqueKeysWithValues: distinct.enumerated().map { ($1, $0) })
    let sums = problem.scoreSums(solved.theta, groups: clusters.map { place[$0]! }, count: distinct.count)
    let g = Double(distinct.count)
    return (sums.transposed.times(sums), g / (g - 1) * (n > Double(q) ? (n - 1) / (n - Double(q)) : 1))
  }

  /// The problem whose coordinates θ has.
  func workingProblem(_ observations: Observations) throws(FitError) -> Problem {
    guard observations.termCount == coefficients.count else {
      throw .unequalLengths(
        .term(termNames.first ?? ""), count: observations.termCount, expected: coefficients.count)
    }
    let map = solved.map
    var problem = Problem(
      observations, columns: map.columns, centers: map.centers, inverseScales: map.inverseScales,
      weights: observations.weights, threads: solved.model.threads)
    if map.basis != nil { problem = OrthogonalBasis(problem).problem }
    return problem
  }
}

extension Problem {
  /// Σ wᵢ² (yᵢ − pᵢ)² zᵢ zᵢᵀ
  func scoreProducts(_ theta: [Double]) -> Matrix {
    let q = dimension
    let plan = RowPlan(rows: rows, columns: q)
    let parts = mapBlocks(count: plan.parts, threads: threads) { part in
      var sum = [Double](repeating: 0, count: q * q)
      var block = RowBlock(capacity: plan.blockRows, designColumns: q - 1, hasIntercept: true)
      var eta = [Double](repeating: 0, count: block.capacity)
      for range in plan.blocks(of: part) {
        loadResiduals(range, theta, &block, &eta)
        block.scaleRows(by: eta)
        block.accumulateGram(into: &sum)
      }
      return sum
    }
    return Matrix(order: q, lowerTriangles: parts)
  }

  /// groups × q: Σ wᵢ (yᵢ − pᵢ) zᵢ over the rows of each group.
  func scoreSums(_ theta: [Double], groups: [Int], count: Int) -> Matrix {
    let q = dimension
    let plan = RowPlan(rows: rows, columns: q)
    var result = Matrix(rows: count, columns: q)
    var block = RowBlock(capacity: plan.blockRows, designColumns: q - 1, hasIntercept: true)
    var eta = [Double](repeating: 0, count: block.capacity)
    for part in 0..<plan.parts {
      for range in plan.blocks(of: part) {
        loadResiduals(range, theta, &block, &eta)
        for j in 0..<q {
          for i in 0..<range.count { result[groups[range.lowerBound + i], j] += eta[i] * block[i, j] }
        }
      }
    }
    return result
  }

  /// Loads a block and leaves its residuals w (y − p) in `eta`.
  private func loadResiduals(
    _ range: Range<Int>, _ theta: [Double], _ block: inout RowBlock, _ eta: inout [Double]
  ) {
    block.load(rows: range, of: design, columns: columns, centers: centers, inverseScales: inverseScales)
    linearPredictors(of: block, range, theta, into: &eta)
    for (i, row) in range.enumerated() {
      let y = outcomes[row]
      eta[i] = (weights?[row] ?? 1) * (y * expit(-eta[i]) - (1 - y) * expit(eta[i]))
    }
  }
}
