/// The shortest decimal that reads back to the same `Double`: `digits`·10^`exponent`, among the shortest the
/// one closest to the number.
///
/// Raffaello Giulietti, The Schubfach way to render doubles (2021), with the test of one digit less as in
/// Alexander Bolz's Drachennest. Three products with a power of ten in place of the bignums of older methods.
struct ShortestDecimal {
  private(set) var digits: UInt64
  private(set) var exponent: Int

  /// Positive numbers from about 1e-39 to 2⁵³; nil beyond, where the power of ten is not exact in 128 bits.
  init?(_ value: Double) {
    let fraction = value.significandBitPattern
    guard value.sign == .plus, value.exponentBitPattern > 0, value.exponentBitPattern < 2047 else {
      return nil
    }
    // value = c · 2^q
    let c = fraction | 1 << 52
    let q = Int(value.exponentBitPattern) - 1075
    // A power of two is closer to the double below it than to the one above.
    let isUneven = fraction == 0
    // ⌊log10 2^q⌋, or of ¾·2^q: fixed-point products, exact for every exponent of a double.
    let k = (q * 1_262_611 - (isUneven ? 524_031 : 0)) >> 22
    guard -k >= 0, let power = PowersOfTen.five(-k) else { return nil }
    let h = UInt64(truncatingIfNeeded: q + (-k * 1_741_647) >> 19 + 1)
    let odd = c & 1
    let lower = Self.roundToOdd(power, (4 * c - (isUneven ? 1 : 2)) << h) + odd
    let middle = Self.roundToOdd(power, 4 * c << h)
    let upper = Self.roundToOdd(power, (4 * c + 2) << h) - odd
    let s = middle >> 2
    if s >= 10 {
      let tens = s / 10
      let isBelowInside = lower <= 40 * tens
      let isAboveInside = 40 * tens + 40 <= upper
      if isBelowInside != isAboveInside {
        digits = tens + (isAboveInside ? 1 : 0)
        exponent = k + 1
        dropZeros()
        return
      }
    }
    let isBelowInside = lower <= 4 * s
    let isAboveInside = 4 * s + 4 <= upper
    let half = 4 * s + 2
    let isUp =
      isBelowInside != isAboveInside ? isAboveInside : middle > half || (middle == half && s & 1 == 1)
    digits = s + (isUp ? 1 : 0)
    exponent = k
  }

  /// ⌊power · factor / 2¹²⁸⌋, its last bit set where anything was cut off.
  @inline(__always)
  private static func roundToOdd(_ power: (high: UInt64, low: UInt64), _ factor: UInt64) -> UInt64 {
    let below = power.low.multipliedFullWidth(by: factor).high
    let (high, low) = power.high.multipliedFullWidth(by: factor)
    let (sum, overflow) = low.addingReportingOverflow(below)
    return (high &+ (overflow ? 1 : 0)) | (sum > 1 ? 1 : 0)
  }

  /// Numbers that people write end in many zeros.
  @inline(__always)
  private mutating func dropZeros() {
    while true {
      let (quotient, remainder) = digits.quotientAndRemainder(dividingBy: 10)
      if remainder != 0 { return }
      digits = quotient
      exponent += 1
    }
  }
}
