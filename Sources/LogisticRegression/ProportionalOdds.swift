public import LinearAlgebra
import StableNumerics

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// Ordered bands 0 … K − 1 (low, medium, high) by proportional odds (McCullagh 1980):
///
///   P(band ≤ k) = expit(τₖ − xᵢᵀβ),   minimising −(1/W) Σ wᵢ log P(bandᵢ) + (λ/2) ‖β‖²
///
/// with β per standard deviation, so that a positive coefficient moves towards the higher bands. The loss is
/// convex (Pratt 1981); solved by Newton with line search. Agrees with MASS `polr` and statsmodels
/// `OrderedModel` (distr = logit).
public struct ProportionalOdds: Sendable, Equatable {
  public let lambda: Double
  public let maximumIterations: Int

  public init(lambda: Double = 0, maximumIterations: Int = 100) throws(FitError) {
    guard lambda >= 0, lambda.isFinite else { throw .invalidSetting(name: "lambda", value: lambda) }
    guard maximumIterations > 0 else {
      throw .invalidSetting(name: "maximum iterations", value: Double(maximumIterations))
    }
    self.lambda = lambda
    self.maximumIterations = maximumIterations
  }

  /// `bands[i]` in 0 ..< `bandCount`; every band occurs. Cost: n q² for each of about six iterations.
  public func fit(
    _ design: Matrix, termNames: [String], bands: [Int], bandCount: Int, weights: [Double]? = nil
  ) throws(FitError) -> FittedProportionalOdds {
    guard bandCount >= 2 else { throw .invalidSetting(name: "bands", value: Double(bandCount)) }
    guard bands.count == design.rows else {
      throw .unequalLengths(.outcomes, count: bands.count, expected: design.rows)
    }
    if let row = bands.firstIndex(where: { $0 < 0 || $0 >= bandCount }) {
      throw .outcomeOutOfRange(row: row, value: Double(bands[row]))
    }
    if let weights, weights.count != bands.count {
      throw .unequalLengths(.weights, count: weights.count, expected: bands.count)
    }
    var bandWeights = [Double](repeating: 0, count: bandCount)
    for (i, band) in bands.enumerated() { bandWeights[band] += weights?[i] ?? 1 }
    if let empty = bandWeights.firstIndex(of: 0) { throw .emptyBand(band: empty) }
    // "The highest band or not" brings the checks of the binary model, and its scaling.
    let observations = try Observations(
      design: design, termNames: termNames, outcomes: bands.map { $0 == bandCount - 1 ? 1 : 0 },
      weights: weights)

    let model = try LogisticRegression(
      penalty: lambda > 0 ? .elasticNet(lambda: lambda, alpha: 0) : .none)
    let scaling = try ColumnScaling(
      observations, weights: weights, threads: 1)
    let prepared = try model.prepare(observations, scaling: scaling)
    let likelihood = OrdinalLikelihood(
      problem: prepared.problem, bands: bands, bandCount: bandCount, lambda: lambda)
    var below = 0.0
    var thresholds: [Double] = []
    for weight in bandWeights.dropLast() {
      below += weight
      thresholds.append(logit(below / observations.totalWeight))
    }
    let start = thresholds + Array(repeating: 0, count: prepared.problem.columns.count)
    let solution = try likelihood.minimize(from: start, limit: maximumIterations)
    return try FittedProportionalOdds(observations, prepared, solution, bandCount: bandCount)
  }
}

/// Thresholds and coefficients of a proportional-odds fit, in the columns' units.
public struct FittedProportionalOdds: Sendable {
  public let termNames: [String]
  /// τ₀ < τ₁ < …, one fewer than bands.
  public let thresholds: [Double]
  /// 0 where aliased.
  public let coefficients: [Double]
  public let aliased: [Int]
  /// Of (thresholds, coefficients), by the observed information; NaN where aliased.
  public let standardErrors: [Double]
  public let logLikelihood: Double
  public let convergence: Convergence

