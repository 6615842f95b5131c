import LinearAlgebra
import StableNumerics

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// The mean loss of ``ProportionalOdds`` over θ = (thresholds at the columns' means, coefficients per standard
/// deviation), the ridge apart.
struct OrdinalLikelihood: Sendable {
  var problem: Problem
  var bands: [Int]
  /// Σ w of each band, all above 0.
  var bandWeights: [Double]
  var lambda: Double

  var cuts: Int { bandWeights.count - 1 }
  var dimension: Int { cuts + problem.columns.count }

  struct Solution {
    var theta: [Double]
    /// Of the mean loss without the penalty.
    var hessian: Matrix
    var logLikelihood: Double
    var convergence: Convergence
  }

  /// Log-odds of the bands' shares, no coefficients.
  var nullTheta: [Double] {
    var below = 0.0
    let thresholds = bandWeights.dropLast().map { weight in
      below += weight
      return logit(below / problem.totalWeight)
    }
    return thresholds + Array(repeating: 0, count: problem.columns.count)
  }

  /// Of the bands' shares alone.
  var nullLogLikelihood: Double {
    bandWeights.reduce(0) { $0 + $1 * log($1 / problem.totalWeight) }
  }

  // MARK: Newton

  func minimize(
    from start: [Double], limit: Int, tolerance: Double = 1e-12
  ) throws(FitError) -> Solution {
    var theta = start
    guard var point = evaluate(theta, hessian: true) else {
      throw .notConverged(certificate(0, [.infinity], .infinity, 0))
    }
    var decrement = Double.infinity
    for iteration in 1...limit {
      let gradient = penalized(point.gradient, at: theta)
      let hessian = penalized(point.hessian)
      let (step, reciprocal) = try linearAlgebra { () throws(LAPACKError) in
        try solve(hessian, gradient.map { -$0 })
      }
      let square = zip(step, gradient).reduce(0) { $0 - $1.0 * $1.1 }
      let last = decrement
      decrement = max(square, 0).squareRoot()
      if decrement < tolerance || (decrement < 1e-9 && decrement > 0.5 * last) {
        return Solution(
          theta: theta, hessian: point.hessian, logLikelihood: -point.loss * problem.totalWeight,
          convergence: certificate(iteration, gradient, decrement, reciprocal))
      }
      let value = objective(point.loss, at: theta)
      var length = 1.0
      var next: [Double]?
      for _ in 0..<50 {
        let trial = theta.indices.map { theta[$0] + length * step[$0] }
        if let candidate = evaluate(trial, hessian: false),
          objective(candidate.loss, at: trial) <= value - 1e-4 * length * square + 1e-14
        {
          next = trial
          break
        }
        length *= 0.5
      }
      guard let next, let reached = evaluate(next, hessian: true) else {
        throw .notConverged(certificate(iteration, gradient, decrement, reciprocal))
      }
      (theta, point) = (next, reached)
    }
    throw .notConverged(certificate(limit, penalized(point.gradient, at: theta), decrement, 0))
  }

  private func objective(_ loss: Double, at theta: [Double]) -> Double {
    theta.dropFirst(cuts).reduce(loss) { $0 + 0.5 * lambda * $1 * $1 }
  }

  private func penalized(_ gradient: [Double], at theta: [Double]) -> [Double] {
    gradient.indices.map { $0 < cuts ? gradient[$0] : gradient[$0] + lambda * theta[$0] }
  }

  func penalized(_ hessian: Matrix) -> Matrix {
    var result = hessian
    for m in cuts..<dimension { result[m, m] += lambda }
    return result
  }

  private func certificate(
    _ iterations: Int, _ gradient: [Double], _ decrement: Double, _ reciprocal: Double
  ) -> Convergence {
    Convergence(
      solver: .newton, iterations: iterations, gradientNorm: gradient.reduce(0) { max($0, $1.magnitude) },
      newtonDecrement: decrement, conditionNumber: reciprocal > 0 ? 1 / reciprocal : .infinity)
  }

  // MARK: A pass over the rows

