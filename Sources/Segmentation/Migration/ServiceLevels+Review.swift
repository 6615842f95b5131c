public import Calendar

extension ServiceLevels {
  /// When somebody has to look at an account's tier again (MIG-04, CON-14); the last number of `reviewDays`
  /// counts for the tiers beyond the list, 90 days where it is empty.
  public func reviewDue(after last: CalendarDate, tier: Tier) -> CalendarDate {
    let days = tier.rawValue <= reviewDays.count ? reviewDays[tier.rawValue - 1] : reviewDays.last ?? 90
    return last.adding(days: days)
  }

  /// Whether the review of the tier is overdue; one due today isn't yet.
  public func reviewIsOverdue(last: CalendarDate, tier: Tier, today: CalendarDate) -> Bool {
    today > reviewDue(after: last, tier: tier)
  }
}
