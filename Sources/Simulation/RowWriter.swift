import Tables

/// Rows of one table as CSV, counted, with the cells that only a world has: identifiers and days.
struct RowWriter: Sendable {
  private var csv = CSVText()
  private(set) var rowCount = 0

  var bytes: [UInt8] { csv.bytes }

  mutating func endRow() {
    csv.endRow()
    rowCount += 1
  }

  mutating func text(_ text: String) {
    csv.text(text)
  }

  mutating func boolean(_ value: Bool) {
    csv.boolean(value)
  }

  mutating func integer(_ value: Int?) {
    if let value { csv.integer(value) } else { csv.missing() }
  }

  mutating func number(_ value: Double) {
    csv.number(value)
  }

  /// To six decimals, never with an exponent, which some readers take for text.
  mutating func probability(_ value: Double) {
    let millionths = Int((value * 1e6).rounded())
    let digits = String(millionths % 1_000_000)
    var fraction = ("000000".prefix(6 - digits.utf8.count) + digits)[...]
    while fraction.last == "0" { fraction.removeLast() }
    let whole = String(millionths / 1_000_000)
    csv.text(fraction.isEmpty ? whole : "\(whole).\(fraction)")
  }

  /// A day since 1970, as ISO 8601.
  mutating func date(_ day: Int?) {
    if let day { csv.date(CalendarDate(daysSince1970: day)) } else { csv.missing() }
  }

  /// As ``identifier(_:_:part:width:)`` spells it; nil is missing.
  mutating func identifier(_ prefix: String, _ number: Int?, part: Int? = nil, width: Int = 6) {
    csv.text(number.map { Self.identifier(prefix, $0, part: part, width: width) })
  }

  /// `prefix` and the number with leading zeros up to `width` digits, then `-part` where there is one.
  static func identifier(_ prefix: String, _ number: Int, part: Int? = nil, width: Int = 6) -> String {
    let digits = String(number)
    let zeros = "000000".prefix(max(0, width - digits.utf8.count))
    return part.map { "\(prefix)\(zeros)\(digits)-\($0)" } ?? "\(prefix)\(zeros)\(digits)"
  }
}
