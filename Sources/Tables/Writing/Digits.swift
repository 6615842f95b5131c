// Whole numbers and days as text, straight into bytes: most cells of an event table are one or the other.
extension [UInt8] {
  /// Appends the decimal digits of `value`, with leading zeros up to `width` digits.
  public mutating func append(integer value: Int, width: Int = 1) {
    guard value >= 0, value < 1_000_000_000 else {
      append(contentsOf: value.description.utf8)
      return
    }
    var unit = 1
    for _ in 1..<Swift.max(width, 1) { unit *= 10 }
    while unit <= value / 10 { unit *= 10 }
    var rest = value
    while unit > 0 {
      append(UInt8(ascii: "0") + UInt8(rest / unit))
      rest %= unit
      unit /= 10
    }
  }

  /// Appends `YYYY-MM-DD`.
  public mutating func append(date: CalendarDate) {
    let (year, month, day) = date.components
    guard (0...9999).contains(year) else {
      append(contentsOf: date.description.utf8)
      return
    }
    append(integer: year, width: 4)
    append(UInt8(ascii: "-"))
    append(integer: month, width: 2)
    append(UInt8(ascii: "-"))
    append(integer: day, width: 2)
  }
}
