public import Calendar

/// Which rows of an event table a feature looks at, relative to the as-of date D. Every window ends before
/// D's midnight: a row dated D isn't known yet.
public enum FeatureWindow: Sendable, Hashable {
  /// Rows dated in [D − span, D).
  case trailing(CalendarSpan)
  /// Every row dated before D.
  case all
  /// Rows dated in the account's first `days` days, as far as they lie before D.
  case first(days: Int)
  /// Rows that began before D and hadn't ended before D: contracts in force, tickets still open.
  case running

  /// `30d`, `3mo`, `all`, `first_90d`, `running`.
  public init?(_ text: String) {
    switch text {
    case "all": self = .all
    case "running": self = .running
    default:
      if text.hasPrefix("first_"), let span = CalendarSpan(String(text.dropFirst(6))), span.months == 0 {
        self = .first(days: span.days)
      } else if let span = CalendarSpan(text) {
        self = .trailing(span)
      } else {
        return nil
      }
    }
  }

  /// What a column's name gets appended: `_30d`, `_first_90d`; nothing for `all` and `running`.
  var suffix: String {
    switch self {
    case .trailing(let span): "_\(span)"
    case .first(let days): "_first_\(days)d"
    case .all, .running: ""
    }
  }
}
