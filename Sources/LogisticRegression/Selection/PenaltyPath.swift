/// Estimates along a falling sequence of λ, as glmnet's (Friedman, Hastie & Tibshirani 2010).
public struct PenaltyPath: Sendable, Equatable {
  public var alpha: Double
  /// Falling.
  public var lambdas: [Double]
  public var intercepts: [Double]
  /// `coefficients[k]` belong to `lambdas[k]`, in the columns' units.
  public var coefficients: [[Double]]
  /// 1 − deviance / null deviance, glmnet's `dev.ratio`.
  public var devianceRatios: [Double]
  /// Coefficients that aren't 0.
  public var termCounts: [Int]
}
