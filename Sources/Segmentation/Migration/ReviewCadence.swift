public import Calendar

/// How often somebody looks at every account's tier (MIG-04, CON-14).
public enum ReviewCadence: String, Sendable, CaseIterable, Codable {
  case quarterly
  /// Monthly for the first tier, quarterly for the rest.
  case monthlyTop = "monthly_top"

  public func due(after last: CalendarDate, tier: Tier) -> CalendarDate {
    last.adding(months: self == .monthlyTop && tier == .tier1 ? 1 : 3)
  }

  /// Whether a review is overdue; one due today isn't yet.
  public func isOverdue(last: CalendarDate, tier: Tier, today: CalendarDate) -> Bool {
    today > due(after: last, tier: tier)
  }
}
