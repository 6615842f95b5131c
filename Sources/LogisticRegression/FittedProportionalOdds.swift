import LinearAlgebra
import StableNumerics

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// Thresholds and coefficients of a proportional-odds fit, in the columns' units.
public struct FittedProportionalOdds: Sendable {
  public let termNames: [String]
  /// τ₀ < τ₁ < …, one fewer than bands.
  public let thresholds: [Double]
  /// 0 where aliased.
  public let coefficients: [Double]
  public let aliased: [Int]
  public let logLikelihood: Double
  /// Of the bands' shares alone.
  public let nullLogLikelihood: Double
  /// tr[(H + λ)⁻¹ H], thresholds included: the number of parameters where nothing is penalised.
  public let effectiveDegreesOfFreedom: Double
  /// Rows with a positive weight.
  public let rows: Int
  public let convergence: Convergence

  /// −2 log-likelihood + 2 effective degrees of freedom.
  public var aic: Double { -2 * logLikelihood + 2 * effectiveDegreesOfFreedom }
  /// −2 log-likelihood + log(rows) · effective degrees of freedom.
  public var bic: Double { -2 * logLikelihood + log(Double(rows)) * effectiveDegreesOfFreedom }
  /// 1 − log-likelihood / null log-likelihood.
  public var mcFaddenR2: Double { 1 - logLikelihood / nullLogLikelihood }

  private let model: ProportionalOdds
  private let map: CoordinateMap
  private let theta: [Double]
  /// Of the mean loss, without and with the penalty.
  private let hessian: Matrix
  private let bread: Matrix

  /// P(band = k) for k = 0 … K − 1.
  public func probabilities(of terms: [Double]) throws(FitError) -> [Double] {
    guard terms.count == coefficients.count else {
      throw .unequalLengths(.term(termNames.first ?? ""), count: terms.count, expected: coefficients.count)
    }
    var eta = 0.0
    for (value, coefficient) in zip(terms, coefficients) { eta += value * coefficient }
    let edges = [-.infinity] + thresholds.map { $0 - eta } + [.infinity]
    return (0...thresholds.count).map { k in
      let (lower, upper) = (edges[k], edges[k + 1])
      // Without cancellation in the upper tail.
      return lower > 0 ? expit(-lower) - expit(-upper) : expit(upper) - expit(lower)
    }
  }

  /// Standard errors and tests of (thresholds, coefficients), in that order; a threshold's row is named
  /// "k|k + 1". `rows` are those of the fit. The covariance is that of ``Inference``: M⁻¹ S M⁻¹.
  public func inference(
    _ rows: OrderedObservations, standardErrors: StandardErrors = .model, level: Double = 0.95
  ) throws(FitError) -> Inference {
    guard level > 0, level < 1 else { throw .invalidSetting(name: "level", value: level) }
    let covariance = try covariance(rows, standardErrors)
    let z = normalQuantile(0.5 + level / 2)
    let names = thresholds.indices.map { "\($0)|\($0 + 1)" } + termNames
    let estimates = thresholds + coefficients
    let summaries = estimates.indices.map { k in
      let error = covariance[k, k].squareRoot()
      let estimate = error.isNaN ? Double.nan : estimates[k]
      return CoefficientSummary(
        term: names[k], estimate: estimate, standardError: error, z: estimate / error,
        pValue: normalTwoSidedTail(estimate / error), ciLow: estimate - z * error,
        ciHigh: estimate + z * error, oddsRatio: exp(estimate))
    }
    return Inference(covariance: covariance, rows: summaries, level: level)
  }