  /// P(band = k) for k = 0 … K − 1.
  public func probabilities(of terms: [Double]) throws(FitError) -> [Double] {
    guard terms.count == coefficients.count else {
      throw .unequalLengths(.term(termNames.first ?? ""), count: terms.count, expected: coefficients.count)
    }
    var eta = 0.0
    for (value, coefficient) in zip(terms, coefficients) { eta += value * coefficient }
    let edges = [-.infinity] + thresholds.map { $0 - eta } + [.infinity]
    return (0...thresholds.count).map { bandProbability(edges[$0], edges[$0 + 1]) }
  }

  init(
    _ observations: Observations, _ prepared: PreparedProblem, _ solution: OrdinalLikelihood.Solution,
    bandCount: Int
  ) throws(FitError) {
    let problem = prepared.problem
    let cuts = bandCount - 1
    let p = observations.termCount
    termNames = observations.termNames
    aliased = prepared.aliased
    let (shift, slopes) = prepared.map.original([0] + solution.theta.dropFirst(cuts))
    coefficients = slopes
    // τₖ − Σ (x − m)/s γ = (τₖ + Σ m β) − Σ x β, and `original` returns −Σ m β as the intercept.
    thresholds = solution.theta.prefix(cuts).map { $0 - shift }
    logLikelihood = solution.logLikelihood
    convergence = solution.convergence
    let inverse = try linearAlgebra { () throws(LAPACKError) in try Cholesky(solution.hessian).inverse() }
    let map = prepared.map.matrix
    let q = solution.theta.count
    var transform = Matrix(rows: q, columns: q)
    for k in 0..<cuts {
      transform[k, k] = 1
      for m in problem.columns.indices { transform[k, cuts + m] = -map[0, m + 1] }
    }
    for a in problem.columns.indices {
      for b in problem.columns.indices { transform[cuts + a, cuts + b] = map[a + 1, b + 1] }
    }
    let covariance = transform.times(inverse).times(transform.transposed)
    var errors = [Double](repeating: .nan, count: cuts + p)
    for k in 0..<cuts { errors[k] = (covariance[k, k] / problem.totalWeight).squareRoot() }
    for (m, column) in prepared.map.columns.enumerated() {
      errors[cuts + column] = (covariance[cuts + m, cuts + m] / problem.totalWeight).squareRoot()
    }
    standardErrors = errors
  }
}

/// expit(upper) − expit(lower) without cancellation in the upper tail.
private func bandProbability(_ lower: Double, _ upper: Double) -> Double {
  lower > 0 ? expit(-lower) - expit(-upper) : expit(upper) - expit(lower)
}

/// The mean loss over (thresholds, coefficients per standard deviation).
struct OrdinalLikelihood {
  var problem: Problem
  var bands: [Int]
  var bandCount: Int
  var lambda: Double

  struct Solution {
    var theta: [Double]
    var hessian: Matrix
    var logLikelihood: Double
    var convergence: Convergence
  }

  private struct Point {
    var value: Double
    var loss: Double
    var gradient: [Double]
    var hessian: Matrix
  }

  func minimize(from start: [Double], limit: Int) throws(FitError) -> Solution {
    var theta = start
    guard var point = evaluate(theta) else {
      throw .notConverged(certificate(0, [.infinity], .infinity, 0))
    }
    var decrement = Double.infinity
    for iteration in 1...limit {
      let right = point.gradient.map { -$0 }
      let hessian = point.hessian
      let (step, reciprocal) = try linearAlgebra { () throws(LAPACKError) in try solve(hessian, right) }
      let square = zip(step, right).reduce(0) { $0 + $1.0 * $1.1 }
      let last = decrement
      decrement = max(square, 0).squareRoot()
      if decrement < 1e-12 || (decrement < 1e-9 && decrement > 0.5 * last) {
        return Solution(
          theta: theta, hessian: point.hessian, logLikelihood: -point.loss * problem.totalWeight,
          convergence: certificate(iteration, point.gradient, decrement, reciprocal))
      }
      var length = 1.0
      var next: (theta: [Double], point: Point)?
      for _ in 0..<50 {
        let trial = theta.indices.map { theta[$0] + length * step[$0] }
        if let candidate = evaluate(trial),
          candidate.value <= point.value - 1e-4 * length * square + 1e-14
        {
          next = (trial, candidate)
          break
        }
        length *= 0.5
      }
      guard let next else {
        throw .notConverged(certificate(iteration, point.gradient, decrement, reciprocal))
      }
      (theta, point) = (next.theta, next.point)
    }
    throw .notConverged(certificate(limit, point.gradient, decrement, 0))
  }

