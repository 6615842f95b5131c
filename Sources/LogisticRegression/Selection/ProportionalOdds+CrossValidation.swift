import LinearAlgebra
import StableNumerics

extension ProportionalOdds {
  /// Held-out deviance, −2 log P of the row's band, of the ridge along falling `lambdas`. `folds` holds each row's
  /// fold, numbered from 0; standardisation is learned in the fold. The path's linear predictors are left empty.
  ///
  /// Cost: about three Newton steps for each fold and λ, each from the last one's estimates.
  public func crossValidate(
    _ rows: OrderedObservations, folds: [Int], lambdas: [Double]
  ) throws(FitError) -> CrossValidatedPath {
    guard folds.count == rows.bands.count else {
      throw .unequalLengths(.folds, count: folds.count, expected: rows.bands.count)
    }
    let count = (folds.max() ?? -1) + 1
    guard count > 1, (0..<count).allSatisfy({ folds.contains($0) }) else { throw .tooFewFolds(count: count) }
    let all = rows.observations.weights ?? [Double](repeating: 1, count: folds.count)
    var deviances: [[Double]] = []
    var weights: [Double] = []
    for fold in 0..<count {
      let training = all.indices.map { folds[$0] == fold ? 0 : all[$0] }
      let held = all.indices.map { folds[$0] == fold ? all[$0] : 0 }
      let scaling = try ColumnScaling(rows.observations, weights: training, threads: threads)
      var likelihood = try ProportionalOdds(lambda: lambdas.first ?? 0, threads: threads)
        .prepare(rows, scaling: scaling, weights: training).1
      var theta = likelihood.nullTheta
      var curve: [Double] = []
      let total = held.reduce(0, +)
      for lambda in lambdas {
        likelihood.lambda = lambda
        theta = try likelihood.minimize(from: theta, limit: maximumIterations, tolerance: 1e-7).theta
        var rest = likelihood
        rest.problem.weights = held
        rest.problem.totalWeight = total
        curve.append(total > 0 ? 2 * (rest.evaluate(theta, hessian: false)?.loss ?? .infinity) : 0)
      }
      deviances.append(curve)
      weights.append(total)
    }
    return CrossValidatedPath(alpha: 0, lambdas: lambdas, foldDeviances: deviances, weights: weights)
  }
}
