public import Calendar

/// What a night remembers of an account for the next one.
public struct AccountState: Sendable, Hashable {
  /// The tier by the rules, below any override.
  public var tier: Tier
  /// Why the account holds the tier shown: `initial`, `tier_current` (the input said so), `expansion`,
  /// `designation:KIND`, `criteria`, `renewal_passed`, `grace_passed`.
  public var cause: String
  /// Set while the account keeps a tier that it no longer earns.
  public var grace: Grace?
  public var lastDowngrade: CalendarDate?
  /// The temporary adjustment; kept after its end while its cause lasts, so that it is not given again.
  public var adjustment: Adjustment?
  /// Whether an override set the tier shown.
  public var overridden: Tier?
  public var arr: Double?
  public var designation: String?

  public init(tier: Tier, cause: String = "initial") {
    self.tier = tier
    self.cause = cause
  }

  /// The tier to show and to serve by: the override where there is one.
  public var effectiveTier: Tier { overridden ?? tier }
}

/// A downgrade that waits for the end of the renewal cycle (MIG-07).
public struct Grace: Sendable, Hashable {
  public enum Basis: String, Sendable, Codable {
    case renewal
    /// No renewal date is known; the configured length was taken (MIG-10).
    case assumed
  }

  public var since: CalendarDate
  /// The last day on which the old tier holds.
  public var until: CalendarDate
  public var basis: Basis

  public init(since: CalendarDate, until: CalendarDate, basis: Basis) {
    self.since = since
    self.until = until
    self.basis = basis
  }
}

/// More or less attention for a while, the tier unchanged (TIR-24).
public struct Adjustment: Sendable, Hashable {
  public enum Kind: String, Sendable, CaseIterable, Codable {
    /// First tier at high risk: extra resources.
    case boost
    /// Second tier and healthy: lighter contact.
    case lighterContact = "lighter_contact"
  }

  public var kind: Kind
  public var since: CalendarDate
  /// The last day on which it holds.
  public var until: CalendarDate
  /// False once the end has passed while the cause lasts.
  public var isActive: Bool

  public init(kind: Kind, since: CalendarDate, until: CalendarDate, isActive: Bool = true) {
    self.kind = kind
    self.since = since
    self.until = until
    self.isActive = isActive
  }
}

/// A tier set by a person (MIG-02).
public struct TierOverride: Sendable, Hashable {
  public var account: String
  public var tier: Tier
  public var author: String
  public var reason: String
  public var since: CalendarDate
  /// The last day on which it holds; nil until it is replaced.
  public var until: CalendarDate?

  public init(
    account: String, tier: Tier, author: String, reason: String, since: CalendarDate, until: CalendarDate?
  ) {
    self.account = account
    self.tier = tier
    self.author = author
    self.reason = reason
    self.since = since
    self.until = until
  }

  public func holds(on date: CalendarDate) -> Bool {
    since <= date && (until.map { date <= $0 } ?? true)
  }
}
