import Calendar
import Segmentation
import StableNumerics
import Testing

@Suite struct MigrationTests {
  /// An account walked through days, its tier earned by the ARR bounds of `usd-100k`.
  struct Walk {
    var state: AccountState?
    var events: [TierEvent] = []
    var renewal: CalendarDate? = day("2026-09-30")
    var designation: String?
    var override: TierOverride?
    var isAtHighRisk = false
    var isHealthy = false

    static func earned(_ arr: Double) -> Tier {
      arr >= 100_000 ? .tier1 : arr >= 25_000 ? .tier2 : arr >= 5_000 ? .tier3 : .tier4
    }

    @discardableResult
    mutating func night(_ date: String, arr: Double) -> Tier {
      night(day(date), arr: arr)
    }

    @discardableResult
    mutating func night(_ date: CalendarDate, arr: Double) -> Tier {
      let today = Migration.Today(
        account: "a", date: date, candidate: Self.earned(arr), arr: arr, renewal: renewal,
        designation: designation, isAtHighRisk: isAtHighRisk, isHealthy: isHealthy,
        override: override.flatMap { $0.holds(on: date) ? $0 : nil })
      let step = Migration.step(state, today)
      state = step.state
      events += step.events
      return step.state.effectiveTier
    }

    var changes: [TierEvent] { events.filter { $0.changesTier && $0.kind != .initial } }
  }

  @Test("MIG-01 a new account is placed in the same run, reason initial")
  func initial() {
    var walk = Walk()
    #expect(walk.night("2026-01-01", arr: 120_000) == .tier1)
    #expect(walk.events.map(\.kind) == [.initial])
    #expect(walk.state?.cause == "initial")
  }

  @Test(
    "MIG-01 MIG-07 where the input says in which tier an account stands, it moves from there by the rules")
  func standing() {
    func first(_ standing: Tier?, candidate: Tier, on date: String = "2026-03-01") -> (
      AccountState, [TierEvent]
    ) {
      Migration.step(
        nil,
        Migration.Today(
          account: "a", date: day(date), candidate: candidate, arr: 30_000, renewal: day("2026-09-30"),
          standing: standing))
    }
    let (below, events) = first(.tier1, candidate: .tier2)
    #expect(below.tier == .tier1 && below.cause == "tier_current")
    #expect(below.grace?.until == day("2026-09-30"), "down after the renewal, not at first sight")
    #expect(events.map(\.kind) == [.initial, .graceBegan])
    #expect(events[0].to == "tier_1" && events[0].reason == "tier_current")
    let (above, moves) = first(.tier3, candidate: .tier2)
    #expect(above.tier == .tier2 && above.grace == nil)
    #expect(moves.map(\.kind).prefix(2) == [.initial, .upgrade])
    #expect(first(.tier2, candidate: .tier2).0 == first(nil, candidate: .tier2).0)
    let next = Migration.step(
      below,
      Migration.Today(account: "a", date: day("2026-10-01"), candidate: .tier2, standing: .tier4))
    #expect(next.state.tier == .tier2, "afterwards memory knows better than the input")
  }

  @Test("MIG-06 with five tiers a designation earns the second: the first is for the ultra-strategic")
  func designationOfFive() {
    let state = Migration.step(
      nil,
      Migration.Today(
        account: "a", date: day("2026-03-01"), candidate: .tier4, designation: "partnership",
        strategicTier: .tier2)
    ).state
    #expect(state.tier == .tier2)
  }

