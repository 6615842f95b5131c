import Calendar
import Segmentation
import Testing

@Suite struct TouchCalendarTests {
  func touches(
    _ level: ServiceClass, start: String?, renewal: String? = nil, from: String
  ) -> [DueTouch] {
    TouchCalendar.touches(
      plan: .standard(level), start: start.map(day), renewal: renewal.map(day), from: day(from))
  }

  @Test("SVC-03 twelve months of a first tier: 12 check-ins or more, 4 reviews, 12 value reports")
  func strategicYear() {
    for from in ["2026-01-01", "2026-02-28", "2026-07-15"] {
      let year = touches(.strategic, start: "2023-05-31", from: from)
      #expect(year.count { $0.kind == .checkIn } >= 12)
      #expect(year.count { $0.kind == .businessReview } == 4)
      #expect(year.count { $0.kind == .valueReport } == 12)
      #expect(year == year.sorted())
    }
  }

  @Test("SVC-04 90 days of onboarding: 13 weekly touches, then every 14 days")
  func onboarding() {
    let year = touches(.strategic, start: "2026-01-01", from: "2026-01-01")
    let weekly = year.filter { $0.kind == .onboarding }.map(\.date)
    #expect(weekly.count == 13)
    #expect(zip(weekly, weekly.dropFirst()).allSatisfy { $1 == $0.adding(days: 7) })
    let checkIns = year.filter { $0.kind == .checkIn }.map(\.date)
    #expect(checkIns.first == weekly.last?.adding(days: 14))
    #expect(zip(checkIns, checkIns.dropFirst()).allSatisfy { $1 == $0.adding(days: 14) })
  }

  @Test("SVC-12 renewal notices at 60, 30 and 14 days")
  func renewalNotices() {
    #expect(
      TouchCalendar.renewalNotices(for: day("2026-12-31"))
        == [day("2026-11-01"), day("2026-12-01"), day("2026-12-17")])
    let year = touches(.techTouch, start: nil, renewal: "2026-12-31", from: "2026-06-01")
    #expect(year.map(\.date) == [day("2026-11-01"), day("2026-12-01"), day("2026-12-17")])
    let next = touches(.techTouch, start: nil, renewal: "2020-12-31", from: "2026-06-01")
    #expect(next == year)
  }

  @Test("SVC-07 SVC-10 the second tier every two months with two reviews, the third digital")
  func middle() {
    let core = touches(.core, start: "2025-01-15", from: "2026-01-15")
    #expect(core.count { $0.kind == .checkIn } == 6)
    #expect(core.count { $0.kind == .businessReview } == 2)
    let scale = touches(.scale, start: "2025-01-15", from: "2026-01-15")
    #expect(scale.count { $0.kind == .checkIn } == 4)
    #expect(!scale.contains { $0.isHuman })
  }

  @Test("SVC-03 the calendar of an account doesn't depend on the day it is asked for")
  func stable() {
    let early = touches(.strategic, start: "2024-01-31", from: "2026-01-01")
    let late = touches(.strategic, start: "2024-01-31", from: "2026-04-01")
    let overlap = day("2026-04-01")...day("2027-01-01")
    #expect(
      early.filter { overlap.contains($0.date) && $0.date > overlap.lowerBound }
        == late.filter { overlap.contains($0.date) })
  }

  @Test("SVC-19 CON-08 opened Monday 10:00: first tier by 11:00, third between Tuesday and Wednesday")
  func responseTimes() throws {
    let opened = try #require(Moment(day("2026-03-02"), hour: 10))
    #expect(opened.date.weekday == 1)
    #expect(ResponseTimes.oneHour[.strategic].due(opened: opened)?.latest.description == "2026-03-02T11:00")
    #expect(ResponseTimes.fourHours[.strategic].due(opened: opened)?.latest.description == "2026-03-02T14:00")
    let scale = try #require(ResponseTimes.oneHour[.scale].due(opened: opened))
    #expect(scale.earliest.description == "2026-03-03T10:00")
    #expect(scale.latest.description == "2026-03-04T10:00")
    #expect(ResponseTimes.fourHours[.scale].due(opened: opened) == nil)
  }

  @Test("CON-09 the middle tier is answered the same business day, Saturday's ticket on Monday")
  func sameDay() throws {
    let rule = ResponseTimes.oneHour[.core]
    let monday = try #require(Moment(day("2026-03-02"), hour: 10))
    #expect(rule.due(opened: monday)?.latest.description == "2026-03-02T18:00")
    let evening = try #require(Moment(day("2026-03-06"), hour: 19, minute: 30))
    #expect(rule.due(opened: evening)?.latest.description == "2026-03-09T18:00")
    #expect(rule.isBreached(opened: monday, answered: nil, now: evening))
    #expect(!rule.isBreached(opened: monday, answered: monday.adding(hours: 8), now: evening))
  }

  @Test("SVC-24 120 days after the last review: a breach in the first tier, none in the second")
  func breach() {
    let today = day("2026-05-01")
    let last = today.adding(days: -120)
    func breach(_ level: ServiceClass) -> ServiceBreach? {
      ServiceBreach.missedReview(
        account: "a", plan: .standard(level), lastReview: last, start: nil, today: today)
    }
    #expect(breach(.strategic)?.due == last.adding(months: 3))
    #expect(breach(.core) == nil)
  }

  @Test("COV-11 shares of people and machines sum to one, and need moves them")
  func mix() {
    let usual = TouchMix(coverage: .pooled, need: 50)
    #expect(usual.humanShare == 0.3)
    #expect(usual.digitalShare == 0.7)
    #expect(TouchMix(coverage: .pooled, need: 90).humanShare > usual.humanShare)
    #expect(TouchMix(coverage: .digital, need: 0).humanShare == 0)
    #expect(TouchMix([]) == nil)
  }
}
