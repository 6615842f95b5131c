import Calendar
import Configuration
import Segmentation
import Testing

@Suite("Profiles of levels, quadrants and tiers")
struct ProfileTests {
  @Test("PYR-02 PYR-03 PYR-05 PYR-06 each level says who stands there, how it is served and what for")
  func profiles() {
    #expect(PyramidPlan.profile(.highTouch).english.contains("dedicated CSM"))
    #expect(PyramidPlan.profile(.highTouch).english.contains("retention and growth"))
    #expect(PyramidPlan.profile(.highTouch).english.contains("largest ARR"))
    #expect(PyramidPlan.profile(.lowTouch).english.contains("just in time"))
    #expect(Set(PyramidLevel.allCases.map { PyramidPlan.profile($0).spanish }).count == 3)
  }

  @Test("PYR-04 PYR-07 PYR-10 five activities a level, in both languages", arguments: PyramidLevel.allCases)
  func activities(level: PyramidLevel) {
    let activities = PyramidPlan.activities(level)
    #expect(activities.count == 5 && Set(activities).count == 5)
    #expect(activities.allSatisfy { $0.english != $0.spanish })
  }

  @Test("PYR-07 PYR-08 PYR-10 what risk, growth, little use and a missed milestone set off")
  func triggers() {
    func triggers(
      _ level: PyramidLevel, risk: Bool = false, growth: Bool = false, little: Bool = false,
      missed: Bool = false
    ) -> [PyramidPlan.Trigger] {
      PyramidPlan.triggers(
        level, isAtRisk: risk, isExpanding: growth, isAdoptionLow: little, isMilestoneMissed: missed)
    }
    #expect(triggers(.lowTouch, risk: true) == [.humanTask])
    #expect(triggers(.lowTouch, growth: true) == [.humanTask])
    #expect(triggers(.lowTouch).isEmpty, "healthy, no expansion: no person")
    #expect(triggers(.lowTouch, missed: true) == [.milestoneEmail])
    #expect(triggers(.techTouch, growth: true) == [.upgradeOffer])
    #expect(triggers(.techTouch, little: true) == [.helpfulArticle])
    #expect(triggers(.techTouch, risk: true).isEmpty, "no person at the base")
  }

  @Test("MTX-07 MTX-15 who stands in digital scale, and who in persistent intensive")
  func quadrants() throws {
    let healthy = try place(account("small", arr: 4_000) { ($0.health, $0.healthPrevious) = (90, 90) })
    #expect(healthy.quadrant == .digitalScale)
    #expect(try place(account("still", arr: 4_000) { $0.expansion = .low }).quadrant == .digitalScale)
    let large: [(String, (inout Account) -> Void)] = [
      ("new", { ($0.startDate, $0.onboardingComplete) = (newYear.adding(days: -30), false) }),
      ("adoption", { ($0.seats, $0.seatsUsed, $0.modulesAvailable, $0.modulesUsed) = (100, 2, 4, 0) }),
      ("notice", { $0.noticeServed = true }),
    ]
    for (id, edit) in large {
      #expect(try place(account(id, arr: 200_000, edit)).quadrant == .persistentIntensive, "\(id)")
    }
    #expect(try place(account("risk", arr: 200_000), scores(risk: 0.9)).quadrant == .persistentIntensive)
  }

  @Test("MTX-19 four accounts, one each, with their ARR")
  func chart() throws {
    let book = [
      account("1", arr: 4_000) { $0.health = 90 }, account("2", arr: 4_000) { $0.health = 10 },
      account("3", arr: 150_000) { $0.health = 90 }, account("4", arr: 160_000) { $0.health = 10 },
    ]
    let summary = Summary(try run(book).assignments, preset: Preset())
    #expect(summary.quadrants.map(\.group.accounts) == [1, 1, 1, 1])
    #expect(summary.quadrants.map(\.group.arr) == [4_000, 4_000, 150_000, 160_000])
  }

