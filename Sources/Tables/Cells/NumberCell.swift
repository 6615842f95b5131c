/// A cell read as a number.
///
/// Grammar with the point locale: `-? (digits [. digits] | . digits) [(e|E) [+|-] digits]`. Not numbers:
/// hexadecimal, `1_000`, `1,234.56`, percentages, currency. With the comma locale the fraction follows a
/// comma, and points may group the digits before it in threes.
struct NumberCell {
  var value: Double
  var traits: Traits

  /// What the text says beyond its value. An inferred column must not take an identifier for a number.
  struct Traits: OptionSet, Sendable {
    let rawValue: UInt8

    /// Not a number at all; the value is NaN.
    static let invalid = Traits(rawValue: 1)
    /// NaN, an infinity by name, or beyond the largest double; the value is NaN.
    static let notFinite = Traits(rawValue: 2)
    /// A number only where the column is stated to be one: a leading zero (`007`), a leading plus
    /// (`+34600…`), or an integer of 16 digits or more.
    static let identifier = Traits(rawValue: 4)
    /// `1E5`: digits, a letter, digits. A number only in a column that has a ``decimal``.
    static let bareExponent = Traits(rawValue: 8)
    /// Certainly a number: a fraction, a minus sign, or a signed exponent.
    static let decimal = Traits(rawValue: 16)
    /// It is a finite number.
    static let number = Traits(rawValue: 32)

    /// Needs a second look.
    static let suspicious: Traits = [.invalid, .notFinite, .identifier]
  }

  static let invalid = NumberCell(value: .nan, traits: .invalid)
  static let notFinite = NumberCell(value: .nan, traits: .notFinite)

  /// Reads `range`, which is not empty, as it stands: no blanks, no quotes, no grouping. The span reaches at
  /// least 8 bytes beyond it; `powers` are ``PowersOfTen/exact``, at hand before many cells. With `isStated` the
  /// traits of a number do not matter.
  @inline(__always)
  static func plain(
    _ bytes: Span<UInt8>, _ range: Range<Int>, point: UInt8, _ powers: Span<Double>, isStated: Bool = false
  ) -> NumberCell {
    if range.count <= 8, let cell = short(bytes, range, point: point, powers, isStated: isStated) {
      return cell
    }
    return long(bytes, range, point: point)
  }

  /// A cell of at most 8 bytes that is nothing but a sign, digits and one point, in one go: the sign becomes a
  /// zero, and the digits before the point move up over it. Nil for all else, identifiers too unless `isStated`.
  /// Three times as fast as digit by digit; most cells are short.
  @inline(__always)
  private static func short(
    _ bytes: Span<UInt8>, _ range: Range<Int>, point: UInt8, _ powers: Span<Double>, isStated: Bool
  ) -> NumberCell? {
    let zero = UInt8(ascii: "0")
    let spare = UInt64(truncatingIfNeeded: (8 &- range.count) &* 8)
    let text = bytes.word(at: range.lowerBound)
    // Signs come at random: arithmetic, where a branch would be mispredicted every other time.
    let sign: UInt64 = UInt8(truncatingIfNeeded: text) == UInt8(ascii: "-") ? 1 : 0
    // Digits as 0 … 9, the last byte on top, zeros below the first.
    var digits = (text ^ ByteScan.pattern(zero) ^ (sign &* UInt64(UInt8(ascii: "-") ^ zero))) &<< spare
    var count = range.count &- Int(truncatingIfNeeded: sign)
    var decimals = 0
    // A point or comma, unlike digits, has this bit now.
    let points = digits & ByteScan.pattern(0x10)
    if points != 0 {
      let below = UInt64(truncatingIfNeeded: points.trailingZeroBitCount &- 4)
      let upper = (digits &>> below) ^ UInt64(point ^ zero)
      if upper & 0xff != 0 { return nil }
      digits = (upper &<< below) | (digits & ((1 &<< below) &- 1)) &<< 8
      decimals = 7 &- Int(truncatingIfNeeded: below &>> 3)
      count &-= 1
    }
    // Every byte a digit: adding 6 does not carry into the high half.
    guard (digits | (digits &+ ByteScan.pattern(6))) & ByteScan.pattern(0xF0) == 0, count > 0 else {
      return nil
    }
    if !isStated {
      let leading = UInt8(truncatingIfNeeded: text &>> (sign &* 8))
      if leading == zero, count &- decimals > 1 { return nil }
    }
    var value = Double(Int64(truncatingIfNeeded: number(digits)))
    // Both exact, so that one division rounds once.
    if points != 0 { value /= powers[decimals] }
    let isDecimal = sign != 0 || points != 0
    return NumberCell(
      value: Double(bitPattern: value.bitPattern | sign &<< 63),
      traits: isDecimal ? [.number, .decimal] : .number)
  }

