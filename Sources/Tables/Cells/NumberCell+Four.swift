#if PULSO_AVX2
  // Four cells at once: 5 ns a cell where one after another takes 9. With two lanes a vector, as any x86-64 has, it
  // would take longer than that, so that it is compiled for processors with four.
  extension NumberCell {
    private typealias Lanes = SIMD4<UInt64>

    /// Four cells of at most 8 bytes, each empty, which is NaN, or nothing but a sign, digits and one point; nil
    /// where one of them is anything else. Leading zeros are allowed: for columns that are stated to be numbers.
    @inline(__always)
    static func four(_ bytes: Span<UInt8>, _ cells: InlineArray<4, Range<Int>>, point: UInt8) -> SIMD4<
      Double
    >? {
      guard max(max(cells[0].count, cells[1].count), max(cells[2].count, cells[3].count)) <= 8 else {
        return nil
      }
      let counts = Lanes(
        truncatingIfNeeded: SIMD4(cells[0].count, cells[1].count, cells[2].count, cells[3].count))
      // Eight bytes each, the first in the lowest place.
      let texts = Lanes(
        bytes.word(at: cells[0].lowerBound), bytes.word(at: cells[1].lowerBound),
        bytes.word(at: cells[2].lowerBound), bytes.word(at: cells[3].lowerBound))
      let zero = Lanes(repeating: 0)
      let one = Lanes(repeating: 1)
      // The sign becomes a zero; digits become 0 … 9, the last one on top, with zeros below the first.
      let isNegative = (texts & Lanes(repeating: 0xff)) .== Lanes(repeating: UInt64(UInt8(ascii: "-")))
      let sign = zero.replacing(with: one, where: isNegative)
      let unsigned = texts ^ pattern("0") ^ zero.replacing(with: Lanes(repeating: 0x1d), where: isNegative)
      let raw = unsigned &<< ((Lanes(repeating: 8) &- counts) &<< 3)
      // A point or comma, unlike digits, has this bit: a mark is the lowest bit of its byte.
      let marks = (raw & Lanes(repeating: ByteScan.pattern(0x10))) &>> 4
      let hasNoPoint = marks .== zero
      // The digits before the point move up over it.
      let below = marks &- one
      let before = raw & below
      let expected = (marks &<< 5) &- (marks &<< (point == UInt8(ascii: ".") ? 1 : 2))
      let after = raw ^ before ^ expected
      let digits = after | (before &<< 8).replacing(with: before, where: hasNoPoint)
      // Anything left of the point's byte, a second mark, or a byte that is no digit.
      var odd = (after & ((marks &<< 8) &- marks)) | (marks & below)
      odd |=
        (digits | (digits &+ Lanes(repeating: ByteScan.pattern(6))))
        & Lanes(repeating: ByteScan.pattern(0xf0))
      let signs = one.replacing(with: zero, where: hasNoPoint) &+ sign
      odd = odd.replacing(with: one, where: counts .== signs)
      let isEmpty = counts .== zero
      odd = odd.replacing(with: zero, where: isEmpty)
      if (odd[0] | odd[1]) | (odd[2] | odd[3]) != 0 { return nil }
      // The mark, read as digits, is the power of ten to divide by. Both are exact: one division rounds once.
      let power = marks.replacing(with: Lanes(repeating: 1 << 56), where: hasNoPoint)
      let sizes = double(number(digits)) / double(number(power))
      let values = unsafe unsafeBitCast(
        unsafe unsafeBitCast(sizes, to: Lanes.self) | (sign &<< 63), to: SIMD4<Double>.self)
      return values.replacing(with: .nan, where: isEmpty)
    }

    @inline(__always)
    private static func pattern(_ character: Unicode.Scalar) -> Lanes {
      Lanes(repeating: ByteScan.pattern(UInt8(ascii: character)))
    }

    /// ``number(_:)`` of four.
    @inline(__always)
    private static func number(_ digits: Lanes) -> Lanes {
      let tens = (digits &<< 3) &+ (digits &<< 1)
      let pairs = (tens &+ (digits &>> 8)) & Lanes(repeating: 0x00ff_00ff_00ff_00ff)
      let hundreds = unsafe unsafeBitCast(
        unsafe unsafeBitCast(pairs, to: SIMD16<UInt16>.self) &* SIMD16(repeating: 100), to: Lanes.self)
      let fours = (hundreds &+ (pairs &>> 16)) & Lanes(repeating: 0x0000_ffff_0000_ffff)
      return (fours & Lanes(repeating: 0xffff)) &* Lanes(repeating: 10_000) &+ (fours &>> 32)
    }

    /// Whole numbers below 2⁵²: as the fraction of 2⁵² + n, less 2⁵².
    @inline(__always)
    private static func double(_ numbers: Lanes) -> SIMD4<Double> {
      unsafe unsafeBitCast(numbers | Lanes(repeating: 0x4330_0000_0000_0000), to: SIMD4<Double>.self)
        - SIMD4(repeating: 0x1p52)
    }
  }
#endif
