/// A direction in which the likelihood rises for ever: along it every row's linear predictor moves towards
/// its own outcome or stays, so that no finite estimate is best (Albert & Anderson 1984).
public struct Separation: Equatable, Sendable {
  public enum Kind: String, Equatable, Sendable {
    /// Every row moves: the terms tell the outcomes apart without a miss.
    case complete
    /// Some rows move, the others stay where they are.
    case quasi
  }

  public var kind: Kind
  /// The terms whose coefficients run away, largest first (per standard deviation).
  public var terms: [String]
  /// The rows whose fitted probability runs to 0 or 1.
  public var rows: Int
  /// Those of `rows` that have the event.
  public var events: Int

  public init(kind: Kind, terms: [String], rows: Int, events: Int) {
    self.kind = kind
    self.terms = terms
    self.rows = rows
    self.events = events
  }
}
