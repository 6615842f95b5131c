public import Calendar

/// How tiers move in time.
public struct MigrationRules: Sendable, Hashable {
  /// Length of a renewal cycle in months: renewal dates in the past are carried on by it, and two downgrades
  /// of one account are at least so far apart.
  public var cycleMonths: Int
  /// Grace in days for an account without a renewal date (MIG-10).
  public var fallbackGraceDays: Int
  /// How long a temporary boost or lighter contact lasts at most (TIR-24).
  public var adjustmentDays: Int

  public init(cycleMonths: Int = 12, fallbackGraceDays: Int = 365, adjustmentDays: Int = 90) {
    self.cycleMonths = max(1, cycleMonths)
    self.fallbackGraceDays = max(0, fallbackGraceDays)
    self.adjustmentDays = max(0, adjustmentDays)
  }

  /// The end of the cycle that `today` lies in: the renewal, carried on by whole cycles from its own date
  /// until it isn't past.
  public func nextRenewal(_ renewal: CalendarDate, onOrAfter today: CalendarDate) -> CalendarDate {
    guard renewal < today else { return renewal }
    var cycles = max(1, (today.daysSince1970 - renewal.daysSince1970) / (31 * cycleMonths))
    while renewal.adding(months: cycles * cycleMonths) < today { cycles += 1 }
    return renewal.adding(months: cycles * cycleMonths)
  }
}
