internal import Tables

/// An amount as people write it: `30K€`, `$5K`, `£100,000`, `10K€/año`, `1.5M`.
struct Amount: Equatable {
  let value: Double
  /// ISO 4217 code, where a symbol or a code stands beside the number.
  let currency: String?

  /// Nil when `text` is no amount. `locale` says which of `.` and `,` is the decimal mark; the other may only
  /// stand between groups of three digits.
  init?(_ text: String, locale: NumberLocale = .point) {
    var rest = text.trimmed.lowercased()
    for suffix in ["/año", "/ano", "/year", "/yr", "/y", " al año", " per year", " p.a."]
    where rest.hasSuffix(suffix) {
      rest = String(rest.dropLast(suffix.count)).trimmed
    }
    var currency: String?
    for (sign, code) in [
      ("€", "EUR"), ("$", "USD"), ("£", "GBP"), ("eur", "EUR"), ("usd", "USD"), ("gbp", "GBP"),
    ] {
      if rest.hasPrefix(sign) {
        rest = String(rest.dropFirst(sign.count)).trimmed
      } else if rest.hasSuffix(sign) {
        rest = String(rest.dropLast(sign.count)).trimmed
      } else {
        continue
      }
      currency = code
      break
    }
    var factor = 1.0
    for (suffix, value) in [("k", 1e3), ("m", 1e6)] where rest.hasSuffix(suffix) {
      rest = String(rest.dropLast()).trimmed
      factor = value
    }
    guard let number = Self.number(rest, locale) else { return nil }
    value = number * factor
    self.currency = currency
  }

  private static func number(_ text: String, _ locale: NumberLocale) -> Double? {
    let decimal: Character = locale == .point ? "." : ","
    let parts = text.split(separator: decimal, omittingEmptySubsequences: false)
    guard parts.count <= 2, let whole = parts.first else { return nil }
    let group: Character = locale == .point ? "," : "."
    let groups = whole.split(separator: group, omittingEmptySubsequences: false)
    guard let first = groups.first, !first.isEmpty, groups.dropFirst().allSatisfy({ $0.count == 3 }) else {
      return nil
    }
    let digits = groups.joined()
    let isNegative = digits.hasPrefix("-")
    guard digits.dropFirst(isNegative ? 1 : 0).allSatisfy({ $0.isASCII && $0.isNumber }),
      parts.count == 1 || parts[1].allSatisfy({ $0.isASCII && $0.isNumber })
    else { return nil }
    return Double(parts.count == 1 ? digits : "\(digits).\(parts[1].isEmpty ? "0" : parts[1])")
  }

  /// A currency's ISO code from its code or symbol; nil when it is neither.
  static func currencyCode(_ text: String) -> String? {
    switch text.trimmed {
    case "€": return "EUR"
    case "$", "US$": return "USD"
    case "£": return "GBP"
    default:
      let code = text.trimmed.uppercased()
      return code.count == 3 && code.allSatisfy { $0.isASCII && $0.isLetter } ? code : nil
    }
  }
}
