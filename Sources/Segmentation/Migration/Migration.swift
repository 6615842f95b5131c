public import Calendar

/// The rules by which an account moves between tiers from one night to the next: up at once, down after one
/// renewal cycle (MIG-01 to MIG-10, TIR-24).
public enum Migration {
  /// What today's run found out about an account.
  public struct Today: Sendable, Hashable {
    public var account: String
    public var date: CalendarDate
    /// The tier that today's facts earn.
    public var candidate: Tier
    public var arr: Double?
    public var renewal: CalendarDate?
    /// Why the account is strategic by decision, such as `partnership`; it earns ``strategicTier`` (MIG-06).
    public var designation: String?
    /// Who decided so; the rules where the table says so by itself.
    public var designationAuthor: String
    public var strategicTier: Tier
    /// The tier that the input says the account stands in; counts where there is no yesterday.
    public var standing: Tier?
    public var isAtHighRisk: Bool
    public var isHealthy: Bool
    /// The override in force today.
    public var override: TierOverride?

    public init(
      account: String, date: CalendarDate, candidate: Tier, arr: Double? = nil, renewal: CalendarDate? = nil,
      designation: String? = nil, designationAuthor: String = TierEvent.rules, strategicTier: Tier = .tier1,
      standing: Tier? = nil,
      isAtHighRisk: Bool = false, isHealthy: Bool = false, override: TierOverride? = nil
    ) {
      self.account = account
      self.date = date
      self.candidate = candidate
      self.arr = arr
      self.renewal = renewal
      self.designation = designation
      self.designationAuthor = designationAuthor
      self.strategicTier = strategicTier
      self.standing = standing
      self.isAtHighRisk = isAtHighRisk
      self.isHealthy = isHealthy
      self.override = override
    }

    var earned: Tier { designation == nil ? candidate : strategicTier }
  }

  /// The state after tonight, with what happened.
  ///
  /// - An earned tier above the held one is taken on the same day (MIG-05, MIG-06).
  /// - One below it starts a grace until the renewal; the first run after that day moves the account down to
  ///   what it then earns, and never sooner than a cycle after the last downgrade (MIG-07, MIG-09).
  /// - Earning the held tier again in grace clears it without a tier event (MIG-08).
  /// - An override is shown above all this, which goes on beneath it (MIG-02).
  ///
  /// Without `yesterday` the earned tier holds at once, reason `initial` (MIG-01), unless the input says where
  /// the account stands: from there it moves by the same rules. Pure, O(1); nights may be left out, and a night
  /// run twice from the same `yesterday` gives the same.
  public static func step(
    _ yesterday: AccountState?, _ today: Today, rules: MigrationRules = MigrationRules()
  ) -> (state: AccountState, events: [TierEvent]) {
    var log = Log(today)
    var state = yesterday ?? first(today)
    if yesterday == nil { log.add(.initial, from: nil, to: state.tier, state.cause) }
    move(&state, today, rules, &log)
    adjust(&state, today, rules, &log)
    override(&state, today, &log)
    state.arr = today.arr
    state.designation = today.designation
    return (state, log.events)
  }

  private static func first(_ today: Today) -> AccountState {
    guard let standing = today.standing, standing != today.earned else {
      return AccountState(tier: today.earned)
    }
    return AccountState(tier: standing, cause: "tier_current")
  }

  private static func move(
    _ state: inout AccountState, _ today: Today, _ rules: MigrationRules, _ log: inout Log
  ) {
    let held = state.tier
    let earned = today.earned
    if earned == held {
      if state.grace != nil { log.add(.graceCleared, from: held, to: held, "recovered") }
      state.grace = nil
    } else if earned.isHigher(than: held) {
      state.grace = nil
      state.tier = earned
      state.cause = upgradeReason(state, today)
      let isDecided = today.designation != nil && today.designation != state.designation
      log.add(
        .upgrade, from: held, to: earned, state.cause,
        author: isDecided ? today.designationAuthor : TierEvent.rules)
    } else {
      let grace = state.grace ?? newGrace(state, today, rules)
      if state.grace == nil {
        log.add(.graceBegan, from: held, to: earned, "grace_until_" + grace.until.description)
      }
      state.grace = grace
      if today.date > grace.until {
        state.tier = earned
        state.grace = nil
        state.lastDowngrade = today.date
        state.cause = grace.basis == .renewal ? "renewal_passed" : "grace_passed"
        log.add(.downgrade, from: held, to: earned, state.cause)
      }
    }
  }

  private static func upgradeReason(_ state: AccountState, _ today: Today) -> String {
    if let designation = today.designation, designation != state.designation {
      return "designation:\(designation)"
    }
    if let arr = today.arr, let before = state.arr, arr > before { return "expansion" }
    return "criteria"
  }

  private static func newGrace(_ state: AccountState, _ today: Today, _ rules: MigrationRules) -> Grace {
    var until: CalendarDate
    var basis = Grace.Basis.renewal
    if let renewal = today.renewal {
      until = rules.nextRenewal(renewal, onOrAfter: today.date)
    } else {
      until = today.date.adding(days: rules.fallbackGraceDays)
      basis = .assumed
    }
    if let last = state.lastDowngrade {
      until = max(until, last.adding(months: rules.cycleMonths).adding(days: -1))
    }
    return Grace(since: today.date, until: until, basis: basis)
  }

  private static func adjust(
    _ state: inout AccountState, _ today: Today, _ rules: MigrationRules, _ log: inout Log
  ) {
    let cause: Adjustment.Kind? =
      switch state.tier {
      case .tier1 where today.isAtHighRisk: .boost
      case .tier2 where today.isHealthy && !today.isAtHighRisk: .lighterContact
      default: nil
      }
    if let old = state.adjustment {
      if old.kind != cause {
        state.adjustment = nil
        if old.isActive { log.add(.adjustmentEnded, "\(old.kind.rawValue):cause_gone") }
      } else if old.isActive, today.date > old.until {
        state.adjustment?.isActive = false
        log.add(.adjustmentEnded, "\(old.kind.rawValue):expired")
      }
    }
    if let cause, state.adjustment == nil {
      let until = today.date.adding(days: rules.adjustmentDays)
      state.adjustment = Adjustment(kind: cause, since: today.date, until: until)
      log.add(.adjustmentBegan, cause.rawValue + ":until_" + until.description)
    }
  }

  private static func override(_ state: inout AccountState, _ today: Today, _ log: inout Log) {
    let before = state.overridden
    state.overridden = today.override?.tier
    guard before != state.overridden else { return }
    if let override = today.override {
      log.add(
        .overrideBegan, from: before ?? state.tier, to: override.tier, override.reason,
        author: override.author)
    } else if let before {
      log.add(.overrideEnded, from: before, to: state.tier, "expired")
    }
  }

  private struct Log {
    private let account: String
    private let date: CalendarDate
    private(set) var events: [TierEvent] = []

    init(_ today: Today) {
      account = today.account
      date = today.date
    }

    mutating func add(
      _ kind: TierEvent.Kind, from: Tier? = nil, to: Tier? = nil, _ reason: String,
      author: String = TierEvent.rules
    ) {
      events.append(
        TierEvent(
          account: account, date: date, kind: kind, from: from?.code, to: to?.code,
          reason: reason,
          author: author))
    }
  }
}