  @Test("TIR-02 TIR-03 TIR-04 shares of accounts and of ARR against what each tier is expected to hold")
  func shares() throws {
    let book =
      (0..<15).map { account("s\($0)", arr: 400_000) } + (0..<35).map { account("c\($0)", arr: 80_000) }
      + (0..<45).map { account("m\($0)", arr: 26_000) } + (0..<5).map { account("t\($0)", arr: 1_000) }
    let targets = Preset().targets
    var preset = Preset()
    preset.tierBounds = .fixed([ARRBound(400_000), ARRBound(80_000), ARRBound(26_000)])
    let summary = Summary(try run(book, preset: preset).assignments, preset: preset)
    for (tier, target) in zip(summary.tiers, targets) {
      let share = summary.accountShare(tier.group)
      #expect(
        Summary.standing(share, in: target.accounts) != .above
          && Summary.standing(share, in: target.accounts) != .below)
    }
    #expect(summary.arrShare(summary.tiers[0].group) > 50)
    #expect(targets[0] == ShareTarget(accounts: 15...20, arr: 50...70))
    #expect(targets[1] == ShareTarget(accounts: 30...40, arr: 25...35))
    #expect(targets[2] == ShareTarget(accounts: 40...50, arr: 10...20))
    #expect(Summary.standing(15, in: 10...20) == .inRange && Summary.standing(60, in: 50...70) == .inRange)
  }

  @Test(
    "TIR-05 TIR-28 the base: minimal ARR, free and trial; digital only, and small and self-sufficient above it"
  )
  func base() throws {
    #expect(try place(account("a", arr: 4_999)).coverage == .digital)
    #expect(try place(account("a", arr: 0) { $0.plan = .trial }).tier == .tier4)
    let scale = try place(account("a", arr: 20_000) { $0.expansion = .low })
    #expect(scale.tier == .tier3 && scale.coverage == .pooled)
  }

  @Test("TIR-22 TIR-23 relationship and product complexity raise need and the score, whatever the size")
  func complexity() throws {
    for field in [\Account.relationshipComplexity, \.productComplexity] {
      func place(_ value: Double) throws -> Assignment {
        try SegmentationTests.place(
          account("a", arr: 10_000) {
            $0.health = 60
            $0[keyPath: field] = value
          })
      }
      #expect(try place(90).need ?? 0 > place(10).need ?? 0)
      #expect(try place(90).tierScore ?? 0 > place(10).tierScore ?? 0)
    }
  }

  @Test("TIR-26 CRI-11 expansion or strategic importance reaches the top; every kind of fit is a yes")
  func top() throws {
    #expect(try place(account("a", arr: 50_000) { $0.expansion = .high }).tier == .tier1)
    for fit in StrategicFit.allCases where fit != .no {
      #expect(fit.isFit)
      let result = try place(account("a", arr: 60_000) { ($0.expansion, $0.strategicFit) = (.medium, fit) })
      #expect(result.tier == .tier1 && result.criteriaTier == .tier1)
    }
  }

  @Test("TIR-14 potential ARR is what is within reach in 12 to 24 months: less than today's is no growth")
  func horizon() {
    #expect(ExpansionRules().headroom(of: account("a", arr: 10_000) { $0.potentialARR = 9_000 }) == .low)
  }

  @Test("COV-02 COV-04 COV-06 COV-10 who is a candidate for which coverage, why, and who owns growth")
  func coverageAdvice() {
    let bounds = [ARRBound(20_000, inclusive: false), ARRBound(5_000)]
    func advice(
      _ arr: Double, _ expansion: ExpansionLevel? = nil, strategic: Bool = false, healthy: Bool = false,
      risk: Bool = false, autonomy: Bool? = nil
    ) -> CoverageAdvice {
      CoverageAdvice(
        arr: arr, expansion: expansion, isStrategic: strategic, isHealthy: healthy, isAtRisk: risk,
        isUnpaid: false, prefersAutonomy: autonomy, bounds: bounds)
    }
    #expect(advice(30_000).model == .highTouch && advice(30_000).reasons == [.aboveThreshold])
    #expect(advice(4_000, .high).reasons == [.highExpansion])
    #expect(advice(4_000, strategic: true).model == .highTouch)
    let autonomous = advice(30_000, healthy: true, autonomy: true)
    #expect(autonomous.model == .lowTouch && autonomous.reasons == [.healthyAutonomous])
    #expect(advice(10_000).model == .lowTouch && advice(10_000).reasons == [.middleARR])
    #expect(advice(4_000).model == .techTouch && advice(4_000).reasons == [.belowThreshold, .lowRisk])
    #expect(
      [advice(30_000), advice(10_000), advice(4_000)].map(\.growthOwner) == [.accountManager, .csm, .product])
  }

  @Test("CRI-16 need takes support, complexity and maturity of use; fit takes evidence")
  func generalInputs() throws {
    let why = try Segmenter(preset: Preset(), asOf: newYear)
    let subject = account("a", arr: 10_000) {
      ($0.tickets, $0.complexity, $0.modulesAvailable, $0.modulesUsed) = (10, 80, 4, 1)
      $0.fitEvidence = [.demos, .community]
    }
    let result = try why.segment([subject])
    let need = try why.explain(result.assignments[0], subject, nil, cuts: result.cuts).need
    #expect(need.first { $0.code == "tickets" }?.value == 100)
    #expect(need.first { $0.code == "complexity" }?.value == 80)
    #expect(need.first { $0.code == "adoption" }?.value == 75)
    #expect(subject.isStrategicFit == true)
  }

  @Test("CRI-17 COM-06 the criteria are a file that CS and Sales share, and it reads back to the same preset")
  func sharedCriteria() throws {
    for entry in PresetLibrary.entries where !entry.isVariant {
      let preset = try PresetLibrary.preset(entry.name)
      #expect(try PresetLibrary.preset("usd-100k+\(entry.name)").differences(from: preset).isEmpty)
      #expect(entry.yaml.contains("tiers"))
    }
    #expect(CoverageTable.cells.count == 18 && ProgrammeMatrix.cells.count == 20)
  }
}
