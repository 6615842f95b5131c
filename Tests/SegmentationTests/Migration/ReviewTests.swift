import Calendar
import Segmentation
import Testing

@Suite struct ReviewTests {
  @Test("CON-14 MIG-04 40 days after its review a first tier is overdue monthly, not quarterly")
  func cadence() {
    var monthlyTop = ServiceLevels()
    monthlyTop.reviewDays = [30, 90, 90, 90]
    let last = day("2026-01-01")
    let today = last.adding(days: 40)
    #expect(monthlyTop.reviewIsOverdue(last: last, tier: .tier1, today: today))
    #expect(!monthlyTop.reviewIsOverdue(last: last, tier: .tier2, today: today))
    #expect(!ServiceLevels().reviewIsOverdue(last: last, tier: .tier1, today: today))
    #expect(!monthlyTop.reviewIsOverdue(last: last, tier: .tier1, today: last.adding(days: 30)))
  }

  @Test("MIG-03 MIG-16 four accounts, one of each class of change")
  func classes() {
    func snapshot(
      _ tier: Tier, arr: Double, designation: String? = nil, risk: Bool = false, health: Double = 60
    ) -> QuarterlyReview.Snapshot {
      QuarterlyReview.Snapshot(
        earned: tier, arr: arr, designation: designation, isAtHighRisk: risk, health: health)
    }
    let base = snapshot(.tier2, arr: 50_000)
    #expect(QuarterlyReview.changes(from: base, to: snapshot(.tier1, arr: 120_000)) == [.expanded])
    #expect(QuarterlyReview.changes(from: base, to: snapshot(.tier3, arr: 20_000)) == [.contracted])
    #expect(
      QuarterlyReview.changes(from: base, to: snapshot(.tier2, arr: 50_000, risk: true))
        == [.strategicOrRisk])
    #expect(
      QuarterlyReview.changes(from: base, to: snapshot(.tier1, arr: 50_000, designation: "partnership"))
        == [.strategicOrRisk])
    #expect(QuarterlyReview.changes(from: base, to: snapshot(.tier2, arr: 50_000, health: 40)) == [.health])
    #expect(QuarterlyReview.changes(from: base, to: base).isEmpty)
  }

  @Test("MIG-15 from the third to the second tier: introduce the CSM, schedule the kickoff")
  func workflow() {
    let event = TierEvent(
      account: "a", date: day("2026-02-03"), kind: .upgrade, from: "tier_3", to: "tier_2",
      reason: "expansion")
    let codes = event.consequences(tierCount: 4)?.tasks.map(\.code)
    #expect(codes == ["stop_automations", "introduce_csm", "schedule_kickoff"])
  }

  @Test("MIG-18 a change of tier lists the programmes that change with it")
  func consequences() {
    let event = TierEvent(
      account: "a", date: day("2026-02-03"), kind: .downgrade, from: "tier_1", to: "tier_2",
      reason: "renewal_passed")
    #expect(event.consequences(tierCount: 4)?.programmes == Programme.allCases)
    let grace = TierEvent(
      account: "a", date: day("2026-02-03"), kind: .graceBegan, from: "tier_1", to: "tier_2", reason: "")
    #expect(grace.consequences(tierCount: 4) == nil)
  }

  @Test("CON-05 with three tiers Scale and Tech-Touch are one; with five the first two are strategic")
  func tierCounts() {
    #expect([1, 2, 3].compactMap(Tier.init).map { ServiceClass($0, of: 3) } == [.strategic, .core, .scale])
    #expect(
      Tier.allCases.map { ServiceClass($0, of: 5) } == [.strategic, .strategic, .core, .scale, .techTouch])
    #expect(
      Tier.allCases.prefix(4).map { ServiceClass($0, of: 4) } == [.strategic, .core, .scale, .techTouch])
  }
}