  @Test("MIG-05 24K to 26K on 3 February moves up on 3 February")
  func upgradeAtOnce() {
    var walk = Walk()
    #expect(walk.night("2026-02-02", arr: 24_000) == .tier3)
    #expect(walk.night("2026-02-03", arr: 26_000) == .tier2)
    #expect(
      walk.changes == [
        TierEvent(
          account: "a", date: day("2026-02-03"), kind: .upgrade, from: "tier_3", to: "tier_2",
          reason: "expansion")
      ])
  }

  @Test("MIG-06 a new strategic designation moves up at once and says which")
  func designation() {
    var walk = Walk()
    walk.night("2026-02-02", arr: 2_000)
    walk.designation = "partnership"
    #expect(walk.night("2026-02-03", arr: 2_000) == .tier1)
    #expect(walk.changes.map(\.reason) == ["designation:partnership"])
  }

  @Test("MIG-07 80K on 1 March stays until the renewal of 30 September, then goes down")
  func grace() {
    var walk = Walk()
    walk.night("2026-02-28", arr: 105_000)
    #expect(walk.night("2026-03-01", arr: 80_000) == .tier1)
    #expect(
      walk.state?.grace == Grace(since: day("2026-03-01"), until: day("2026-09-30"), basis: .renewal))
    #expect(walk.night("2026-09-30", arr: 80_000) == .tier1)
    #expect(walk.night("2026-10-01", arr: 80_000) == .tier2)
    #expect(walk.state?.grace == nil)
    #expect(walk.changes.map(\.reason) == ["renewal_passed"])
  }

  @Test("MIG-08 105K before the renewal clears the grace without a change of tier")
  func recovery() {
    var walk = Walk()
    walk.night("2026-02-28", arr: 105_000)
    walk.night("2026-03-01", arr: 80_000)
    #expect(walk.night("2026-06-01", arr: 105_000) == .tier1)
    #expect(walk.state?.grace == nil)
    #expect(walk.changes.isEmpty)
    #expect(walk.events.map(\.kind) == [.initial, .graceBegan, .graceCleared])
  }

  @Test("MIG-09 105, 80, 101, 79 and the renewal at 79 make exactly one change")
  func noYoYo() {
    var walk = Walk()
    for (date, arr) in [
      ("2026-01-01", 105_000.0), ("2026-03-01", 80_000), ("2026-05-01", 101_000), ("2026-07-01", 79_000),
      ("2026-09-30", 79_000), ("2026-10-01", 79_000), ("2026-10-02", 79_000),
    ] {
      walk.night(date, arr: arr)
    }
    #expect(walk.changes.map(\.kind) == [.downgrade])
    #expect(walk.state?.tier == .tier2)
  }

  @Test("MIG-10 without a renewal date the configured length counts, and the state says so")
  func missingRenewal() {
    var walk = Walk()
    walk.renewal = nil
    walk.night("2026-01-01", arr: 105_000)
    walk.night("2026-01-02", arr: 80_000)
    #expect(walk.state?.grace?.basis == .assumed)
    #expect(walk.state?.grace?.until == day("2027-01-02"))
    #expect(walk.night("2027-01-03", arr: 80_000) == .tier2)
    #expect(walk.changes.map(\.reason) == ["grace_passed"])
  }

  @Test("MIG-07 a renewal date in the past is carried on from its own day")
  func staleRenewal() {
    let rules = MigrationRules()
    #expect(rules.nextRenewal(day("2024-02-29"), onOrAfter: day("2026-03-01")) == day("2027-02-28"))
    #expect(rules.nextRenewal(day("2024-02-29"), onOrAfter: day("2028-02-29")) == day("2028-02-29"))
    #expect(rules.nextRenewal(day("2026-09-30"), onOrAfter: day("2026-09-30")) == day("2026-09-30"))
    #expect(rules.nextRenewal(day("0001-01-31"), onOrAfter: day("2026-02-01")) == day("2027-01-31"))
  }

  @Test("MIG-02 an override holds until its expiry with author and reason, and the rules go on beneath")
  func override() {
    var walk = Walk()
    walk.override = TierOverride(
      account: "a", tier: .tier1, author: "ana", reason: "logo", since: day("2026-01-02"),
      until: day("2026-01-04"))
    #expect(walk.night("2026-01-01", arr: 30_000) == .tier2)
    #expect(walk.night("2026-01-02", arr: 30_000) == .tier1)
    #expect(walk.night("2026-01-04", arr: 30_000) == .tier1)
    #expect(walk.state?.tier == .tier2)
    #expect(walk.night("2026-01-05", arr: 30_000) == .tier2)
    #expect(walk.changes.map(\.kind) == [.overrideBegan, .overrideEnded])
    #expect(walk.changes.map(\.author) == ["ana", "pulso"])
    #expect(walk.changes.map(\.reason) == ["logo", "expired"])
  }

  @Test("TIR-24 a first tier at risk is boosted, the tier unchanged; healthy again, the boost ends")
  func boost() {
    var walk = Walk()
    walk.isAtHighRisk = true
    #expect(walk.night("2026-01-01", arr: 120_000) == .tier1)
    #expect(walk.state?.adjustment?.kind == .boost)
    #expect(walk.state?.adjustment?.until == day("2026-04-01"))
    walk.isAtHighRisk = false
    walk.isHealthy = true
    #expect(walk.night("2026-01-02", arr: 120_000) == .tier1)
    #expect(walk.state?.adjustment == nil)
  }

  @Test("TIR-24 a boost expires while the risk lasts, and is given again only after it is gone")
  func boostExpires() {
    var walk = Walk()
    walk.isAtHighRisk = true
    walk.night("2026-01-01", arr: 120_000)
    walk.night("2026-04-01", arr: 120_000)
    #expect(walk.state?.adjustment?.isActive == true)
    walk.night("2026-04-02", arr: 120_000)
    walk.night("2026-04-03", arr: 120_000)
    #expect(walk.state?.adjustment?.isActive == false)
    walk.isAtHighRisk = false
    walk.night("2026-04-04", arr: 120_000)
    walk.isAtHighRisk = true
    walk.night("2026-04-05", arr: 120_000)
    #expect(walk.state?.adjustment?.isActive == true)
    #expect(
      walk.events.map(\.kind) == [.initial, .adjustmentBegan, .adjustmentEnded, .adjustmentBegan])
  }

  @Test("TIR-24 a healthy second tier gets lighter contact for a while")
  func lighterContact() {
    var walk = Walk()
    walk.isHealthy = true
    walk.night("2026-01-01", arr: 30_000)
    #expect(walk.state?.adjustment?.kind == .lighterContact)
    #expect(walk.state?.tier == .tier2)
  }

  @Test("MIG-17 a merge keeps the higher tier and its grace, whatever the order")
  func merge() {
    var a = AccountState(tier: .tier2)
    a.grace = Grace(since: day("2026-01-01"), until: day("2026-09-30"), basis: .renewal)
    a.lastDowngrade = day("2025-03-01")
    var b = AccountState(tier: .tier3)
    b.lastDowngrade = day("2025-06-01")
    let merged = AccountState.merging(a, b)
    #expect(merged == AccountState.merging(b, a))
    #expect(merged.tier == .tier2)
    #expect(merged.grace == a.grace)
    #expect(merged.lastDowngrade == b.lastDowngrade)
    let today = Migration.Today(account: "a", date: day("2026-02-01"), candidate: .tier1, arr: 110_000)
    #expect(Migration.step(merged, today).state.tier == .tier1)
  }

  @Test("MIG-09 on random walks: at most one downgrade a cycle, upgrades never late, replay is the same")
  func randomWalks() {
    var random = SplitMix64(seed: 5)
    for _ in 0..<400 {
      var walk = Walk()
      var again = Walk()
      var date = day("2020-01-01").adding(days: random.below(1000))
      walk.renewal = random.below(4) == 0 ? nil : date.adding(days: random.below(800) - 400)
      again.renewal = walk.renewal
      var arr = 1_000 * Double(1 + random.below(200))
      for _ in 0..<60 {
        date = date.adding(days: 1 + random.below(60))
        arr = max(0, arr * (0.6 + 0.9 * random.uniform()))
        let shown = walk.night(date, arr: arr)
        #expect(!Walk.earned(arr).isHigher(than: shown))
        #expect(again.night(date, arr: arr) == shown)
      }
      let downs = walk.changes.filter { $0.kind == .downgrade }.map(\.date)
      for (earlier, later) in zip(downs, downs.dropFirst()) {
        #expect(later >= earlier.adding(months: 12))
      }
      #expect(walk.events == again.events)
    }
  }
}

func day(_ text: String) -> CalendarDate {
  CalendarDate(iso8601: text) ?? CalendarDate(daysSince1970: .min / 2)
}
