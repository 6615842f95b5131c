#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// Iₓ(a, b), the distribution function of Beta(a, b) at x, for a, b > 0 and x in [0, 1]; NaN elsewhere.
///
/// The continued fraction DLMF 8.17.22 by the modified Lentz method, on the side of (a + 1)/(a + b + 2)
/// where it converges in about √max(a, b) steps. About 1e-14 relative for a, b up to a few hundred.
public func regularizedIncompleteBeta(_ x: Double, a: Double, b: Double) -> Double {
  guard a > 0, b > 0, a.isFinite, b.isFinite, x >= 0, x <= 1 else { return .nan }
  if x == 0 || x == 1 { return x }
  if x > (a + 1) / (a + b + 2) { return 1 - regularizedIncompleteBetaTail(1 - x, b, a) }
  return regularizedIncompleteBetaTail(x, a, b)
}

private func regularizedIncompleteBetaTail(_ x: Double, _ a: Double, _ b: Double) -> Double {
  let front = exp(a * log(x) + b * log1p(-x) + logGamma(a + b) - logGamma(a) - logGamma(b)) / a
  let tiny = 1e-300
  var c = 1.0
  var d = 1 - (a + b) * x / (a + 1)
  d = 1 / (abs(d) < tiny ? tiny : d)
  var fraction = d
  for m in 1...10_000 {
    let m = Double(m)
    for numerator in [
      m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
      -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
    ] {
      d = 1 + numerator * d
      d = 1 / (abs(d) < tiny ? tiny : d)
      c = 1 + numerator / c
      if abs(c) < tiny { c = tiny }
      fraction *= c * d
    }
    if abs(c * d - 1) < 1e-16 { break }
  }
  return front * fraction
}

/// log Γ(x) for x > 0.
private func logGamma(_ x: Double) -> Double {
  var sign: Int32 = 0
  return unsafe lgamma_r(x, &sign)
}
