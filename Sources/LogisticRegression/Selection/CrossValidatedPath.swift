/// Held-out deviance along a sequence of λ, the whole curve; `cv.glmnet`'s `cvm` and `cvsd`.
public struct CrossValidatedPath: Sendable {
  public var alpha: Double
  /// Falling.
  public var lambdas: [Double]
  /// Held-out deviance per unit of weight, mean over the folds weighted by theirs.
  public var meanDeviances: [Double]
  /// Standard error of that mean over the folds, as in cv.glmnet.
  public var standardErrors: [Double]
  /// Mean held-out deviance of each fold: `foldDeviances[fold][k]`.
  public var foldDeviances: [[Double]]
  /// The λ of least mean deviance, `cv` (of equal ones the largest).
  public var bestIndex: Int
  /// The largest λ whose mean deviance is within one standard error of the least, `1se`.
  public var oneStandardErrorIndex: Int
  /// η of each row from the fit that did not see it, at `bestIndex` and at `oneStandardErrorIndex`; empty where
  /// the outcome has ordered bands.
  public var bestLinearPredictors: [Double] = []
  public var oneStandardErrorLinearPredictors: [Double] = []
}

extension CrossValidatedPath {
  /// `foldDeviances[fold][k]` are means over the fold's rows, `weights[fold]` their total weight.
  init(alpha: Double, lambdas: [Double], foldDeviances: [[Double]], weights: [Double]) {
    let total = weights.reduce(0, +)
    var means = [Double](repeating: 0, count: lambdas.count)
    var errors = means
    for k in lambdas.indices {
      for (fold, weight) in weights.enumerated() { means[k] += foldDeviances[fold][k] * weight / total }
      for (fold, weight) in weights.enumerated() {
        let difference = foldDeviances[fold][k] - means[k]
        errors[k] += difference * difference * weight / total
      }
      errors[k] = (errors[k] / Double(weights.count - 1)).squareRoot()
    }
    let best = means.indices.min { (means[$0], $0) < (means[$1], $1) } ?? 0
    self.alpha = alpha
    self.lambdas = lambdas
    meanDeviances = means
    standardErrors = errors
    self.foldDeviances = foldDeviances
    bestIndex = best
    oneStandardErrorIndex = means.indices.first { means[$0] <= means[best] + errors[best] } ?? best
  }
}
