extension [UInt8] {
  /// Appends the shortest decimal that reads back to the same number: `5`, not `5.0`. From 1e15 in size an
  /// integer is written with an exponent, so that no number looks like an identifier of 16 digits.
  /// Minus zero is written `0`. Not for NaN or infinities, which have no place in a table.
  public mutating func append(decimal value: Double) {
    if let integer = Int(exactly: value), integer.magnitude < 1_000_000_000_000_000 {
      append(integer: integer)
      return
    }
    let text = value.description
    if text.hasSuffix(".0") {
      append(integerDecimal: text.utf8.dropLast(2))
    } else {
      append(contentsOf: text.utf8)
    }
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
