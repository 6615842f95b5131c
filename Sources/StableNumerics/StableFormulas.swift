// Formulas that keep their digits at both ends of the scale. A probability that rounds to 0 or 1 is never
// clipped and logged: log-likelihoods are computed from the linear predictor η.

#if canImport(Glibc)
  public import Glibc
#else
  public import Foundation
#endif

/// 1 / (1 + e^−η), the inverse of ``logit(_:)``; accurate to 2 ulp for every finite η, never NaN for ±∞.
@inlinable
public func expit(_ linearPredictor: Double) -> Double {
  if linearPredictor >= 0 { return 1 / (1 + exp(-linearPredictor)) }
  let e = exp(linearPredictor)
  return e / (1 + e)
}

/// log(p / (1 − p)); −∞ at 0, +∞ at 1.
@inlinable
public func logit(_ probability: Double) -> Double {
  log(probability) - log1p(-probability)
}

/// log(1 + e^x) by the four cases of Mächler (2012, "Accurately computing log(1 − exp(−|a|))", eq. 10).
@inlinable
public func log1pExp(_ x: Double) -> Double {
  if x <= -37 { return exp(x) }
  if x <= 18 { return log1p(exp(x)) }
  if x <= 33.3 { return x + exp(-x) }
  return x
}
