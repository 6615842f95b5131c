/// What exact decimal-to-double conversion needs of the powers of ten.
enum PowersOfTen {
  /// 10⁰ … 10²², all exact as doubles.
  static let exact: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19, 1e20, 1e21, 1e22,
  ]

  /// Exponents q with 5^|q| below 2¹²⁸.
  static let range = -55...55

  /// The 128 leading bits of 5^q for q in ``range``: exact for q ≥ 0, else the reciprocal, rounded up to
  /// q = −27 and truncated below, as Lemire's proof asks (Number Parsing at a Gigabyte per Second, 2021,
  /// section 5, and Mushtak and Lemire 2023).
  static let fives: [UInt128] = range.map { q in
    var power: UInt128 = 1
    for _ in 0..<abs(q) { power *= 5 }
    let bits = 128 - power.leadingZeroBitCount
    if q >= 0 { return power << UInt128(128 - bits) }
    // ⌊2^(z + 127) / 5^−q⌋ where 2^z is the smallest power of two from 5^−q on.
    let (quotient, _) = power.dividingFullWidth((UInt128(1) << UInt128(bits - 1), 0))
    return q >= -27 ? quotient + 1 : quotient
  }

  /// The 128 leading bits of 5^q in two halves, where they are all there are.
  @inline(__always)
  static func five(_ q: Int) -> (high: UInt64, low: UInt64)? {
    guard q >= 0, q <= range.upperBound else { return nil }
    let bits = fives[q - range.lowerBound]
    return (UInt64(truncatingIfNeeded: bits >> 64), UInt64(truncatingIfNeeded: bits))
  }
}

extension Double {
  /// `significand`·10^`exponent`, rounded to nearest, ties to even: exactly what `strtod` gives. Nil where
  /// the quick ways do not reach: then the text must be read the slow way.
  ///
  /// Up to 2⁵³ and 10^±22 one multiplication or division of exact numbers (Clinger 1990); otherwise Eisel and
  /// Lemire's algorithm (as in `fast_float` 6) within ``PowersOfTen/range``.
  @inline(__always)
  init?(significand: UInt64, exponent: Int) {
    if significand <= 1 << 53, exponent >= -22, exponent <= 22 {
      let value = Double(significand)
      self = exponent < 0 ? value / PowersOfTen.exact[-exponent] : value * PowersOfTen.exact[exponent]
      return
    }
    guard let value = Self.eiselLemire(significand, exponent) else { return nil }
    self = value
  }

  private static func eiselLemire(_ significand: UInt64, _ exponent: Int) -> Double? {
    if significand == 0 { return 0 }
    guard PowersOfTen.range.contains(exponent) else { return nil }
    let shift = significand.leadingZeroBitCount
    let w = significand << UInt64(shift)
    let five = PowersOfTen.fives[exponent - PowersOfTen.range.lowerBound]
    var (high, low) = w.multipliedFullWidth(by: UInt64(truncatingIfNeeded: five >> 64))
    // 55 bits decide, 52 of the fraction and three to round; only when the rest are all ones can the lower
    // half of the power matter.
    let precisionMask = UInt64.max >> 55
    if high & precisionMask == precisionMask {
      let second = w.multipliedFullWidth(by: UInt64(truncatingIfNeeded: five)).high
      let (sum, overflow) = low.addingReportingOverflow(second)
      low = sum
      if overflow { high &+= 1 }
    }
    if low == .max, exponent < -27 || exponent > 55 { return nil }
    let upperBit = Int(high >> 63)
    let down = UInt64(upperBit + 64 - 52 - 3)
    var mantissa = high >> down
    // ⌊log2(10^q)⌋ + 63, by a fixed-point product; −1023 is the exponent bias.
    var power = ((152_170 + 65_536) * exponent) >> 16 + 63 + upperBit - shift + 1023
    if power <= 0 || power >= 2046 { return nil }
    // Exactly between two doubles: round to even.
    if low <= 1, exponent >= -4, exponent <= 23, mantissa & 3 == 1, mantissa << down == high {
      mantissa &= ~1
    }
    mantissa += mantissa & 1
    mantissa >>= 1
    if mantissa >= 2 << 52 {
      mantissa = 1 << 52
      power += 1
    }
    return Double(bitPattern: UInt64(power) << 52 | (mantissa & ~(1 << 52)))
  }
}
