// Eight exponentials, or eight log(1 + x), at a time, by polynomials alone: the fits and the scoring spend
// their time here, and a call into libm for each row costs five times as much.

/// e^x of each lane, within 2 ulp (relative error below 4.5e-16) for x in −708 … 709; below that 0, and NaN for NaN.
/// What is above 709 is not looked for: whoever asks has −|η|. Tested against the system's exp on a dense sweep.
///
/// x = k log 2 + r with |r| ≤ log(2)/2, e^x = 2^k e^r; log 2 in two parts (Cody & Waite 1980), e^r by
/// 1 + r + r² q(r), q the polynomial of degree 9 with the least relative error (Remez 1934), 1.1e-17 with its
/// coefficients rounded.
@inlinable
@inline(__always)
public func vectorExp(_ x: SIMD8<Double>) -> SIMD8<Double> {
  typealias Lanes = SIMD8<Double>
  // Adding 1.5 · 2⁵² rounds to a whole number, which then stands in the low bits.
  let magic = Lanes(repeating: 0x1.8p52)
  let isSmall = x .< -708
  let clamped = x.replacing(with: -708, where: isSmall)
  let shifted = clamped * 1.4426950408889634 + magic
  let k = shifted - magic
  // The first part of log 2 has 32 bits, so k times it is exact (fdlibm, e_exp.c: ln2HI, ln2LO).
  let r = (clamped - k * 6.93147180369123816490e-01) - k * 1.90821492927058770002e-10
  let sum =
    polynomial(
      r,
      [
        0.5000000000000011, 0.16666666666666413, 0.04166666666653016, 0.00833333333349447,
        0.0013888888943629938, 0.00019841269506559994, 2.480149309906733e-05, 2.755758639170296e-06,
        2.7630248326985926e-07, 2.500005566675992e-08,
      ]) * (r * r) + r + 1
  let bits = unsafe unsafeBitCast(shifted, to: SIMD8<UInt64>.self)
  let power = unsafe unsafeBitCast((bits &+ 1023) &<< 52, to: Lanes.self)
  return (sum * power).replacing(with: 0, where: isSmall)
}

/// log(1 + x) of each lane, x in 0 … 1, within 2 ulp.
///
/// Above √2 − 1 it is log 2 + log((1 + x)/2); then log(1 + f) = 2 artanh(s), s = f / (2 + f), |s| ≤ 0.172,
/// by the odd series to s²¹, whose remainder is below 3e-18 relative.
@inlinable
@inline(__always)
public func vectorLog1p(_ x: SIMD8<Double>) -> SIMD8<Double> {
  typealias Lanes = SIMD8<Double>
  let upper = x .> 0.41421356237309503
  let f = x.replacing(with: (x - 1) * 0.5, where: upper)
  let s = f / (f + 2)
  let t = s * s
  let sum = polynomial(
    t, [1.0 / 3, 1.0 / 5, 1.0 / 7, 1.0 / 9, 1.0 / 11, 1.0 / 13, 1.0 / 15, 1.0 / 17, 1.0 / 19, 1.0 / 21])
  let small = (s + s) + (s + s) * (t * sum)
  return small.replacing(with: small + 0.6931471805599453, where: upper)
}

/// Σ cₖ xᵏ, in four steps that wait for one another and not ten (Estrin 1960).
@inlinable
@inline(__always)
func polynomial(_ x: SIMD8<Double>, _ c: InlineArray<10, Double>) -> SIMD8<Double> {
  let x2 = x * x
  let x4 = x2 * x2
  let low = (x * c[1] + c[0]) + (x * c[3] + c[2]) * x2
  let middle = (x * c[5] + c[4]) + (x * c[7] + c[6]) * x2
  let high = x * c[9] + c[8]
  return low + (middle + high * x4) * x4
}
