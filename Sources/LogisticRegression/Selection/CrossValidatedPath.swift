/// Held-out deviance along a sequence of λ, the whole curve.
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
  /// η of each row from the fit that did not see it, at `bestIndex` and at `oneStandardErrorIndex`.
  public var bestLinearPredictors: [Double]
  public var oneStandardErrorLinearPredictors: [Double]
}
