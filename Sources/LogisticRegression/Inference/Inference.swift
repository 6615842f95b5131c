public import LinearAlgebra

/// What the standard errors assume.
public enum StandardErrors: Equatable, Sendable {
  /// The model holds: the inverse information.
  case model
  /// Independent rows, whatever their variance (White 1980).
  case hc0
  /// HC0 times n / (n − q).
  case hc1
  /// Rows of a cluster may hang together; clusters are independent (Liang & Zeger 1986). One number for each row. With the usual
  /// G/(G − 1) · (n − 1)/(n − q), as statsmodels and Stata have it.
  case cluster([Int32])
}

/// A row of the coefficient table.
public struct CoefficientSummary: Equatable, Sendable {
  public var term: String
  /// Log-odds per unit; NaN, like all that follows, where the term is aliased or held at rest by the penalty.
  public var estimate: Double
  public var standardError: Double
  public var z: Double
  public var pValue: Double
  /// Wald interval: estimate ± z₍level₎ · standard error.
  public var ciLow: Double
  public var ciHigh: Double
  /// e^estimate, per unit of the column.
  public var oddsRatio: Double
}

/// Covariance, standard errors, tests and Wald intervals of a fit.
///
/// Unpenalised, they are what R and statsmodels report. Penalised, the covariance is the sandwich
/// M⁻¹ S M⁻¹ with M = information + penalty and S the information (`model`) or the rows' scores: it covers the
/// sampling variation of the penalised estimator around *its own* mean, not the bias that the penalty brings;
/// intervals then cover the shrunken coefficient. Terms that the lasso puts at 0 have no standard error, and
/// those of the others don't allow for the selection.
public struct Inference: Equatable, Sendable {
  /// Intercept first, or the thresholds of ordered bands; NaN in rows and columns without an estimate.
  public var covariance: Matrix
  /// In the same order.
  public var rows: [CoefficientSummary]
  public var level: Double
}
