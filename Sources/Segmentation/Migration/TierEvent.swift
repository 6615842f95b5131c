public import Calendar

/// Something that happened to an account's place: a line of its history (MIG-14, MTX-17).
public struct TierEvent: Sendable, Hashable {
  public enum Kind: String, Sendable, CaseIterable, Codable {
    /// First seen (MIG-01).
    case initial
    case upgrade
    case downgrade
    case overrideBegan = "override_began"
    case overrideEnded = "override_ended"
    case graceBegan = "grace_began"
    /// Recovered in time: the downgrade is off, the tier never moved (MIG-08).
    case graceCleared = "grace_cleared"
    case adjustmentBegan = "adjustment_began"
    case adjustmentEnded = "adjustment_ended"
    case quadrantMoved = "quadrant_moved"
    case merged
    /// Not in the input any more.
    case departed
  }

  public var account: String
  public var date: CalendarDate
  public var kind: Kind
  /// Codes of tiers or quadrants; nil where there is none.
  public var from: String?
  public var to: String?
  public var reason: String
  /// A person's name, or `pulso` for the rules.
  public var author: String

  public init(
    account: String, date: CalendarDate, kind: Kind, from: String?, to: String?, reason: String,
    author: String = TierEvent.rules
  ) {
    self.account = account
    self.date = date
    self.kind = kind
    self.from = from
    self.to = to
    self.reason = reason
    self.author = author
  }

  public static let rules = "pulso"

  /// Whether the tier that the account is served by changed.
  public var changesTier: Bool {
    switch kind {
    case .initial, .upgrade, .downgrade, .overrideBegan, .overrideEnded: from != to
    case .graceBegan, .graceCleared, .adjustmentBegan, .adjustmentEnded, .quadrantMoved, .merged, .departed:
      false
    }
  }
}
