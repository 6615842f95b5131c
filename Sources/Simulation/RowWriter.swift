import Tables

/// CSV rows as bytes, written field by field: RFC 4180 quoting, `\n` line ends.
struct RowWriter: Sendable {
  private(set) var bytes: [UInt8] = []
  private(set) var rowCount = 0
  private var atRowStart = true

  mutating func endRow() {
    bytes.append(UInt8(ascii: "\n"))
    rowCount += 1
    atRowStart = true
  }

  private mutating func beginField() {
    if !atRowStart { bytes.append(UInt8(ascii: ",")) }
    atRowStart = false
  }

  mutating func blank() {
    beginField()
  }

  /// A code: text that never needs quoting.
  mutating func code(_ text: String) {
    beginField()
    bytes.append(contentsOf: text.utf8)
  }

  mutating func text(_ text: String) {
    beginField()
    guard text.utf8.contains(where: { $0 == 34 || $0 == 44 || $0 == 10 || $0 == 13 }) else {
      bytes.append(contentsOf: text.utf8)
      return
    }
    bytes.append(34)
    for byte in text.utf8 {
      if byte == 34 { bytes.append(34) }
      bytes.append(byte)
    }
    bytes.append(34)
  }

  mutating func boolean(_ value: Bool) {
    code(value ? "true" : "false")
  }

  mutating func integer(_ value: Int?) {
    beginField()
    if let value { digits(value) }
  }

  /// `prefix` and the number of at least six digits, then `-part` where there is one.
  mutating func identifier(_ prefix: String, _ number: Int?, part: Int? = nil, width: Int = 6) {
    beginField()
    guard let number else { return }
    bytes.append(contentsOf: prefix.utf8)
    digits(number, width: width)
    guard let part else { return }
    bytes.append(UInt8(ascii: "-"))
    digits(part)
  }

  /// `scaled` / 10^`places`, as short as it reads back.
  mutating func decimal(_ scaled: Int, places: Int) {
    beginField()
    if scaled < 0 { bytes.append(UInt8(ascii: "-")) }
    var unit = 1
    for _ in 0..<places { unit *= 10 }
    let magnitude = abs(scaled)
    digits(magnitude / unit)
    var fraction = magnitude % unit
    guard fraction > 0 else { return }
    bytes.append(UInt8(ascii: "."))
    while fraction > 0 {
      unit /= 10
      bytes.append(48 + UInt8(fraction / unit))
      fraction %= unit
    }
  }

  /// ISO 8601.
  mutating func date(_ day: Int?) {
    beginField()
    guard let day else { return }
    let (year, month, dayOfMonth) = CalendarDate(daysSince1970: day).components
    digits(year, width: 4)
    bytes.append(UInt8(ascii: "-"))
    digits(month, width: 2)
    bytes.append(UInt8(ascii: "-"))
    digits(dayOfMonth, width: 2)
  }

  /// Decimal digits of a number that isn't negative, with leading zeros up to `width`.
  private mutating func digits(_ value: Int, width: Int = 1) {
    var unit = 1
    for _ in 1..<max(width, 1) { unit *= 10 }
    while unit <= value / 10 { unit *= 10 }
    var rest = value
    while unit > 0 {
      bytes.append(48 + UInt8(rest / unit))
      rest %= unit
      unit /= 10
    }
  }
}