  private func certificate(
    _ iterations: Int, _ gradient: [Double], _ decrement: Double, _ reciprocal: Double
  ) -> Convergence {
    Convergence(
      solver: .newton, iterations: iterations, gradientNorm: gradient.reduce(0) { max($0, $1.magnitude) },
      newtonDecrement: decrement, conditionNumber: reciprocal > 0 ? 1 / reciprocal : .infinity)
  }

  /// nil where the thresholds are out of order.
  private func evaluate(_ theta: [Double]) -> Point? {
    let cuts = bandCount - 1
    for k in 1..<max(1, cuts) where theta[k] <= theta[k - 1] { return nil }
    let p = problem.columns.count
    let q = cuts + p
    var point = Point(
      value: 0, loss: 0, gradient: Array(repeating: 0, count: q), hessian: Matrix(rows: q, columns: q))
    var row = [Double](repeating: 0, count: p)
    for i in 0..<problem.rows {
      let w = (problem.weights?[i] ?? 1) / problem.totalWeight
      guard w > 0 else { continue }
      var eta = 0.0
      for m in 0..<p {
        row[m] =
          (problem.design[i, problem.columns[m]] - problem.centers[m]) * problem.inverseScales[m]
        eta += row[m] * theta[cuts + m]
      }
      let band = bands[i]
      let upper = band < cuts ? theta[band] - eta : .infinity
      let lower = band > 0 ? theta[band - 1] - eta : -.infinity
      let probability = bandProbability(lower, upper)
      guard probability > 0 else { return nil }
      point.loss -= w * log(probability)
      // Derivatives of log P by its edges: f/P, and f′ = f (1 − 2F).
      let fu = upper == .infinity ? 0 : expit(upper) * expit(-upper)
      let fl = lower == -.infinity ? 0 : expit(lower) * expit(-lower)
      let u = fu / probability
      let l = -fl / probability
      let uu = fu == 0 ? 0 : u * u - u * (expit(-upper) - expit(upper))
      let ll = fl == 0 ? 0 : l * l - l * (expit(-lower) - expit(lower))
      let ul = u * l
      // Each edge moves with its threshold (+1) and with η (−1).
      let slope = u + l
      let curvature = uu + ll + 2 * ul
      if band < cuts {
        point.gradient[band] -= w * u
        point.hessian[band, band] += w * uu
      }
      if band > 0 {
        point.gradient[band - 1] -= w * l
        point.hessian[band - 1, band - 1] += w * ll
      }
      if band < cuts && band > 0 {
        point.hessian[band, band - 1] += w * ul
        point.hessian[band - 1, band] += w * ul
      }
      for m in 0..<p {
        point.gradient[cuts + m] += w * slope * row[m]
        if band < cuts { point.hessian[cuts + m, band] -= w * (uu + ul) * row[m] }
        if band > 0 { point.hessian[cuts + m, band - 1] -= w * (ll + ul) * row[m] }
        for k in 0...m { point.hessian[cuts + m, cuts + k] += w * curvature * row[m] * row[k] }
      }
    }
    point.value = point.loss
    for m in 0..<p {
      point.value += 0.5 * lambda * theta[cuts + m] * theta[cuts + m]
      point.gradient[cuts + m] += lambda * theta[cuts + m]
      point.hessian[cuts + m, cuts + m] += lambda
    }
    for j in 0..<q { for i in (j + 1)..<max(j + 1, q) { point.hessian[j, i] = point.hessian[i, j] } }
    return point
  }
}
