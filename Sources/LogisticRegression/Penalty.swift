/// What is added to the mean loss, (1/W) Σ wᵢ ℓᵢ with W = Σ wᵢ. The intercept is never penalised. Agrees with R
/// `glm` and statsmodels (none), glmnet and scikit-learn (elastic net), brglm2 and logistf (Firth).
public enum Penalty: Equatable, Sendable {
  case none
  /// λ [(1 − α)/2 ‖β‖² + α ‖β‖₁], glmnet's form (Zou & Hastie 2005; Friedman, Hastie & Tibshirani 2010): `alpha` 0 is ridge, 1 the lasso. scikit-learn's
  /// C = 1 / (λ W).
  case elasticNet(lambda: Double, alpha: Double)
  /// −(1/W) ½ log |XᵀWX|, Jeffreys' prior (Firth 1993): finite estimates on separated data, without the bias
  /// of order 1/n.
  case firth
}

/// Independent normal priors on the coefficients in the units of their columns: adds
/// (1/W) Σⱼ ½ τⱼ (βⱼ − μⱼ)². With μ the coefficients of last month and τ their precisions (1/variance), the
/// fit is last month's posterior carried on. The prior stands in the penalty's place: λ is for coefficients that
/// have none (Gelman et al. 2008, with a normal in place of their t).
public struct CoefficientPrior: Equatable, Sendable {
  public var means: [Double]
  /// 0 says nothing about that coefficient.
  public var precisions: [Double]

  public init(means: [Double], precisions: [Double]) {
    self.means = means
    self.precisions = precisions
  }
}

/// The side of zero that a coefficient must not leave; glmnet's `lower.limits` and `upper.limits` at 0.
public enum SignBound: String, Equatable, Sendable {
  case nonNegative = "non_negative"
  case nonPositive = "non_positive"
}
