import CVector

// Many bytes at a time: bit tricks on a 64-bit word, of which the lowest byte is the first in memory, and
// vectors of 16 bytes. The unaligned loads are bounds-checked. Byte-wise loops were measured at a third of
// the speed.

extension Span where Element == UInt8 {
  /// The eight bytes from `offset`, the first in the lowest place. They must lie within the span.
  @inline(__always)
  func word(at offset: Int) -> UInt64 {
    UInt64(littleEndian: unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// The sixteen bytes from `offset`. They must lie within the span.
  @inline(__always)
  func vector(at offset: Int) -> SIMD16<UInt8> {
    unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: SIMD16<UInt8>.self)
  }
}

/// Flags bytes of a word: the top bit of each byte that matches.
enum ByteScan {
  static let ones: UInt64 = 0x0101_0101_0101_0101
  static let tops: UInt64 = 0x8080_8080_8080_8080
  private static let rest: UInt64 = 0x7f7f_7f7f_7f7f_7f7f

  /// `byte` in all eight places.
  static func pattern(_ byte: UInt8) -> UInt64 { ones &* UInt64(byte) }

  /// Bytes equal to the pattern. Above a true match there may be false ones, so callers look at the byte.
  @inline(__always)
  static func candidates(_ word: UInt64, _ pattern: UInt64) -> UInt64 {
    let x = word ^ pattern
    return (x &- ones) & ~x & tops
  }

  /// Bytes below 32, with the same proviso.
  @inline(__always)
  static func controlCandidates(_ word: UInt64) -> UInt64 {
    (word &- (ones &* 32)) & ~word & tops
  }

  /// Bytes equal to the pattern, exactly.
  @inline(__always)
  static func matches(_ word: UInt64, _ pattern: UInt64) -> UInt64 {
    let x = word ^ pattern
    return ~(((x & rest) &+ rest) | x) & tops
  }

  /// How many bytes are flagged.
  @inline(__always)
  static func count(_ flags: UInt64) -> Int {
    Int(truncatingIfNeeded: ((flags >> 7) &* ones) >> 56)
  }

  /// How far a text's bytes must reach beyond its end, as it is looked at by so many bytes at once.
  static let reach = 64

  /// What 64 bytes hold: bit i stands for byte i.
  struct Marks {
    var separators: UInt64
    /// Quotes and bytes below 32 that are no separators.
    var others: UInt64
  }

  /// The marks of the 64 bytes from `offset`, which must lie within the span.
  @inline(__always)
  static func marks(_ bytes: Span<UInt8>, at offset: Int, separator: UInt8) -> Marks {
    var marks = Marks(separators: 0, others: 0)
    for quarter: UInt64 in 0..<4 {
      let vector = bytes.vector(at: offset &+ Int(truncatingIfNeeded: quarter &* 16))
      // As numbers: masks are joined lane by lane.
      let others = ones(vector .== SIMD16(repeating: quote)) | ones(vector .< SIMD16(repeating: 32))
      marks.separators |= bits(ones(vector .== SIMD16(repeating: separator))) &<< (quarter &* 16)
      marks.others |= bits(others) &<< (quarter &* 16)
    }
    marks.others &= ~marks.separators
    return marks
  }

  /// The quotes of the 64 bytes from `offset`, which must lie within the span.
  static func quotes(_ bytes: Span<UInt8>, at offset: Int) -> UInt64 {
    var quotes: UInt64 = 0
    for quarter: UInt64 in 0..<4 {
      let vector = bytes.vector(at: offset &+ Int(truncatingIfNeeded: quarter &* 16))
      quotes |= bits(ones(vector .== SIMD16(repeating: quote))) &<< (quarter &* 16)
    }
    return quotes
  }

  /// A bit for each of 16 lanes, which are all ones or all zeros.
  @inline(__always)
  private static func bits(_ lanes: SIMD16<UInt8>) -> UInt64 {
    #if arch(x86_64)
      return UInt64(truncatingIfNeeded: pulso_top_bits(lanes))
    #else
      // Of byte i, bit i is kept, and a product gathers the eight in the top byte.
      let halves = unsafe unsafeBitCast(lanes, to: SIMD2<UInt64>.self)
      let low = ((halves[0].littleEndian & 0x8040_2010_0804_0201) &* ones) >> 56
      let high = ((halves[1].littleEndian & 0x8040_2010_0804_0201) &* ones) >> 56
      return low | high << 8
    #endif
  }