  struct Point: Sendable {
    var loss: Double
    var gradient: [Double]
    /// Of no size where it was not asked for.
    var hessian: Matrix
  }

  /// Loss, gradient and Hessian, everything divided by W; nil where the thresholds are out of order. Cost: n q²
  /// with the Hessian, 2 n q without.
  func evaluate(_ theta: [Double], hessian wantsHessian: Bool) -> Point? {
    guard zip(theta, theta.dropFirst().prefix(max(0, cuts - 1))).allSatisfy({ $0 < $1 }) else { return nil }
    let p = problem.columns.count
    let plan = RowPlan(rows: problem.rows, columns: p)
    let parts = mapBlocks(count: plan.parts, threads: problem.threads) { part in
      sums(plan.range(of: part), theta, hessian: wantsHessian)
    }
    var total = Sums(cuts: cuts, columns: p, hessian: wantsHessian)
    for part in parts { total.add(part) }
    let scale = 1 / problem.totalWeight
    var point = Point(
      loss: total.loss * scale, gradient: total.thresholds.map { $0 * scale },
      hessian: Matrix(rows: wantsHessian ? dimension : 0, columns: wantsHessian ? dimension : 0))
    for m in 0..<p { point.gradient.append(total.products[m, 0] * scale) }
    guard wantsHessian else { return point }
    for a in 0..<cuts {
      for b in 0..<cuts { point.hessian[a, b] = total.thresholdHessian[a, b] * scale }
      for m in 0..<p {
        point.hessian[cuts + m, a] = total.products[m, 1 + a] * scale
        point.hessian[a, cuts + m] = point.hessian[cuts + m, a]
      }
    }
    for j in 0..<p {
      for i in j..<p {
        point.hessian[cuts + i, cuts + j] = total.gram[j * p + i] * scale
        point.hessian[cuts + j, cuts + i] = point.hessian[cuts + i, cuts + j]
      }
    }
    return point
  }

  private struct Sums: Sendable {
    var loss = 0.0
    /// Gradient by threshold.
    var thresholds: [Double]
    var thresholdHessian: Matrix
    /// Zᵀ of the derivatives by η, and by η and each threshold.
    var products: Matrix
    var gram: [Double]

    init(cuts: Int, columns: Int, hessian: Bool) {
      thresholds = Array(repeating: 0, count: cuts)
      thresholdHessian = Matrix(rows: cuts, columns: cuts)
      products = Matrix(rows: columns, columns: hessian ? 1 + cuts : 1)
      gram = Array(repeating: 0, count: hessian ? columns * columns : 0)
    }

    mutating func add(_ other: Sums) {
      loss += other.loss
      for k in thresholds.indices { thresholds[k] += other.thresholds[k] }
      for k in thresholdHessian.values.indices {
        thresholdHessian.values[k] += other.thresholdHessian.values[k]
      }
      for k in products.values.indices { products.values[k] += other.products.values[k] }
      for k in gram.indices { gram[k] += other.gram[k] }
    }
  }