  private func covariance(
    _ rows: OrderedObservations, _ kind: StandardErrors
  ) throws(FitError) -> Matrix {
    let weight = rows.observations.totalWeight
    var inner: Matrix
    switch kind {
    case .model:
      inner = model.lambda > 0 ? bread.times(hessian).times(bread) : bread
      for i in inner.values.indices { inner.values[i] /= weight }
    case .hc0, .hc1, .cluster:
      let (meat, correction) = try meat(rows, kind)
      inner = bread.times(meat).times(bread)
      for i in inner.values.indices { inner.values[i] *= correction / (weight * weight) }
    }
    // τₖ − Σ (x − m)/s γ = (τₖ + Σ m β) − Σ x β: a threshold takes what an intercept would, its sign turned.
    let cuts = thresholds.count
    let matrix = map.matrix
    let q = theta.count
    var transform = Matrix(rows: q, columns: q)
    for k in 0..<cuts {
      transform[k, k] = 1
      for m in map.columns.indices { transform[k, cuts + m] = -matrix[0, m + 1] }
    }
    for a in map.columns.indices {
      for b in map.columns.indices { transform[cuts + a, cuts + b] = matrix[a + 1, b + 1] }
    }
    let original = transform.times(inner).times(transform.transposed)
    let places = Array(0..<cuts) + map.columns.map { cuts + $0 }
    let size = cuts + coefficients.count
    var result = Matrix(rows: size, columns: size, repeating: .nan)
    for (b, j) in places.enumerated() {
      for (a, i) in places.enumerated() { result[i, j] = 0.5 * (original[a, b] + original[b, a]) }
    }
    return result
  }

  /// Σ of outer products of the scores, summed within clusters first, and the factor for small samples.
  private func meat(
    _ rows: OrderedObservations, _ kind: StandardErrors
  ) throws(FitError) -> (Matrix, Double) {
    let observations = rows.observations
    guard rows.bandCount == thresholds.count + 1, observations.termCount == coefficients.count else {
      throw .unequalLengths(
        .term(termNames.first ?? ""), count: observations.termCount, expected: coefficients.count)
    }
    var problem = Problem(
      observations, columns: map.columns, centers: map.centers, inverseScales: map.inverseScales,
      weights: observations.weights, threads: model.threads)
    if map.basis != nil { problem = OrthogonalBasis(problem).problem }
    let likelihood = OrdinalLikelihood(
      problem: problem, bands: rows.bands, bandWeights: rows.bandWeights(observations.weights),
      lambda: model.lambda)
    let (n, q) = (Double(self.rows), Double(theta.count))
    let small = n > q ? n / (n - q) : 1
    guard case .cluster(let clusters) = kind else {
      let sums = likelihood.scoreSums(theta, groups: Array(rows.bands.indices), count: rows.bands.count)
      return (sums.transposed.times(sums), kind == .hc1 ? small : 1)
    }
    guard clusters.count == rows.bands.count else {
      throw .unequalLengths(.clusters, count: clusters.count, expected: rows.bands.count)
    }
    let distinct = Set(clusters).sorted()
    guard distinct.count > 1 else { throw .tooFewClusters(count: distinct.count) }
    let place = Dictionary(uniqueKeysWithValues: distinct.enumerated().map { ($1, $0) })
    let sums = likelihood.scoreSums(theta, groups: clusters.map { place[$0] ?? 0 }, count: distinct.count)
    let g = Double(distinct.count)
    return (sums.transposed.times(sums), g / (g - 1) * (n > q ? (n - 1) / (n - q) : 1))
  }

  init(
    _ rows: OrderedObservations, _ model: ProportionalOdds, _ prepared: PreparedProblem,
    _ likelihood: OrdinalLikelihood, _ solution: OrdinalLikelihood.Solution
  ) throws(FitError) {
    let cuts = likelihood.cuts
    termNames = rows.observations.termNames
    aliased = prepared.aliased
    let (shift, slopes) = prepared.map.original([0] + solution.theta.dropFirst(cuts))
    coefficients = slopes
    thresholds = solution.theta.prefix(cuts).map { $0 - shift }
    logLikelihood = solution.logLikelihood
    nullLogLikelihood = likelihood.nullLogLikelihood
    convergence = solution.convergence
    self.rows = rows.observations.weights.map { weights in weights.count { $0 > 0 } } ?? rows.bands.count
    self.model = model
    map = prepared.map
    theta = solution.theta
    hessian = solution.hessian
    let inverted = try linearAlgebra { () throws(LAPACKError) in
      try inverse(likelihood.penalized(solution.hessian))
    }
    bread = inverted
    if model.lambda == 0 {
      effectiveDegreesOfFreedom = Double(solution.theta.count)
    } else {
      var trace = 0.0
      for i in solution.theta.indices {
        for j in solution.theta.indices { trace += inverted[i, j] * solution.hessian[j, i] }
      }
      effectiveDegreesOfFreedom = trace
    }
  }
}
