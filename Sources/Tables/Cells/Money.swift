/// An amount as people write it: `30K€`, `$5K`, `£100,000`, `10K€/año`, `20K EUR al año`, `1.234.567,89 €`.
public struct Money: Sendable, Equatable {
  public let amount: Double
  /// ISO 4217, where the text names a currency.
  public let currency: String?

  public init(amount: Double, currency: String?) {
    self.amount = amount
    self.currency = currency
  }

  /// Reads `text`: an optional sign and currency (`€ $ £ ¥` or three capital letters) before or after the
  /// number, `K`, `M` or `B` for thousand, million and thousand million, and a period such as `/año`, `/yr` or
  /// `per year`, which is not converted; a period other than a year is refused.
  ///
  /// Without a locale a number with one `.` or `,` and three digits after it, such as `1.234`, is refused: it
  /// is a thousand to some and one to others. `£100,000` and `$1,234` are read all the same, since a dollar or
  /// pound sign before the number states the English way, and `1.234,56` and `1,234.56` say themselves which
  /// mark is the decimal one.
  public static func parse(_ text: String, locale: NumberLocale? = nil) throws(MoneyError) -> Money {
    var rest = text.filter { !$0.isWhitespace }[...]
    try dropPeriod(&rest, in: text)
    var sign = 1.0
    if let first = rest.first, first == "-" || first == "−" {
      sign = -1
      rest.removeFirst()
    }
    let leading = takeCurrency(&rest, fromStart: true)
    if sign == 1, let first = rest.first, first == "-" || first == "−" {
      sign = -1
      rest.removeFirst()
    }
    var trailing = takeCurrency(&rest, fromStart: false)
    let scale = takeScale(&rest)
    if trailing == nil { trailing = takeCurrency(&rest, fromStart: false) }
    if let leading, let trailing, leading != trailing { throw .twoCurrencies(text) }
    let isEnglish = leading == "USD" || leading == "GBP"
    let size = try number(rest, locale ?? (isEnglish ? .point : nil), text)
    let amount = sign * size * scale
    guard amount.isFinite else { throw .notMoney(text) }
    return Money(amount: amount, currency: leading ?? trailing)
  }

  private static let symbols: [(symbol: String, code: String)] = [
    ("US$", "USD"), ("€", "EUR"), ("$", "USD"), ("£", "GBP"), ("¥", "JPY"),
  ]

  /// A currency's ISO 4217 code from its code or symbol; nil when it is neither.
  public static func currencyCode(_ text: String) -> String? {
    let word = text.uppercased().filter { !$0.isWhitespace }
    if let (_, code) = symbols.first(where: { $0.symbol == word }) { return code }
    return word.count == 3 && word.allSatisfy { ("A"..."Z").contains($0) } ? word : nil
  }

  private static func takeCurrency(_ rest: inout Substring, fromStart: Bool) -> String? {
    for (symbol, code) in symbols where fromStart ? rest.hasPrefix(symbol) : rest.hasSuffix(symbol) {
      rest = fromStart ? rest.dropFirst(symbol.count) : rest.dropLast(symbol.count)
      return code
    }
    let letters = fromStart ? rest.prefix(3) : rest.suffix(3)
    let code = letters.uppercased()
    guard letters.count == 3, code == letters || ["EUR", "USD", "GBP"].contains(code),
      code.allSatisfy({ ("A"..."Z").contains($0) })
    else { return nil }
    rest = fromStart ? rest.dropFirst(3) : rest.dropLast(3)
    return code
  }

  private static func takeScale(_ rest: inout Substring) -> Double {
    let scales: [(String, Double)] = [("K", 1e3), ("MM", 1e6), ("M", 1e6), ("B", 1e9)]
    let upper = rest.uppercased()
    for (letter, scale) in scales where upper.hasSuffix(letter) {
      rest = rest.dropLast(letter.count)
      return scale
    }
    return 1
  }

  private static func dropPeriod(_ rest: inout Substring, in text: String) throws(MoneyError) {
    for year in ["alaño", "alano", "p.a."] where rest.lowercased().hasSuffix(year) {
      rest = rest.dropLast(year.count)
      return
    }
    for mark in ["/", "per"] {
      guard let range = rest.firstRange(of: mark) else { continue }
      let period = rest[range.upperBound...].lowercased()
      guard ["año", "ano", "year", "yr", "y", "a"].contains(period) else { throw .otherPeriod(text) }
      rest = rest[..<range.lowerBound]
      return
    }
  }

  private static func number(_ digits: Substring, _ locale: NumberLocale?, _ text: String) throws(MoneyError)
    -> Double
  {
    guard let first = digits.first, first.isASCII, digits.allSatisfy({ $0.isASCII }) else {
      throw .notMoney(text)
    }
    let points = digits.count { $0 == "." }
    let commas = digits.count { $0 == "," }
    let locale = if let locale { locale } else { try impliedLocale(digits, points, commas, text) }
    let (mark, group): (Character, Character) = locale == .point ? (".", ",") : (",", ".")
    let halves = digits.split(separator: mark, maxSplits: 1, omittingEmptySubsequences: false)
    let groups = halves[0].split(separator: group, omittingEmptySubsequences: false)
    let isGrouped =
      groups.count == 1
      || ((1...3).contains(groups[0].count) && groups.dropFirst().allSatisfy { $0.count == 3 })
    let whole = groups.joined()
    let fraction = halves.count == 2 ? String(halves[1]) : ""
    guard isGrouped, !whole.isEmpty, (whole + fraction).allSatisfy({ ("0"..."9").contains($0) }),
      halves.count == 1 || !fraction.isEmpty,
      let value = Double("\(whole).\(fraction.isEmpty ? "0" : fraction)")
    else { throw .notMoney(text) }
    return value
  }

  /// The locale that the marks themselves show.
  private static func impliedLocale(_ digits: Substring, _ points: Int, _ commas: Int, _ text: String)
    throws(MoneyError) -> NumberLocale
  {
    if points == 0 && commas == 0 { return .point }
    if points > 0 && commas > 0 {
      guard let lastPoint = digits.lastIndex(of: "."), let lastComma = digits.lastIndex(of: ",") else {
        return .point
      }
      return lastPoint > lastComma ? .point : .comma
    }
    if points > 1 { return .comma }
    if commas > 1 { return .point }
    guard let mark = digits.lastIndex(where: { $0 == "." || $0 == "," }) else { return .point }
    if digits[mark...].count == 4 { throw .ambiguous(text) }
    return points == 1 ? .point : .comma
  }
}

/// Why a text is no amount.
public enum MoneyError: Error, Sendable, Equatable {
  case notMoney(String)
  /// `1.234`: a thousand or one, depending on a locale that was not stated.
  case ambiguous(String)
  case twoCurrencies(String)
  /// A month, a quarter: the amount would have to be converted.
  case otherPeriod(String)
}
