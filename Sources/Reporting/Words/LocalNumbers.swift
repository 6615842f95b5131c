package import Calendar
package import Segmentation

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// Numbers, money and days as people of a language write them: `1,234.5` and `31 %` in English, `1.234,5` in
/// Spanish. A no-break space stands before units.
package struct LocalNumbers: Sendable {
  package let language: Language

  package init(language: Language) { self.language = language }

  private var decimalMark: String { language == .es ? "," : "." }
  private var groupMark: String { language == .es ? "." : "," }
  static let space = "\u{A0}"
  static let minus = "\u{2212}"
  static let unknown = "–"

  /// Exactly `places` decimals, thousands apart.
  package func fixed(_ value: Double?, _ places: Int) -> String {
    guard let value, value.isFinite, abs(value) < 1e15 else { return Self.unknown }
    let scale = pow(10, Double(places))
    let scaled = (abs(value) * scale).rounded()
    // Beyond 2^53 there are no decimals to show.
    let whole = scaled < 9e15 ? (scaled / scale).rounded(.down) : abs(value).rounded()
    let rest = scaled < 9e15 ? Int(scaled - whole * scale) : 0
    var text = grouped(Int(whole))
    if places > 0 {
      let digits = String(rest)
      text += decimalMark + String(repeating: "0", count: max(0, places - digits.count)) + digits
    }
    return value < 0 && (whole > 0 || rest > 0) ? Self.minus + text : text
  }

  package func whole(_ value: Double?) -> String { fixed(value, 0) }
  package func whole(_ value: Int) -> String { fixed(Double(value), 0) }

  /// At most `places` decimals, without zeros at their end.
  package func decimal(_ value: Double?, places: Int = 1) -> String { trimmed(fixed(value, places)) }

  /// About `digits` significant digits, without an exponent where that stays short.
  package func significant(_ value: Double?, _ digits: Int = 3) -> String {
    guard let value, value.isFinite else { return Self.unknown }
    guard value != 0 else { return "0" }
    let exponent = Int(floor(log10(abs(value))))
    if exponent >= 9 || exponent < -5 {
      let power = exponent
      return fixed(value / pow(10, Double(power)), max(0, digits - 1)) + "·10"
        + String(power).map { Self.superscripts[$0] ?? "" }.joined()
    }
    return trimmed(fixed(value, max(0, digits - 1 - exponent)))
  }

  private static let superscripts: [Character: String] = [
    "-": "⁻", "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸",
    "9": "⁹",
  ]

  /// `31 %`; one decimal below ten.
  package func percent(_ share: Double?, _ places: Int? = nil) -> String {
    guard let share, share.isFinite else { return Self.unknown }
    let value = share * 100
    let decimals = places ?? (abs(value) >= 9.95 || value == 0 ? 0 : abs(value) >= 0.095 ? 1 : 2)
    return fixed(value, decimals) + Self.space + "%"
  }

  /// `4.82 M USD`: three digits say enough in a sentence.
  package func money(_ value: Double?, _ currency: String) -> String {
    guard let value, value.isFinite else { return Self.unknown }
    return short(value) + Self.space + currency
  }

  /// `4.82 M`, `187 K`; Spanish counts thousands as `mil`.
  package func short(_ value: Double) -> String {
    let size = abs(value)
    let (unit, name) =
      size >= 999.5e6 && language == .en
      ? (1e9, "B")
      : size >= 999_500 ? (1e6, "M") : size >= 9_995 ? (1e3, language == .es ? "mil" : "K") : (1, "")
    let scaled = value / unit
    let places = unit == 1 || abs(scaled) >= 99.95 ? 0 : abs(scaled) >= 9.995 ? 1 : 2
    let text = places == 0 ? fixed(scaled, 0) : trimmed(fixed(scaled, places))
    return name.isEmpty ? text : text + Self.space + name
  }

  /// `×1.50`: what an effect does to the odds.
  package func factor(_ value: Double) -> String {
    guard value.isFinite else { return Self.unknown }
    return "×" + (value >= 9.95 ? whole(value) : value >= 0.095 ? fixed(value, 2) : significant(value, 2))
  }

  /// `×1.5`, `×2`: the same at a tick.
  func factorTick(_ value: Double) -> String { "×" + significant(value, 2) }

  /// `0.743 [0.701, 0.782]`; semicolons where the comma is the decimal mark.
  package func interval(_ value: Double?, _ low: Double?, _ high: Double?, _ places: Int) -> String {
    guard let value else { return Self.unknown }
    guard let low, let high else { return fixed(value, places) }
    return
      "\(fixed(value, places)) [\(fixed(low, places))\(language == .es ? ";" : ",") \(fixed(high, places))]"
  }

  /// `1 March 2026`, `1 de marzo de 2026`.
  package func day(_ date: CalendarDate) -> String {
    let (year, month, day) = date.components
    switch language {
    case .en: return "\(day) \(Self.months[month - 1].english) \(year)"
    case .es: return "\(day) de \(Self.months[month - 1].spanish) de \(year)"
    }
  }

  private static let months = [
    Phrase("January", es: "enero"), Phrase("February", es: "febrero"), Phrase("March", es: "marzo"),
    Phrase("April", es: "abril"), Phrase("May", es: "mayo"), Phrase("June", es: "junio"),
    Phrase("July", es: "julio"), Phrase("August", es: "agosto"), Phrase("September", es: "septiembre"),
    Phrase("October", es: "octubre"), Phrase("November", es: "noviembre"),
    Phrase("December", es: "diciembre"),
  ]

  /// Up to twelve in words, as in running text; `capital` at the start of a sentence.
  package func spelled(_ count: Int, feminine: Bool = true, capital: Bool = false) -> String {
    guard (0...12).contains(count) else { return whole(count) }
    var word =
      switch language {
      case .en:
        [
          "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
          "twelve",
        ][count]
      case .es:
        [
          feminine ? "ninguna" : "ningún", feminine ? "una" : "un", "dos", "tres", "cuatro", "cinco", "seis",
          "siete", "ocho", "nueve", "diez", "once", "doce",
        ][count]
      }
    if capital, let first = word.first { word = first.uppercased() + word.dropFirst() }
    return word
  }

  private func grouped(_ value: Int) -> String {
    let digits = String(value)
    var result = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { result += groupMark }
      result.append(digit)
    }
    return result
  }

  /// Without zeros at the end of the decimals.
  private func trimmed(_ text: String) -> String {
    guard let mark = text.lastIndex(of: Character(decimalMark)) else { return text }
    var result = text
    while result.last == "0", result.distance(from: mark, to: result.endIndex) > 1 { result.removeLast() }
    if result.last == Character(decimalMark) { result.removeLast() }
    return result
  }
}
