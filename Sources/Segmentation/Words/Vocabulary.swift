/// Whose words a book speaks. "Low touch" is the middle level of the pyramid and the lowest of next best
/// value, so a label is only understood within its vocabulary; it is never guessed.
public enum Vocabulary: String, Sendable, CaseIterable {
  /// High / Low / Tech touch.
  case pyramid
  /// Strategic / Core / Scale / Tech-Touch.
  case tiers
  /// High / Medium / Low (or Tech) touch.
  case nbv

  /// The pyramid's level that `label` means here; nil where the vocabulary has no such word. Case, spaces and
  /// hyphens don't matter.
  public func level(of label: String) -> PyramidLevel? {
    switch (self, Self.comparable(label)) {
    case (.pyramid, "hightouch"), (.nbv, "hightouch"), (.tiers, "strategic"), (.tiers, "estrategica"),
      (.tiers, "estrategicas"):
      return .highTouch
    case (.pyramid, "lowtouch"), (.nbv, "mediumtouch"), (.nbv, "midtouch"), (.tiers, "core"):
      return .lowTouch
    case (.pyramid, "techtouch"), (.pyramid, "notouch"), (.nbv, "lowtouch"), (.nbv, "techtouch"),
      (.tiers, "scale"), (.tiers, "techtouch"):
      return .techTouch
    default: return nil
    }
  }

  /// Letters and digits in lower case, without accents.
  static func comparable(_ label: String) -> String {
    let accents: [Character: Character] = ["á": "a", "é": "e", "í": "i", "ó": "o", "ú": "u"]
    return String(label.lowercased().filter { $0.isLetter || $0.isNumber }.map { accents[$0] ?? $0 })
  }
}

extension Tier {
  /// The tier that a label names in `vocabulary` where there are `count` tiers. Touch levels name the first,
  /// the second and the last; with five tiers Strategic is the second.
  public init?(label: String, vocabulary: Vocabulary, of count: Int) {
    let word = Vocabulary.comparable(label)
    if vocabulary == .tiers {
      let first = count == 5 ? 2 : 1
      switch word {
      case "ultrastrategic", "ultraestrategica", "ultraestrategicas":
        guard count == 5 else { return nil }
        self = .tier1
      case "strategic", "estrategica", "estrategicas": self.init(rawValue: first)
      case "core": self.init(rawValue: first + 1)
      case "scale": self.init(rawValue: first + 2)
      case "techtouch": self.init(rawValue: count)
      default: return nil
      }
      return
    }
    guard let level = vocabulary.level(of: label) else { return nil }
    switch level {
    case .highTouch: self = .tier1
    case .lowTouch: self = .tier2
    case .techTouch: self.init(rawValue: count)
    }
  }
}
