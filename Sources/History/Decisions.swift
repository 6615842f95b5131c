public import Calendar
public import Segmentation

/// A strategic designation by decision: it earns the first tier (MIG-06, TIR-21).
public struct Designation: Sendable, Hashable {
  public var account: String
  /// Such as `partnership`.
  public var kind: String
  public var author: String
  public var reason: String
  public var since: CalendarDate
  /// The last day on which it holds; nil until it is replaced.
  public var until: CalendarDate?

  public init(
    account: String, kind: String, author: String, reason: String, since: CalendarDate, until: CalendarDate?
  ) {
    self.account = account
    self.kind = kind
    self.author = author
    self.reason = reason
    self.since = since
    self.until = until
  }
}

/// What people decided, as it stands on one day.
public struct Decisions: Sendable, Equatable {
  /// In force, by account; of several the last one recorded.
  public var overrides: [String: TierOverride] = [:]
  public var designations: [String: Designation] = [:]
  /// By absorbed account.
  public var merges: [String: AccountMerge] = [:]
  /// Open, by account.
  public var projects: [String: Project] = [:]

  public init() {}

  /// The account that `id` has ended in, through any chain of merges.
  public func survivor(of id: String) -> String {
    var current = id
    var seen: Set<String> = [id]
    while let merge = merges[current], seen.insert(merge.account).inserted { current = merge.account }
    return current
  }
}
