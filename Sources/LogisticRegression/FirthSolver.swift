import LinearAlgebra
import StableNumerics

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// Maximises ℓ(θ) + ½ log |I(θ)|, I = ZᵀWZ (Firth 1993; Heinze & Schemper 2002).
///
/// The score is Σ [wᵢ(yᵢ − pᵢ) + hᵢ(½ − pᵢ)] zᵢ with hᵢ the leverages. Steps are I⁻¹ score (Fisher scoring),
/// halved until the penalised likelihood rises; their contraction is linear, so the gradient decides the end.
/// Agrees with logistf and brglm2 (`AS_mean`).
struct FirthSolver {
  var problem: Problem
  var tolerance: Double
  var maximumIterations: Int
  /// θ's places that stay as they are; the determinant is still the whole one, as in logistf.
  var held: [Int] = []

  struct Solution {
    var newtonForm: NewtonSolver.Solution
    var penalizedLogLikelihood: Double
  }

  private struct Point {
    var theta: [Double]
    var evaluation: Evaluation
    var factor: Cholesky
    /// Penalised log-likelihood (a sum).
    var value: Double
  }

  func maximize(from start: [Double]) throws(FitError) -> Solution {
    let weight = problem.totalWeight
    guard var point = try evaluate(start) else {
      throw .notConverged(certificate(0, .infinity, .infinity, 0))
    }
    // Linear convergence needs more, and cheaper, steps than Newton's.
    let limit = maximumIterations * 10
    var decrement = Double.infinity
    for iteration in 1...max(1, limit) {
      let score = modifiedScore(at: point)
      let free = score.indices.filter { !held.contains($0) }
      let gradient = free.map { score[$0] }
      let information = point.evaluation.hessian!.principal(free)
      let (step, _) = try linearAlgebra { () throws(LAPACKError) in
        try solve(information, gradient.map { $0 / weight })
      }
      var slope = 0.0
      for k in free.indices { slope += step[k] * gradient[k] }
      let last = decrement
      decrement = (max(slope, 0) / weight).squareRoot()
      let norm = gradient.reduce(0) { max($0, $1.magnitude) } / weight
      let isStalled = decrement < 1e-10 && decrement > 0.9 * last
      if decrement <= tolerance * 0.1 || isStalled {
        let convergence = certificate(iteration, norm, decrement, point.factor.reciprocalCondition)
        let newton = NewtonSolver.Solution(
          theta: point.theta, evaluation: point.evaluation, hessian: point.evaluation.hessian!,
          objective: -point.value / weight, convergence: convergence)
        return Solution(newtonForm: newton, penalizedLogLikelihood: point.value)
      }
      var length = 1.0
      var next: Point?
      let slack = 1e-12 * max(1, point.value.magnitude)
      for _ in 0..<40 {
        var trial = point.theta
        for (k, j) in free.enumerated() { trial[j] += length * step[k] }
        if let candidate = try evaluate(trial),
          candidate.value >= point.value + 1e-4 * length * slope - slack
        {
          next = candidate
          break
        }
        length *= 0.5
      }
      guard let next else {
        throw .notConverged(certificate(iteration, norm, decrement, point.factor.reciprocalCondition))
      }
      point = next
    }
    throw .notConverged(certificate(limit, .nan, decrement, point.factor.reciprocalCondition))
  }

  /// nil where the information is singular to working precision: too far out.
  private func evaluate(_ theta: [Double]) throws(FitError) -> Point? {
    let evaluation = problem.evaluate(theta, hessian: true)
    guard evaluation.loss.isFinite else { return nil }
    do throws(LAPACKError) {
      let factor = try Cholesky(evaluation.hessian!)
      // log |W · mean information| = q log W + log |mean information|
      let determinant =
        factor.logDeterminant + Double(theta.count) * log(problem.totalWeight)
      return Point(
        theta: theta, evaluation: evaluation, factor: factor,
        value: -evaluation.loss * problem.totalWeight + 0.5 * determinant)
    } catch {
      if case .notPositiveDefinite = error { return nil }
      throw .numerics(error)
    }
  }

  private func modifiedScore(at point: Point) -> [Double] {
    // hᵢ = ‖zᵢ√wᵢ (L⁻ᵀ)‖² / W on the mean information.
    let correction = problem.leverageScore(point.theta, root: point.factor.inverseRoot())
    return point.theta.indices.map {
      -point.evaluation.gradient[$0] * problem.totalWeight + correction[$0]
    }
  }

  private func certificate(_ iterations: Int, _ norm: Double, _ decrement: Double, _ reciprocal: Double)
    -> Convergence
  {
    Convergence(
      solver: .firth, iterations: iterations, gradientNorm: norm, newtonDecrement: decrement,
      conditionNumber: reciprocal > 0 ? 1 / reciprocal : .infinity)
  }
}

extension Problem {
  /// Σ hᵢ (½ − pᵢ) zᵢ, where `root` M has M Mᵀ = (mean information)⁻¹.
  func leverageScore(_ theta: [Double], root: Matrix) -> [Double] {
    let q = dimension
    let plan = RowPlan(rows: rows, columns: q)
    let parts = mapBlocks(count: plan.parts, threads: threads) { part in
      var sum = [Double](repeating: 0, count: q)
      var block = RowBlock(capacity: plan.blockRows, designColumns: q - 1, hasIntercept: true)
      var eta = [Double](repeating: 0, count: block.capacity)
      var image = [Double](repeating: 0, count: block.capacity * q)
      for range in plan.blocks(of: part) {
        block.load(
          rows: range, of: design, columns: columns, centers: centers, inverseScales: inverseScales)
        linearPredictors(of: block, range, theta, into: &eta)
        block.multiply(root, into: &image)
        for (i, row) in range.enumerated() {
          var leverage = 0.0
          for j in 0..<q {
            let value = image[j * range.count + i]
            leverage += value * value
          }
          let p = expit(eta[i])
          let w = (weights?[row] ?? 1) * p * expit(-eta[i])
          eta[i] = leverage * w / totalWeight * (0.5 - p)
        }
        block.accumulateTransposed(eta, into: &sum)
      }
      return sum
    }
    var total = [Double](repeating: 0, count: q)
    for part in parts { for j in 0..<q { total[j] += part[j] } }
    return total
  }
}