  /// Reads a cell however it is written: blanks and quotes around it, grouped digits, the words for what is
  /// not finite. Nil when it is missing.
  static func any(_ bytes: Span<UInt8>, _ cell: Range<Int>, _ locale: NumberLocale) -> NumberCell? {
    let content = CellContent.trimmed(bytes, CellContent.unquoted(bytes, cell))
    if MissingWord.isMissing(bytes, content, inText: false) { return nil }
    let point = locale == .point ? UInt8(ascii: ".") : UInt8(ascii: ",")
    let powers = PowersOfTen.exact
    let number = plain(bytes, content, point: point, powers.span)
    if !number.traits.contains(.invalid) { return number }
    if isNotFiniteWord(bytes, content) { return notFinite }
    guard locale == .comma, let ungrouped = ungrouped(bytes, content) else { return invalid }
    return long(ungrouped.span, 0..<ungrouped.count, point: UInt8(ascii: ","))
  }

  /// A cell of any length.
  fileprivate static func long(_ bytes: Span<UInt8>, _ range: Range<Int>, point: UInt8) -> NumberCell {
    let end = range.upperBound
    var position = range.lowerBound
    var traits = Traits.number
    let isNegative = bytes[position] == UInt8(ascii: "-")
    if isNegative {
      position &+= 1
      traits = [.number, .decimal]
    } else if bytes[position] == UInt8(ascii: "+") {
      position &+= 1
      traits = [.number, .identifier]
    }
    var significand: UInt64 = 0
    let firstDigit = position
    takeDigits(bytes, &position, end, &significand)
    var digits = position &- firstDigit
    if digits > 1 {
      if bytes[firstDigit] == UInt8(ascii: "0") { traits.insert(.identifier) }
      if digits > 15 { traits.insert(.identifier) }
    }
    var exponent = 0
    if position < end, bytes[position] == point {
      position &+= 1
      let firstDecimal = position
      takeDigits(bytes, &position, end, &significand)
      exponent = firstDecimal &- position
      digits &-= exponent
      traits.insert(.decimal)
      // With a fraction, 16 digits before it are a number; leading zeros still are not.
      if digits > 15, bytes[firstDigit] != UInt8(ascii: "0"), range.lowerBound == firstDigit || isNegative {
        traits.remove(.identifier)
      }
    }
    if digits == 0 { return invalid }
    if position < end, bytes[position] | 0x20 == UInt8(ascii: "e") {
      guard let (power, isSigned) = exponentPart(bytes, position + 1..<end) else { return invalid }
      exponent += power
      position = end
      if isSigned { traits.insert(.decimal) }
      if !traits.contains(.decimal) { traits.insert(.bareExponent) }
    }
    if position != end { return invalid }
    // 19 digits always fit in 64 bits, and zeros in front of them say nothing.
    var significant = digits
    var zero = firstDigit
    while significant > 19, bytes[zero] == UInt8(ascii: "0") || bytes[zero] == point {
      if bytes[zero] != point { significant &-= 1 }
      zero &+= 1
    }
    if significant <= 19, let size = Double(significand: significand, exponent: exponent) {
      return NumberCell(value: isNegative ? -size : size, traits: traits)
    }
    return slow(bytes, range, point: point, traits: traits)
  }

