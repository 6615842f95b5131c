import Calendar
import Segmentation
import Testing

@Suite struct MatrixTests {
  @Test(
    "MTX-03 to MTX-06 the four quadrants",
    arguments: [
      (4000.0, 90.0, Quadrant.digitalScale), (4000, 10, .project), (150_000, 90, .persistentLight),
      (150_000, 10, .persistentIntensive),
    ])
  func quadrants(arr: Double, health: Double, quadrant: Quadrant) throws {
    #expect(try place(account("a", arr: arr) { $0.health = health }).quadrant == quadrant)
  }

  @Test("MTX-01 and MTX-02 both axes are the weighted means of their visible parts")
  func axes() throws {
    let a = account("a", arr: 50_000) {
      $0.potentialARR = 80_000
      $0.brand = 20
      $0.strategicFit = .no
      $0.health = 60
      $0.modulesAvailable = 4
      $0.modulesUsed = 1
      $0.seats = 100
      $0.seatsUsed = 30
      $0.tickets = 5
      $0.complexity = 40
    }
    let s = scores(risk: 0.3, expansion: 0.4)
    let segmenter = try Segmenter(preset: Preset(), asOf: newYear)
    let result = try segmenter.segment([a], scores: ["a": s])
    let why = try segmenter.explain(result.assignments[0], a, s, cuts: result.cuts)
    #expect(why.importance.map(\.code) == ["arr", "potential_arr", "expansion", "brand", "strategic"])
    #expect(
      why.need.map(\.code) == ["churn_risk", "health", "adoption", "licences", "tickets", "complexity"])
    // (50·30 + 80·20 + 40·30 + 20·10 + 20·10) / 100: a fit of no leaves the factors' mean, 20.
    #expect(result.assignments[0].importance == 47)
    // (30·40 + 40·20 + 75·15 + 70·10 + 50·5 + 40·10) / 100
    #expect(result.assignments[0].need == 44.75)
    #expect(result.assignments[0].flags.isDisjoint(with: [.importanceIncomplete, .needIncomplete]))
  }

  @Test("MTX-10 a new account with onboarding open is in need; one of 91 days is not new any more")
  func onboarding() throws {
    func open(days: Int) throws -> Assignment {
      try place(
        account("a", arr: 4000) {
          $0.startDate = newYear.adding(days: -days)
          $0.onboardingComplete = false
          $0.health = 95
        })
    }
    #expect(try open(days: 30).quadrant == .project)
    #expect(try open(days: 30).flags.contains(.onboardingOpen))
    #expect(try open(days: 91).quadrant == .digitalScale)
  }

  @Test("MTX-10 and PRD-06 a fall from 80 to 50 is abrupt and asks for attention")
  func healthDrop() throws {
    let result = try place(
      account("a", arr: 4000) {
        $0.healthPrevious = 80
        $0.health = 50
      })
    #expect(result.flags.contains(.healthDrop))
    #expect(result.quadrant == .project)
  }

  @Test("MTX-11 an account in trouble gets a project with kind, owner, start and exit")
  func project() throws {
    let a = account("a", arr: 4000) {
      $0.startDate = newYear.adding(days: -10)
      $0.onboardingComplete = false
      $0.csm = "team"
    }
    let project = Project(for: try place(a), owner: a.csm, floors: Floors(), start: newYear)
    #expect(project == Project(kind: .onboarding, owner: "team", start: newYear, healthyFrom: 75))
    #expect(
      Project(for: try place(account("b", arr: 4000)), owner: nil, floors: Floors(), start: newYear) == nil)
  }

  @Test(
    "MTX-12 a project ends when it is done and the customer healthy; either alone is not enough",
    arguments: [(true, 80.0, Quadrant.digitalScale), (true, 60, .project), (false, 80, .project)])
  func projectExit(isDone: Bool, health: Double, quadrant: Quadrant) throws {
    let open = Project(kind: .risk, owner: nil, start: newYear, isDone: isDone)
    let segmenter = try Segmenter(preset: Preset(), asOf: newYear, openProjects: ["a": open])
    let result = try segmenter.segment([account("a", arr: 4000) { $0.health = health }])
    #expect(result.assignments[0].quadrant == quadrant)
  }

  @Test("MTX-13 a premium plan is a floor on coverage, whatever the size")
  func premium() throws {
    let plain = try place(account("a", arr: 1000) { $0.health = 90 })
    let premium = try place(
      account("a", arr: 1000) {
        $0.health = 90
        $0.premiumPlan = true
      })
    #expect(plain.coverage == .digital)
    #expect(premium.coverage == .shared)
    #expect(premium.tier == plain.tier)
  }

  @Test("MTX-18 a risk of 0.35 at a cut of 0.35 is high")
  func riskCut() throws {
    var preset = Preset()
    preset.matrix.need.riskCut = 0.35
    #expect(try place(account("a", arr: 4000), scores(risk: 0.35), preset: preset).quadrant == .project)
    #expect(
      try place(account("a", arr: 4000), scores(risk: 0.3499), preset: preset).quadrant == .digitalScale)
  }

  @Test("MTX-18 a percentile cut takes the highest fifth")
  func percentileCut() throws {
    var preset = Preset()
    preset.matrix.importance.cut = .percentile(80)
    let book = (1...100).map { account("\($0)", arr: Double($0) * 100) }
    #expect(try run(book, preset: preset).assignments.count { $0.quadrant.isImportant } == 20)
  }

  @Test("PRD-07 predicted risk moves need, predicted expansion moves importance, and nothing else")
  func predictions() throws {
    let calm = try place(account("a", arr: 10_000), scores(risk: 0.1, expansion: 0.1))
    let risky = try place(account("a", arr: 10_000), scores(risk: 0.9, expansion: 0.1))
    let growing = try place(account("a", arr: 10_000), scores(risk: 0.1, expansion: 0.9))
    #expect(calm.quadrant == .digitalScale)
    #expect(risky.quadrant == .project && risky.importance == calm.importance)
    #expect(growing.quadrant == .persistentLight && growing.need == calm.need)
  }

  @Test("the quadrant is unsure where the risk's interval crosses the cut")
  func unsure() throws {
    func sure(_ low: Double, _ high: Double) throws -> Bool {
      try place(
        account("a", arr: 10_000),
        scores(risk: 0.4, expansion: 0.1) {
          $0.churnRiskLow = low
          $0.churnRiskHigh = high
        }
      ).isQuadrantSure
    }
    #expect(try sure(0.3, 0.45))
    #expect(try !sure(0.3, 0.55))
  }

  @Test("PRD-10 fall and collapse of health are two thresholds")
  func collapse() throws {
    func flags(_ from: Double, _ to: Double) throws -> Flags {
      try place(
        account("a", arr: 1000) {
          $0.healthPrevious = from
          $0.health = to
        }
      ).flags
    }
    #expect(try flags(60, 45).contains(.healthFell))
    #expect(try flags(60, 15).contains(.healthCollapsed))
    #expect(try flags(60, 55).isDisjoint(with: [.healthFell, .healthCollapsed]))
  }

  @Test("PRD-11 without a model the rules place every account and the result says so")
  func noModel() throws {
    let result = try run([account("a", arr: 150_000) { $0.health = 20 }])
    #expect(result.assignments[0].quadrant == .persistentIntensive)
    let summary = Summary(result.assignments, preset: result.preset)
    #expect(result.notes(summary, hasPredictions: false).contains(.noPredictions))
  }

  @Test("MTX-20 the two systems are compared in six rows and two columns, in both languages")
  func comparison() {
    let cells = SystemFeature.allCases.flatMap { row in
      SystemAdvice.System.allCases.map { row.text(of: $0) }
    }
    #expect(cells.count == 12 && Set(cells).count == 12)
    #expect(cells.allSatisfy { !$0.english.isEmpty && !$0.spanish.isEmpty })
  }

  @Test("MTX-21 25 customers, one manager and a simple product: the pyramid, with its reasons")
  func advisePyramid() {
    let advice = SystemAdvice(
      accounts: 25, managers: 1, isSimpleProduct: true, evidence: [.usage, .health, .tickets])
    #expect(advice.system == .pyramid)
    #expect(advice.reasons == [.fewAccounts, .fewManagers, .simpleProduct])
  }

  @Test("MTX-22 2,000 customers with usage, health and tickets: the matrix; without usage it says so")
  func adviseMatrix() {
    let ready = SystemAdvice(
      accounts: 2000, managers: 12, isSimpleProduct: nil, evidence: [.usage, .health, .tickets])
    #expect(ready.system == .matrix && ready.missing.isEmpty)
    let blind = SystemAdvice(
      accounts: 2000, managers: 12, isSimpleProduct: nil, evidence: [.health, .tickets])
    #expect(blind.system == .pyramid && blind.missing == [.usage])
  }
}
