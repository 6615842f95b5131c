// Eight exponentials, or eight log(1 + x), at a time, by polynomials alone: the fits and the scoring spend
// their time here, and a call into libm for each row costs five times as much.

/// e^x of each lane, within 2 ulp (relative error below 4.5e-16) for x in −708 … 709; below that 0, above
/// it +∞. Tested against the system's exp on a dense sweep.
///
/// x = k log 2 + r with |r| ≤ log(2)/2, e^x = 2^k e^r; log 2 in two parts (Cody & Waite 1980), e^r by its
/// Taylor series to r¹³, whose remainder is below 5e-18.
@inlinable
@inline(__always)
public func vectorExp(_ x: SIMD8<Double>) -> SIMD8<Double> {
  typealias Lanes = SIMD8<Double>
  // Adding 1.5 · 2⁵² rounds to a whole number, which then stands in the low bits.
  let magic = Lanes(repeating: 0x1.8p52)
  let clamped = x.replacing(with: -708, where: x .< -708.0).replacing(with: 709, where: x .> 709.0)
  let shifted = clamped * 1.4426950408889634 + magic
  let k = shifted - magic
  // The first part of log 2 has 32 bits, so k times it is exact (fdlibm, e_exp.c: ln2HI, ln2LO).
  let r = (clamped - k * 6.93147180369123816490e-01) - k * 1.90821492927058770002e-10
  var sum = Lanes(repeating: 1.6059043836821613e-10)  // 1/13!
  sum = sum * r + 2.0876756987868100e-09  // 1/12!
  sum = sum * r + 2.5052108385441720e-08
  sum = sum * r + 2.7557319223985893e-07
  sum = sum * r + 2.7557319223985888e-06
  sum = sum * r + 2.4801587301587302e-05
  sum = sum * r + 1.9841269841269841e-04
  sum = sum * r + 1.3888888888888889e-03
  sum = sum * r + 8.3333333333333333e-03
  sum = sum * r + 4.1666666666666664e-02
  sum = sum * r + 1.6666666666666666e-01
  sum = sum * r + 0.5
  sum = (sum * r) * r + r
  sum = sum + 1
  let bits = unsafe unsafeBitCast(shifted, to: SIMD8<UInt64>.self)
  let power = unsafe unsafeBitCast((bits &+ 1023) &<< 52, to: Lanes.self)
  var result = sum * power
  result.replace(with: 0, where: x .< -708.0)
  result.replace(with: .infinity, where: x .> 709.0)
  return result
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
  var sum = Lanes(repeating: 1.0 / 21)
  sum = sum * t + 1.0 / 19
  sum = sum * t + 1.0 / 17
  sum = sum * t + 1.0 / 15
  sum = sum * t + 1.0 / 13
  sum = sum * t + 1.0 / 11
  sum = sum * t + 1.0 / 9
  sum = sum * t + 1.0 / 7
  sum = sum * t + 1.0 / 5
  sum = sum * t + 1.0 / 3
  let small = (s + s) + (s + s) * (t * sum)
  return small.replacing(with: small + 0.6931471805599453, where: upper)
}
