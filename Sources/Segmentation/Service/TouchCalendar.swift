public import Calendar

/// A touch that is due on a day.
public struct DueTouch: Sendable, Hashable, Comparable {
  public enum Kind: String, Sendable, CaseIterable, Codable {
    case onboarding
    case checkIn = "check_in"
    case businessReview = "business_review"
    case valueReport = "value_report"
    case renewalNotice = "renewal_notice"

    public var label: Phrase {
      switch self {
      case .onboarding: Phrase("Onboarding touch", es: "Contacto de onboarding")
      case .checkIn: Phrase("Check-in", es: "Seguimiento")
      case .businessReview: Phrase("Business review", es: "Revisión de negocio")
      case .valueReport: Phrase("Value report", es: "Informe de valor")
      case .renewalNotice: Phrase("Renewal notice", es: "Aviso de renovación")
      }
    }
  }

  public let date: CalendarDate
  public let kind: Kind
  public let isHuman: Bool

  public static func < (a: DueTouch, b: DueTouch) -> Bool {
    (a.date, a.kind.rawValue) < (b.date, b.kind.rawValue)
  }
}

/// The touches that a plan owes an account (SVC-03, SVC-04, SVC-12).
public enum TouchCalendar {
  /// The due touches after `from` up to and with the day `months` later, by date; where the account starts
  /// on `from`, that day's first touch too.
  ///
  /// Rhythms are counted from the account's start, or from `from` where it is unknown, so that the calendar
  /// of an account stays the same however often it is asked for. Onboarding is weekly from the first day for
  /// `onboardingDays` days; check-ins begin when it is over. A renewal in the past recurs each year. Cost
  /// O(touches since the start).
  public static func touches(
    plan: TouchPlan, start: CalendarDate?, renewal: CalendarDate?, from: CalendarDate, months: Int = 12
  ) -> [DueTouch] {
    let anchor = start ?? from
    let end = from.adding(months: months)
    func isInWindow(_ date: CalendarDate) -> Bool {
      date <= end && (date > from || (date == from && date == start))
    }
    var touches: [DueTouch] = []
    func add(_ date: CalendarDate, _ kind: DueTouch.Kind, human: Bool) {
      if isInWindow(date) { touches.append(DueTouch(date: date, kind: kind, isHuman: human)) }
    }

    var checkInAnchor = anchor
    if start != nil, plan.onboardingDays > 0 {
      var day = 0
      while day < plan.onboardingDays {
        checkInAnchor = anchor.adding(days: day)
        add(checkInAnchor, .onboarding, human: plan.isHuman)
        day += 7
      }
    }
    for date in dates(plan.checkIn, after: checkInAnchor, from: from, to: end) {
      add(date, .checkIn, human: plan.isHuman)
    }
    for date in dates(plan.businessReview, after: anchor, from: from, to: end) {
      add(date, .businessReview, human: plan.isHuman)
    }
    for date in dates(plan.valueReport, after: anchor, from: from, to: end) {
      add(date, .valueReport, human: plan.isHuman)
    }
    if let renewal {
      for date in renewals(renewal, from: from, to: end) {
        for notice in renewalNotices(for: date, days: plan.renewalNoticeDays) {
          add(notice, .renewalNotice, human: plan.isHuman)
        }
      }
    }
    return touches.sorted()
  }

  /// The days on which a renewal is announced: 60, 30 and 14 days before it (SVC-12).
  public static func renewalNotices(for renewal: CalendarDate, days: [Int] = [60, 30, 14]) -> [CalendarDate] {
    days.map { renewal.adding(days: -$0) }
  }

  private static func dates(
    _ rhythm: TouchPlan.Rhythm, after anchor: CalendarDate, from: CalendarDate, to end: CalendarDate
  ) -> [CalendarDate] {
    let gap = max(0, from.daysSince1970 - anchor.daysSince1970)
    var step: Int
    let next: (Int) -> CalendarDate
    switch rhythm {
    case .days(let days) where days > 0:
      step = max(1, gap / days)
      next = { anchor.adding(days: days * $0) }
    case .months(let months) where months > 0:
      step = max(1, gap / (31 * months))
      next = { anchor.adding(months: months * $0) }
    default:
      return []
    }
    var result: [CalendarDate] = []
    while next(step) <= end {
      result.append(next(step))
      step += 1
    }
    return result
  }

  /// The renewal and its yearly recurrences whose notices can fall between the two days.
  private static func renewals(
    _ renewal: CalendarDate, from: CalendarDate, to end: CalendarDate
  ) -> [CalendarDate] {
    var year = renewal < from ? (from.daysSince1970 - renewal.daysSince1970) / 366 : 0
    var result: [CalendarDate] = []
    while renewal.adding(months: 12 * year) <= end.adding(months: 3) {
      result.append(renewal.adding(months: 12 * year))
      year += 1
    }
    return result
  }
}
