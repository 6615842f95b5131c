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
    let word = label.lowercased().filter { $0.isLetter || $0.isNumber }
    switch (self, word) {
    case (.pyramid, "hightouch"), (.nbv, "hightouch"), (.tiers, "strategic"), (.tiers, "estrategicas"),
      (.tiers, "estratégicas"):
      return .highTouch
    case (.pyramid, "lowtouch"), (.nbv, "mediumtouch"), (.nbv, "midtouch"), (.tiers, "core"):
      return .lowTouch
    case (.pyramid, "techtouch"), (.pyramid, "notouch"), (.nbv, "lowtouch"), (.nbv, "techtouch"),
      (.tiers, "scale"), (.tiers, "techtouch"):
      return .techTouch
    default: return nil
    }
  }
}
