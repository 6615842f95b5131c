// Tail areas and quantiles of the normal and the chi-squared distribution, for tests and intervals.

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// P(Z ≤ z) of a standard normal variable: erfc(−z/√2)/2, which keeps its digits in the lower tail.
public func normalCDF(_ z: Double) -> Double {
  0.5 * erfc(-z * 0.7071067811865476)
}

/// P(|Z| ≥ |z|): the two-sided p-value of a Wald statistic.
public func normalTwoSidedTail(_ z: Double) -> Double {
  erfc(z.magnitude * 0.7071067811865476)
}

/// z with P(Z ≤ z) = p; −∞ at 0 and +∞ at 1, NaN outside.
///
/// Wichura's AS 241 (1988, PPND16), relative error about 1e-16.
public func normalQuantile(_ p: Double) -> Double {
  guard p > 0, p < 1 else { return p == 0 ? -.infinity : p == 1 ? .infinity : .nan }
  let q = p - 0.5
  if q.magnitude <= 0.425 {
    let r = 0.180625 - q * q
    return q
      * ratio(
        r,
        over: [
          2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4, 4.5921953931549871457e4,
          1.3731693765509461125e4, 1.9715909503065514427e3, 1.3314166789178437745e2, 3.3871328727963666080e0,
        ],
        [
          5.2264952788528545610e3, 2.8729085735721942674e4, 3.9307895800092710610e4, 2.1213794301586595867e4,
          5.3941960214247511077e3, 6.8718700749205790830e2, 4.2313330701600911252e1, 1,
        ])
  }
  let r = (-log(min(p, 1 - p))).squareRoot()
  let magnitude =
    r <= 5
    ? ratio(
      r - 1.6,
      over: [
        7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1,
        1.27045825245236838258e0, 3.64784832476320460504e0, 5.76949722146069140550e0,
        4.63033784615654529590e0, 1.42343711074968357734e0,
      ],
      [
        1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2,
        1.48103976427480074590e-1, 6.89767334985100004550e-1, 1.67638483018380384940e0,
        2.05319162663775882187e0, 1,
      ])
    : ratio(
      r - 5,
      over: [
        2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3,
        2.65321895265761230930e-2, 2.96560571828504891230e-1, 1.78482653991729133580e0,
        5.46378491116411436990e0, 6.65790464350110377720e0,
      ],
      [
        2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5,
        7.86869131145613259100e-4, 1.48753612908506148525e-2, 1.36929880922735805310e-1,
        5.99832206555887937690e-1, 1,
      ])
  return q < 0 ? -magnitude : magnitude
}

/// Two polynomials by Horner's rule, highest power first, one over the other.
private func ratio(_ x: Double, over numerator: [Double], _ denominator: [Double]) -> Double {
  var above = 0.0
  var below = 0.0
  for coefficient in numerator { above = above * x + coefficient }
  for coefficient in denominator { below = below * x + coefficient }
  return above / below
}

/// P(χ²ₖ ≥ x), the p-value of a likelihood-ratio statistic x on k degrees of freedom (k > 0).
public func chiSquaredUpperTail(_ x: Double, degreesOfFreedom k: Double) -> Double {
  guard x > 0 else { return x.isNaN ? .nan : 1 }
  return upperRegularizedGamma(k / 2, x / 2)
}

/// x with P(χ²₁ ≤ x) = level: the drop of twice the log-likelihood at the ends of a profile interval.
public func chiSquaredOneQuantile(_ level: Double) -> Double {
  let z = normalQuantile(0.5 + level / 2)
  return z * z
}

/// Q(a, x) = Γ(a, x)/Γ(a): series below x = a + 1, Lentz's continued fraction above (Numerical Recipes §6.2).
/// Relative error about 1e-14.
func upperRegularizedGamma(_ a: Double, _ x: Double) -> Double {
  guard x < .infinity else { return 0 }
  let front = exp(a * log(x) - x - lgamma(a))
  if x < a + 1 {
    var term = 1 / a
    var sum = term
    var n = a
    for _ in 0..<10_000 where term.magnitude > sum.magnitude * 1e-17 {
      n += 1
      term *= x / n
      sum += term
    }
    return 1 - sum * front
  }
  let tiny = 1e-300
  var b = x + 1 - a
  var c = 1 / tiny
  var d = 1 / b
  var h = d
  for i in 1..<10_000 {
    let numerator = -Double(i) * (Double(i) - a)
    b += 2
    d = numerator * d + b
    if d.magnitude < tiny { d = tiny }
    c = b + numerator / c
    if c.magnitude < tiny { c = tiny }
    d = 1 / d
    let factor = d * c
    h *= factor
    if (factor - 1).magnitude < 1e-16 { break }
  }
  return front * h
}
