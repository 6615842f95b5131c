public import Calendar

/// A promise of the service that was not kept.
public struct ServiceBreach: Sendable, Hashable {
  public let account: String
  public let touch: DueTouch.Kind
  /// When it was due.
  public let due: CalendarDate
  /// Days late.
  public let daysLate: Int

  /// A business review that is never skipped and is overdue on `today`; nil where the plan allows skipping,
  /// where no review was ever due, or where it is in time (SVC-24). Without a last review the account's start
  /// counts.
  public static func missedReview(
    account: String, plan: TouchPlan, lastReview: CalendarDate?, start: CalendarDate?, today: CalendarDate
  ) -> ServiceBreach? {
    guard plan.reviewIsNeverSkipped, let since = lastReview ?? start else { return nil }
    let due: CalendarDate
    switch plan.businessReview {
    case .days(let days): due = since.adding(days: days)
    case .months(let months): due = since.adding(months: months)
    case .never: return nil
    }
    guard today > due else { return nil }
    return ServiceBreach(
      account: account, touch: .businessReview, due: due,
      daysLate: today.daysSince1970 - due.daysSince1970)
  }
}
