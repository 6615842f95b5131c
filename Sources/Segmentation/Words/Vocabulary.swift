/// Whose words a book speaks. "Low touch" is the middle level in the pyramid and the lowest in next best
/// value, so a label is only understood within its vocabulary.
public enum Vocabulary: String, Sendable, CaseIterable {
  /// High / Low / Tech touch.
  case pyramid
  /// Strategic / Core / Scale / Tech-Touch.
  case tiers
  /// High / Medium / Low (or Tech) touch.
  case nbv
}
