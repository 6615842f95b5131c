import Calendar
import Configuration
import Segmentation
import StableNumerics
import Testing

@Suite struct ModeTests {
  private func book(_ mode: Mode) throws -> ([Account], [Assignment]) {
    var source = SplitMix64(seed: 29)
    let accounts = (0..<400).map { Account.random("a\($0)", &source) }
    var preset = Preset()
    preset.mode = mode
    return (accounts, try run(accounts, preset: preset).assignments)
  }

  @Test("CON-16 with mode nbv the tier neither blocks nor forces anything: the situation alone decides")
  func nextBestValue() throws {
    let (accounts, places) = try book(.nbv)
    for (account, place) in zip(accounts, places) {
      let floor = account.coverageFloor(Floors())
      let situation = place.quadrant.isNeedy ? Coverage.pooled : .digital
      #expect(place.coverage == .higher(floor, situation), "whatever the tier")
    }
    #expect(Set(places.map(\.tier)).count == 4, "tiers are still told")
    var preset = Preset()
    preset.mode = .nbv
    for level in ServiceClass.allCases {
      let due = TouchCalendar.touches(
        plan: .plan(level, preset), start: newYear, renewal: newYear.adding(days: 200), from: newYear)
      #expect(due.allSatisfy { $0.kind == .renewalNotice }, "no cadence is due")
    }
  }

  @Test("CON-16 COV-12 hybrid: the tier proposes, a person comes where need asks, and no promise is broken")
  func hybrid() throws {
    let (_, segment) = try book(.segment)
    let (_, hybrid) = try book(.hybrid)
    for (proposed, place) in zip(segment, hybrid) {
      #expect(place.tier == proposed.tier)
      #expect(place.coverage == .higher(proposed.coverage, place.quadrant.isNeedy ? .pooled : .digital))
    }
    var preset = Preset()
    preset.mode = .hybrid
    #expect(
      ServiceBreach.missedReview(
        account: "a", plan: .plan(.strategic, preset), lastReview: newYear.adding(days: -400), start: nil,
        today: newYear) == nil)
    preset.mode = .segment
    #expect(
      ServiceBreach.missedReview(
        account: "a", plan: .plan(.strategic, preset), lastReview: newYear.adding(days: -400), start: nil,
        today: newYear) != nil)
  }

  @Test("CON-09 CON-10 the middle and the lowest human tier answer in both readings")
  func responses() throws {
    #expect(try PresetLibrary.preset("usd-100k").service.firstResponseHours == [1, 24, 48, 72])
    #expect(try PresetLibrary.preset("eur-20k").service.firstResponseHours == [4, 24, nil])
    let opened = try #require(Moment(newYear, hour: 10))
    #expect(ResponseTimes.oneHour[.techTouch].due(opened: opened)?.latest == opened.adding(hours: 72))
    #expect(ResponseTimes.fourHours[.scale].due(opened: opened) == nil, "self-service")
  }

  @Test(
    "CON-11 CON-12 rhythms of reviews and check-ins in each reading",
    arguments: [
      ("usd-100k", ServiceClass.core, TouchPlan.Rhythm.months(2), TouchPlan.Rhythm.months(6)),
      ("review-quarterly-core", .core, .months(2), .months(3)),
      ("review-yearly-core", .core, .months(2), .months(12)),
      ("review-optional", .core, .months(2), .never), ("eur-20k", .core, .never, .never),
      ("check-in-fortnightly", .strategic, .days(14), .months(3)),
      ("check-in-monthly", .strategic, .months(1), .months(3)),
      ("eur-20k", .strategic, .months(1), .months(3)),
    ])
  func rhythms(name: String, level: ServiceClass, checkIn: TouchPlan.Rhythm, review: TouchPlan.Rhythm) throws
  {
    let plan = TouchPlan.plan(level, try PresetLibrary.preset(name).validated())
    #expect(plan.checkIn == checkIn)
    #expect(plan.businessReview == review)
  }
}
