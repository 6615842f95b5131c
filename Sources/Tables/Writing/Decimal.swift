extension [UInt8] {
  /// Appends the shortest decimal that reads back to the same number: `5`, not `5.0`. From 1e15 in size an
  /// integer is written with an exponent, so that no number looks like an identifier of 16 digits.
  /// Minus zero is written `0`. Not for NaN or infinities, which have no place in a table.
  public mutating func append(decimal value: Double) { append(decimal: value, after: nil) }

  /// The same behind a separator.
  mutating func append(decimal value: Double, after separator: UInt8?) {
    if value.magnitude < 1e15 {
      let integer = Int(value)
      if Double(integer) != value, let shortest = ShortestDecimal(value.magnitude) {
        return append(shortest, isNegative: value < 0, after: separator)
      }
      if let separator { append(separator) }
      if Double(integer) == value { return append(integer: integer) }
    } else if let separator {
      append(separator)
    }
    let text = value.description
    if text.hasSuffix(".0") {
      append(integerDecimal: text.utf8.dropLast(2))
    } else {
      append(contentsOf: text.utf8)
    }
  }

  /// A number that is not whole, as `description` writes it: `0.0025`, and below 1e-4 `1.5e-07`.
  private mutating func append(_ number: ShortestDecimal, isNegative: Bool, after separator: UInt8?) {
    // Written into the right of a text that is longer than any: 24 digits, eight at a time.
    var text = InlineArray<40, UInt8>(repeating: UInt8(ascii: "0"))
    let (upper, last) = number.digits.quotientAndRemainder(dividingBy: 100_000_000)
    let (high, middle) = upper.quotientAndRemainder(dividingBy: 100_000_000)
    var first = 40
    Self.put(last, at: 32, in: &text, &first)
    if upper != 0 { Self.put(middle, at: 24, in: &text, &first) }
    if high != 0 { Self.put(high, at: 16, in: &text, &first) }
    let count = 40 &- first
    // The value is 0.DIGITS · 10^point.
    let point = count + number.exponent
    if point < -3 {
      if let separator { append(separator) }
      if isNegative { append(UInt8(ascii: "-")) }
      append(text[first])
      if count > 1 {
        append(UInt8(ascii: "."))
        append(text.span.extracting(first + 1..<40))
      }
      let power = 1 - point
      append(contentsOf: (power < 10 ? "e-0" : "e-").utf8)
      append(integer: power)
      return
    }
    // The whole part moves one place to the left, and a zero stands for none.
    var start = first &- 1
    if point <= 0 {
      start = 40 &- count &+ point &- 2
    } else {
      for place in 0..<point { text[start &+ place] = text[first &+ place] }
    }
    text[start &+ Swift.max(point, 1)] = UInt8(ascii: ".")
    if isNegative {
      start &-= 1
      text[start] = UInt8(ascii: "-")
    }
    if let separator {
      start &-= 1
      text[start] = separator
    }
    append(text.span.extracting(start..<40))
  }

  /// Writes a number below 10⁸ as eight digits, and says where the first that is not zero lies. It is cut in fours,
  /// in pairs and in single ones, all at once by fixed-point products.
  @inline(__always)
  private static func put(
    _ number: UInt64, at offset: Int, in text: inout InlineArray<40, UInt8>, _ first: inout Int
  ) {
    let fours = number / 10_000 | (number % 10_000) << 32
    let hundreds = (fours &* 10_486) >> 20 & 0x0000_007f_0000_007f
    let pairs = hundreds | (fours &- hundreds &* 100) << 16
    let tens = (pairs &* 103) >> 10 & 0x000f_000f_000f_000f
    let digits = tens | (pairs &- tens &* 10) << 8
    var span = text.mutableSpan
    var bytes = unsafe span.mutableBytes
    bytes.storeBytes(
      of: (digits | 0x3030_3030_3030_3030).littleEndian, toByteOffset: offset, as: UInt64.self)
    if digits != 0 { first = offset &+ digits.trailingZeroBitCount >> 3 }
  }

  /// Appends bytes that lie elsewhere, all at once.
  @inline(__always)
  mutating func append(_ bytes: Span<UInt8>) {
    unsafe bytes.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
  }

  /// `1234000000000000` as `1.234e+15`.
  private mutating func append(integerDecimal digits: Substring.UTF8View) {
    var digits = digits[...]
    if digits.first == UInt8(ascii: "-") { append(digits.removeFirst()) }
    let exponent = digits.count - 1
    while digits.count > 1, digits.last == UInt8(ascii: "0") { digits.removeLast() }
    append(digits.removeFirst())
    if !digits.isEmpty {
      append(UInt8(ascii: "."))
      append(contentsOf: digits)
    }
    append(contentsOf: "e+\(exponent)".utf8)
  }
}

extension Dates {
  /// `2024-02-29` or `2024-02-29T10:00:00Z`.
  public static func iso8601(_ seconds: Int64, hasTimeOfDay: Bool) -> String {
    let day = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
    let date = CalendarDate(daysSince1970: Int(day)).description
    guard hasTimeOfDay else { return date }
    let time = Int(seconds - day * 86_400)
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return "\(date)T\(two(time / 3600)):\(two(time / 60 % 60)):\(two(time % 60))Z"
  }
}
