// Eight bytes at a time: bit tricks on a 64-bit word, of which the lowest byte is the first in memory. The
// unaligned load is the one unsafe expression of the CSV reader; it is bounds-checked. Byte-wise loops were
// measured at a third of the speed.

extension Span where Element == UInt8 {
  /// The eight bytes from `offset`, the first in the lowest place. They must lie within the span.
  @inline(__always)
  func word(at offset: Int) -> UInt64 {
    UInt64(littleEndian: unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
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

  /// The first `byte` in `range`, in a span that reaches at least 8 bytes beyond the range.
  static func first(_ byte: UInt8, in bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
    let wanted = pattern(byte)
    var position = range.lowerBound
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