  private func sums(_ range: Range<Int>, _ theta: [Double], hessian wantsHessian: Bool) -> Sums {
    let p = problem.columns.count
    var sums = Sums(cuts: cuts, columns: p, hessian: wantsHessian)
    let models = wantsHessian ? 1 + cuts : 1
    var block = RowBlock(capacity: RowBlock.gramRows, designColumns: p, hasIntercept: false)
    var eta = [Double](repeating: 0, count: block.capacity)
    var roots = eta
    let slopes = Array(theta.dropFirst(cuts))
    for start in stride(from: range.lowerBound, to: range.upperBound, by: block.capacity) {
      let rows = start..<min(start + block.capacity, range.upperBound)
      block.load(
        rows: rows, of: problem.design, columns: problem.columns, centers: problem.centers,
        inverseScales: problem.inverseScales)
      block.multiply(slopes, into: &eta)
      var right = [Double](repeating: 0, count: rows.count * models)
      for (i, row) in rows.enumerated() {
        let weight = problem.weights?[row] ?? 1
        guard weight > 0 else {
          roots[i] = 0
          continue
        }
        let band = bands[row]
        let slopes = derivatives(band, eta[i], theta)
        sums.loss -= weight * slopes.logProbability
        right[i] = weight * (slopes.upper + slopes.lower)
        if band < cuts { sums.thresholds[band] -= weight * slopes.upper }
        if band > 0 { sums.thresholds[band - 1] -= weight * slopes.lower }
        guard wantsHessian else { continue }
        let (uu, ul, ll) = slopes.curvatures
        // Each edge moves with its threshold (+1) and with η (−1).
        if band < cuts {
          sums.thresholdHessian[band, band] += weight * uu
          right[(1 + band) * rows.count + i] = -weight * (uu + ul)
        }
        if band > 0 {
          sums.thresholdHessian[band - 1, band - 1] += weight * ll
          right[band * rows.count + i] = -weight * (ll + ul)
        }
        if band < cuts && band > 0 {
          sums.thresholdHessian[band, band - 1] += weight * ul
          sums.thresholdHessian[band - 1, band] += weight * ul
        }
        roots[i] = max(0, weight * (uu + ll + 2 * ul)).squareRoot()
      }
      block.accumulateTransposed(right, models: models, into: &sums.products)
      guard wantsHessian else { continue }
      block.scaleRows(by: roots)
      block.accumulateGram(into: &sums.gram)
    }
    return sums
  }

  /// log P of a band between its edges τ − η, and its derivatives by the upper and the lower edge.
  struct Derivatives {
    var logProbability: Double
    var upper: Double
    var lower: Double
    /// 1 − 2F at the edges; 0 where there is none.
    var upperBend: Double
    var lowerBend: Double

    /// Second derivatives of −log P: upper-upper, upper-lower, lower-lower.
    var curvatures: (Double, Double, Double) {
      (upper * (upper - upperBend), upper * lower, lower * (lower - lowerBend))
    }
  }

  /// P = F(u) F(−l) (1 − e^(l − u)) with F = expit, exact in either tail.
  func derivatives(_ band: Int, _ eta: Double, _ theta: [Double]) -> Derivatives {
    let u = band < cuts ? theta[band] - eta : .infinity
    let l = band > 0 ? theta[band - 1] - eta : -.infinity
    let gap = -expm1(l - u)
    let aboveLower = log1pExp(l)
    let belowUpper = log1pExp(-u)
    return Derivatives(
      logProbability: log(gap) - aboveLower - belowUpper, upper: exp(aboveLower - log1pExp(u)) / gap,
      lower: -exp(belowUpper - log1pExp(-l)) / gap,
      upperBend: band < cuts ? expit(-u) - expit(u) : 0, lowerBend: band > 0 ? expit(-l) - expit(l) : 0)
  }

  // MARK: Scores

  /// groups × q: Σ wᵢ ∂ log P / ∂θ over the rows of each group.
  func scoreSums(_ theta: [Double], groups: [Int], count: Int) -> Matrix {
    let p = problem.columns.count
    var result = Matrix(rows: count, columns: dimension)
    var block = RowBlock(capacity: RowBlock.gramRows, designColumns: p, hasIntercept: false)
    var eta = [Double](repeating: 0, count: block.capacity)
    let slopes = Array(theta.dropFirst(cuts))
    for start in stride(from: 0, to: problem.rows, by: block.capacity) {
      let rows = start..<min(start + block.capacity, problem.rows)
      block.load(
        rows: rows, of: problem.design, columns: problem.columns, centers: problem.centers,
        inverseScales: problem.inverseScales)
      block.multiply(slopes, into: &eta)
      for (i, row) in rows.enumerated() {
        let weight = problem.weights?[row] ?? 1
        guard weight > 0 else { continue }
        let (band, group) = (bands[row], groups[row])
        let slopes = derivatives(band, eta[i], theta)
        if band < cuts { result[group, band] += weight * slopes.upper }
        if band > 0 { result[group, band - 1] += weight * slopes.lower }
        let slope = -weight * (slopes.upper + slopes.lower)
        for m in 0..<p { result[group, cuts + m] += slope * block[i, m] }
      }
    }
    return result
  }
}
