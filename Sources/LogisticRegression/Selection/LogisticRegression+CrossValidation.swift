import LinearAlgebra
import StableNumerics

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

extension LogisticRegression {
  /// Held-out deviance of the elastic net with `alpha` along `lambdas` (given, or glmnet's sequence from all
  /// rows). `folds` holds each row's fold, numbered from 0. Standardisation is learned in the fold.
  ///
  /// No row is copied: a fold's training rows are those with a weight left. Cost: about three passes over the
  /// rows for each fold and λ, the Hessian shared by neighbouring λ.
  public func crossValidate(
    _ observations: Observations, folds: [Int], alpha: Double, lambdas: [Double]? = nil,
    lambdaCount: Int = 100
  ) throws(FitError) -> CrossValidatedPath {
    let n = observations.count
    guard folds.count == n else { throw .unequalLengths(.folds, count: folds.count, expected: n) }
    let members = try Self.members(of: folds)
    let sequence =
      if let lambdas {
        try Self.checkedLambdas(lambdas)
      } else {
        try lambdaSequence(observations, alpha: alpha, count: lambdaCount)
      }
    var curves: [FoldCurve] = []
    for rows in members {
      var weights = observations.weights ?? Array(repeating: 1, count: n)
      for row in rows { weights[Int(row)] = 0 }
      let steps = try pathSteps(observations, alpha: alpha, lambdas: sequence, weights: weights)
      curves.append(heldOut(observations, rows: rows, steps: steps))
    }
    return summarize(curves, members: members, lambdas: sequence, alpha: alpha, count: n)
  }

  /// The rows of each fold, ascending.
  private static func members(of folds: [Int]) throws(FitError) -> [[Int32]] {
    guard let last = folds.max(), let first = folds.min(), first >= 0, last < folds.count else {
      throw .tooFewFolds(count: 0)
    }
    var result = [[Int32]](repeating: [], count: last + 1)
    for (row, fold) in folds.enumerated() { result[fold].append(Int32(row)) }
    guard result.count > 1, result.allSatisfy({ !$0.isEmpty }) else {
      throw .tooFewFolds(count: result.count { !$0.isEmpty })
    }
    return result
  }

  private struct FoldCurve {
    /// Σ w deviance, for each λ.
    var deviances: [Double]
    var weight: Double
    /// η of the fold's rows, λ after λ.
    var linearPredictors: [Double]
  }

  /// Several λ at a time by one matrix product.
  private func heldOut(
    _ observations: Observations, rows: [Int32], steps: PathSteps
  ) -> FoldCurve {
    let count = steps.thetas.count
    var curve = FoldCurve(
      deviances: Array(repeating: 0, count: count), weight: 0,
      linearPredictors: Array(repeating: 0, count: count * rows.count))
    let map = steps.map
    // The fold's own means keep the digits of columns far from 0.
    var theta = Matrix(rows: map.columns.count + 1, columns: count)
    for (k, step) in steps.thetas.enumerated() {
      theta[0, k] = step[0]
      for (m, gamma) in map.perDeviation(step).enumerated() { theta[m + 1, k] = gamma }
    }
    var block = RowBlock(capacity: 512, designColumns: map.columns.count, hasIntercept: true)
    var eta = [Double](repeating: 0, count: block.capacity * count)
    for start in stride(from: 0, to: rows.count, by: 512) {
      let slice = rows[start..<min(start + 512, rows.count)]
      block.load(
        indices: slice, of: observations.design, columns: map.columns, centers: map.centers,
        inverseScales: map.inverseScales)
      block.multiply(theta, into: &eta)
      for (i, index) in slice.enumerated() {
        let row = Int(index)
        let weight = observations.weights?[row] ?? 1
        let y = observations.outcomes[row]
        let offset = observations.offset?[row] ?? 0
        let saturated = y > 0 && y < 1 ? y * log(y) + (1 - y) * log1p(-y) : 0
        curve.weight += weight
        for k in 0..<count {
          let value = eta[k * slice.count + i] + offset
          curve.linearPredictors[k * rows.count + start + i] = value
          let loss = log1pExp(-value.magnitude) + (value > 0 ? (1 - y) * value : -y * value)
          curve.deviances[k] += 2 * weight * (loss + saturated)
        }
      }
    }
    return curve
  }

  private func summarize(
    _ curves: [FoldCurve], members: [[Int32]], lambdas: [Double], alpha: Double, count: Int
  ) -> CrossValidatedPath {
    let total = curves.reduce(0) { $0 + $1.weight }
    let folds = curves.map { curve in curve.deviances.map { curve.weight > 0 ? $0 / curve.weight : 0 } }
    var means = [Double](repeating: 0, count: lambdas.count)
    var errors = means
    for k in lambdas.indices {
      for (fold, curve) in curves.enumerated() { means[k] += folds[fold][k] * curve.weight / total }
      for (fold, curve) in curves.enumerated() {
        let difference = folds[fold][k] - means[k]
        errors[k] += difference * difference * curve.weight / total
      }
      errors[k] = (errors[k] / Double(curves.count - 1)).squareRoot()
    }
    let best = means.indices.min { (means[$0], $0) < (means[$1], $1) } ?? 0
    let oneError = means.indices.first { means[$0] <= means[best] + errors[best] } ?? best
    func linearPredictors(_ k: Int) -> [Double] {
      var result = [Double](repeating: 0, count: count)
      for (fold, rows) in members.enumerated() {
        for (i, row) in rows.enumerated() {
          result[Int(row)] = curves[fold].linearPredictors[k * rows.count + i]
        }
      }
      return result
    }
    return CrossValidatedPath(
      alpha: alpha, lambdas: lambdas, meanDeviances: means, standardErrors: errors, foldDeviances: folds,
      bestIndex: best, oneStandardErrorIndex: oneError, bestLinearPredictors: linearPredictors(best),
      oneStandardErrorLinearPredictors: linearPredictors(oneError))
  }
}
