extension [UInt8] {
  /// Appends the shortest decimal that reads back to the same number: `5`, not `5.0`. From 1e15 in size an
  /// integer is written with an exponent, so that no number looks like an identifier of 16 digits.
  /// Minus zero is written `0`. Not for NaN or infinities, which have no place in a table.
  public mutating func append(decimal value: Double) {
    if value.magnitude < 1e15 {
      let integer = Int(value)
      if Double(integer) == value { return append(integer: integer) }
      if let shortest = ShortestDecimal(value.magnitude) { return append(shortest, isNegative: value < 0) }
    }
    let text = value.description
    if text.hasSuffix(".0") {
      append(integerDecimal: text.utf8.dropLast(2))
    } else {
      append(contentsOf: text.utf8)
    }
  }

  /// A number that is not whole, as `description` writes it: `0.0025`, and below 1e-4 `1.5e-07`.
  private mutating func append(_ number: ShortestDecimal, isNegative: Bool) {
    // Written from the right into a text that is longer than any.
    var text = InlineArray<40, UInt8>(repeating: UInt8(ascii: "0"))
    var first = 40
    func put(_ digits: UInt64) {
      let digits = Int(truncatingIfNeeded: digits)
      text[first &- 1] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: digits % 10)
      text[first &- 2] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: digits / 10)
      first &-= 2
    }
    // Two digits at a time, and four to a division of 64 bits: a digit waits for the division before it.
    var rest = number.digits
    while rest >= 10_000 {
      let (quotient, four) = rest.quotientAndRemainder(dividingBy: 10_000)
      put(four % 100)
      put(four / 100)
      rest = quotient
    }
    if rest >= 100 {
      put(rest % 100)
      rest /= 100
    }
    put(rest)
    if rest < 10 { first &+= 1 }
    let count = 40 &- first
    // The value is 0.DIGITS · 10^point.
    let point = count + number.exponent
    if point < -3 {
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
    append(text.span.extracting(start..<40))
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
