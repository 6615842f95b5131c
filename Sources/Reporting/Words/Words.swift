import Segmentation

/// The language of a report: each sentence is written once in both, side by side, where it is used, so that
/// none can be forgotten.
struct Words: Sendable {
  let language: Language
  let numbers: LocalNumbers

  init(_ language: Language) {
    self.language = language
    numbers = LocalNumbers(language: language)
  }

  func callAsFunction(_ english: String, _ spanish: String) -> String {
    language == .es ? spanish : english
  }

  func callAsFunction(_ phrase: Phrase) -> String { phrase.text(in: language) }

  /// How a model was validated, as `report.json` says it.
  func scheme(_ scheme: String, limit: Int) -> String {
    let short = Markup.shortened(scheme, limit: limit)
    guard language == .es else { return short }
    let parts = short.split(separator: " ")
    if parts.count == 2, parts[1].hasSuffix("-fold") {
      let kind = ["stratified": "estratificadas", "grouped": "por grupos"][parts[0]]
      return kind.map { "\(parts[1].dropLast(5)) particiones \($0)" } ?? short
    }
    return [
      ("forward in time,", "hacia delante en el tiempo,"), ("stretches", "tramos"),
      ("rows from", "filas desde"),
      (" on", ""), ("random rows, one in", "filas al azar, una de cada"),
      ("random groups, one in", "grupos al azar, uno de cada"), ("later table", "tabla posterior"),
    ].reduce(short) { text, pair in
      text.hasPrefix(pair.0) || text.hasSuffix(pair.0) ? text.replacing(pair.0, with: pair.1) : text
    }
  }

  /// “one account”, “42 accounts”.
  func accounts(_ count: Int) -> String {
    self(
      "\(numbers.whole(count)) account\(count == 1 ? "" : "s")",
      "\(numbers.whole(count)) cuenta\(count == 1 ? "" : "s")")
  }
}