  /// Whether any of 64 bytes is `byte`.
  @inline(__always)
  private static func contains(_ byte: SIMD16<UInt8>, _ bytes: Span<UInt8>, at offset: Int) -> Bool {
    let found =
      (ones(bytes.vector(at: offset) .== byte) | ones(bytes.vector(at: offset &+ 16) .== byte))
      | (ones(bytes.vector(at: offset &+ 32) .== byte) | ones(bytes.vector(at: offset &+ 48) .== byte))
    return hasBits(found)
  }

  /// A lane that is true has all bits set: −1.
  @inline(__always)
  private static func ones(_ lanes: SIMDMask<SIMD16<Int8>>) -> SIMD16<UInt8> {
    unsafe unsafeBitCast(lanes, to: SIMD16<UInt8>.self)
  }

  private static func sum(_ lanes: SIMD16<UInt8>) -> Int {
    var sum = 0
    for lane in 0..<16 { sum += Int(lanes[lane]) }
    return sum
  }

  @inline(__always)
  private static func hasBits(_ vector: SIMD16<UInt8>) -> Bool {
    let halves = unsafe unsafeBitCast(vector, to: SIMD2<UInt64>.self)
    return halves[0] | halves[1] != 0
  }

  /// The first `byte` in `range`, in a span that reaches at least 8 bytes beyond the range.
  static func first(_ byte: UInt8, in bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
    let wanted = pattern(byte)
    var position = range.lowerBound
    while position &+ 64 <= range.upperBound, !contains(SIMD16(repeating: byte), bytes, at: position) {
      position &+= 64
    }
    while position < range.upperBound {
      let found = matches(bytes.word(at: position), wanted)
      if found != 0 {
        let at = position + found.trailingZeroBitCount >> 3
        return at < range.upperBound ? at : nil
      }
      position += 8
    }
    return nil
  }

  /// How many lines end within `range`: `\n`, `\r\n` and a lone `\r` each end one. The span reaches at least
  /// 8 bytes beyond the range.
  static func lineEnds(in bytes: Span<UInt8>, _ range: Range<Int>) -> Int {
    var count = 0
    var start = range.lowerBound
    // A lane counts to 255.
    let stretch = 255 * 16
    while start < range.upperBound {
      let end = min(start + stretch, range.upperBound)
      let whole = start + (end - start) / 16 * 16
      var feeds = SIMD16<UInt8>()
      var returns = SIMD16<UInt8>()
      for position in stride(from: start, to: whole, by: 16) {
        let vector = bytes.vector(at: position)
        feeds &-= ones(vector .== SIMD16(repeating: lineFeed))
        returns &-= ones(vector .== SIMD16(repeating: carriageReturn))
      }
      if !hasBits(returns) {
        count += sum(feeds)
        if whole < end { count += wordwiseLineEnds(in: bytes, whole..<end) }
      } else {
        count += wordwiseLineEnds(in: bytes, start..<end)
      }
      // A pair torn apart ended two lines.
      if end < range.upperBound, bytes[end - 1] == carriageReturn, bytes[end] == lineFeed { count -= 1 }
      start = end
    }
    return count
  }

  private static func wordwiseLineEnds(in bytes: Span<UInt8>, _ range: Range<Int>) -> Int {
    var count = 0
    var position = range.lowerBound
    while position + 8 <= range.upperBound {
      let word = bytes.word(at: position)
      let feeds = matches(word, pattern(10))
      let returns = matches(word, pattern(13))
      count += self.count(feeds)
      if returns != 0 {
        // A return counts unless a feed follows it, which may stand in the next word.
        var pairs = (returns << 8) & feeds
        if returns >> 63 == 1, position + 8 < range.upperBound, bytes[position + 8] == 10 { pairs |= 1 }
        count += self.count(returns) - pairs.nonzeroBitCount
      }
      position += 8
    }
    while position < range.upperBound {
      let byte = bytes[position]
      let isPair = byte == 13 && position + 1 < range.upperBound && bytes[position + 1] == 10
      if byte == 10 || (byte == 13 && !isPair) { count += 1 }
      position += 1
    }
    return count
  }
}