  /// Appends the digits from `position` on to `significand`, eight at a time while there are eight. Of more
  /// than 19 digits it is not the value any more.
  @inline(__always)
  private static func takeDigits(
    _ bytes: Span<UInt8>, _ position: inout Int, _ end: Int, _ significand: inout UInt64
  ) {
    while position &+ 8 <= end {
      let digits = bytes.word(at: position) ^ ByteScan.pattern(UInt8(ascii: "0"))
      guard (digits | (digits &+ ByteScan.pattern(6))) & ByteScan.pattern(0xF0) == 0 else { break }
      significand = significand &* 100_000_000 &+ number(digits)
      position &+= 8
    }
    while position < end {
      let digit = bytes[position] &- UInt8(ascii: "0")
      if digit > 9 { break }
      significand = significand &* 10 &+ UInt64(digit)
      position &+= 1
    }
  }

  /// Eight digits, the first in the lowest byte, each as 0 … 9: added in pairs, fours and eights.
  @inline(__always)
  private static func number(_ digits: UInt64) -> UInt64 {
    let pairs = (digits &* 10 &+ (digits >> 8)) & 0x00ff_00ff_00ff_00ff
    let fours = (pairs &* 100 &+ (pairs >> 16)) & 0x0000_ffff_0000_ffff
    return (fours &* 10_000 &+ (fours >> 32)) & 0xffff_ffff
  }

  /// The digits after `e`, at most 99,999, and whether a sign stands before them.
  private static func exponentPart(_ bytes: Span<UInt8>, _ range: Range<Int>) -> (power: Int, isSigned: Bool)?
  {
    var position = range.lowerBound
    guard position < range.upperBound else { return nil }
    let isNegative = bytes[position] == UInt8(ascii: "-")
    let isSigned = isNegative || bytes[position] == UInt8(ascii: "+")
    if isSigned { position += 1 }
    guard position < range.upperBound else { return nil }
    var power = 0
    while position < range.upperBound {
      let digit = bytes[position] &- UInt8(ascii: "0")
      if digit > 9 { return nil }
      power = min(power * 10 + Int(digit), 99_999)
      position += 1
    }
    return (isNegative ? -power : power, isSigned)
  }

  /// Any length, by the standard library's correctly rounded conversion.
  private static func slow(_ bytes: Span<UInt8>, _ range: Range<Int>, point: UInt8, traits: Traits)
    -> NumberCell
  {
    var text = ""
    for position in range {
      let byte = bytes[position]
      text.unicodeScalars.append(byte == point ? "." : Unicode.Scalar(byte))
    }
    guard let value = Double(text) else { return invalid }
    return value.isFinite ? NumberCell(value: value, traits: traits) : notFinite
  }

  /// `nan`, `inf` or `infinity` in any case, with or without a sign.
  private static func isNotFiniteWord(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard range.count <= 9 else { return false }
    var word: [UInt8] = range.map { bytes[$0] | 0x20 }
    if let first = word.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") { word.removeFirst() }
    return ["nan", "inf", "infinity"].contains { word.elementsEqual($0.utf8) }
  }

  /// `-1.234.567,89` as `-1234567,89`; nil where the groups are not of three digits.
  private static func ungrouped(_ bytes: Span<UInt8>, _ range: Range<Int>) -> [UInt8]? {
    var result: [UInt8] = []
    var groups = [0]
    var isInFraction = false
    for position in range {
      let byte = bytes[position]
      if byte == UInt8(ascii: "."), !isInFraction {
        groups.append(0)
      } else {
        if byte == UInt8(ascii: ",") { isInFraction = true }
        if !isInFraction, byte &- UInt8(ascii: "0") <= 9 { groups[groups.count - 1] += 1 }
        result.append(byte)
      }
    }
    guard groups.count > 1, (1...3).contains(groups[0]), groups.dropFirst().allSatisfy({ $0 == 3 }) else {
      return nil
    }
    let firstDigit = result.first { $0 &- UInt8(ascii: "0") <= 9 }
    return firstDigit == UInt8(ascii: "0") ? nil : result
  }
}

extension Double {
  /// The finite decimal number that `range` of a text holds, `-1.5e-07` for one, rounded as `strtod` rounds; nil
  /// where it holds anything else. Without a `String`, at five times the speed.
  public init?(decimal text: Span<UInt8>, _ range: Range<Int>) {
    guard !range.isEmpty else { return nil }
    let cell = NumberCell.long(text, range, point: UInt8(ascii: "."))
    guard cell.traits.isDisjoint(with: [.invalid, .notFinite]) else { return nil }
    self = cell.value
  }
}
