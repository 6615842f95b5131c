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

  /// “one account”, “42 accounts”.
  func accounts(_ count: Int) -> String {
    self(
      "\(numbers.whole(count)) account\(count == 1 ? "" : "s")",
      "\(numbers.whole(count)) cuenta\(count == 1 ? "" : "s")")
  }
}
