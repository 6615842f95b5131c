import Segmentation
import Testing

@Suite struct CatalogueTests {
  @Test("SVC-22 the programme matrix has twenty cells, all different within a programme")
  func programmeMatrix() {
    let cells = ProgrammeMatrix.cells
    #expect(cells.count == 20)
    #expect(Set(cells.map { "\($0.programme)/\($0.level)" }).count == 20)
    #expect(Set(cells.map(\.text)).count == 20)
    #expect(cells.allSatisfy { !$0.text.english.isEmpty && !$0.text.spanish.isEmpty })
  }

  @Test(
    "SVC-17 SVC-18 SVC-19 SVC-20 SVC-21 each programme says what its source says",
    arguments: [
      (Programme.businessReview, ServiceClass.strategic, "Quarterly"),
      (.businessReview, .core, "Twice a year"),
      (.businessReview, .scale, "yearly report"), (.businessReview, .techTouch, "dashboards"),
      (.training, .strategic, "Custom sessions"), (.training, .core, "webinars"),
      (.training, .scale, "video library"), (.training, .techTouch, "Self-service"),
      (.support, .strategic, "under 1 hour"), (.support, .core, "Same day"),
      (.support, .scale, "24 to 48 hours"), (.support, .techTouch, "2 to 3 days"),
      (.planning, .strategic, "joint roadmaps"), (.planning, .core, "Templated"),
      (.planning, .scale, "no formal plan"), (.planning, .techTouch, "Self-directed"),
      (.expansion, .strategic, "custom pricing"), (.expansion, .core, "upsell"),
      (.expansion, .scale, "Automated upgrade"), (.expansion, .techTouch, "In-product"),
    ])
  func programme(_ programme: Programme, _ level: ServiceClass, _ words: String) {
    #expect(ProgrammeMatrix.text(programme, level).english.contains(words))
  }

  @Test("COV-07 the coverage table has eighteen cells")
  func coverageTable() {
    #expect(CoverageTable.cells.count == 18)
    #expect(Set(CoverageTable.cells.map { "\($0.row)/\($0.model)" }).count == 18)
  }

  @Test("COV-01 COV-03 COV-05 the coverage models are dedicated, shared and none")
  func coverageModels() {
    #expect(CoverageTable.text(.csm, .highTouch).english == "Yes, 1 for 15 to 30")
    #expect(CoverageTable.text(.response, .highTouch).english == "Under 4 hours")
    #expect(CoverageTable.text(.checkIns, .lowTouch).english == "Reactive")
    #expect(CoverageTable.text(.csm, .techTouch).english == "No")
    #expect(Coverage.allCases.map(\.touchModel) == [.highTouch, .lowTouch, .lowTouch, .techTouch])
  }

  @Test("COV-08 one churn alert: high, medium, or suppressed unless critical")
  func alertPriority() {
    #expect(AlertPriority(.highTouch, isCritical: false) == .high)
    #expect(AlertPriority(.lowTouch, isCritical: false) == .medium)
    #expect(AlertPriority(.techTouch, isCritical: false) == .suppressed)
    #expect(AlertPriority(.techTouch, isCritical: true) == .high)
  }

  @Test("COV-09 bought coverage counts as purchased where it is more than what was earned")
  func purchased() {
    let bought = GrantedCoverage(earned: .digital, purchased: .shared)
    #expect(bought.coverage == .shared)
    #expect(bought.basis == .purchased)
    let earned = GrantedCoverage(earned: .dedicated, purchased: .shared)
    #expect(earned.coverage == .dedicated)
    #expect(earned.basis == .earned)
  }

  @Test("SVC-01 SVC-02 SVC-05 the first tier has a named CSM, a sponsor, product access and priority support")
  func strategic() {
    let codes = Set(ServiceCatalogue.items(.strategic).map(\.code))
    #expect(
      codes.isSuperset(of: [
        "named_csm", "executive_sponsor", "success_plan", "product_access", "priority_support",
        "direct_channel", "custom_training", "early_access",
      ]))
    #expect(ServiceCatalogue.items(.strategic).count { $0.topic == .touchpoint } == 5)
  }

  @Test("SVC-06 SVC-07 SVC-08 the second tier is shared, its education automated, its kickoff personal")
  func core() {
    let items = ServiceCatalogue.items(.core)
    #expect(items.contains { $0.code == "shared_csm" && $0.isHuman })
    #expect(items.contains { $0.code == "nurture" && !$0.isHuman })
    #expect(items.contains { $0.code == "standard_onboarding" && $0.isHuman })
  }

  @Test("SVC-09 SVC-10 SVC-11 SVC-23 the third tier has a pool and five digital touchpoints")
  func scale() {
    let items = ServiceCatalogue.items(.scale)
    #expect(items.count { $0.topic == .touchpoint && !$0.isHuman } == 5)
    #expect(items.count { $0.topic == .touchpoint && $0.isHuman } == 0)
    #expect(items.contains { $0.code == "pooled_csm" })
  }

  @Test("SVC-13 SVC-14 the last tier has nobody but tickets on demand, and a full self-service set")
  func techTouch() {
    let items = ServiceCatalogue.items(.techTouch)
    #expect(items.filter(\.isHuman).map(\.code) == ["tickets"])
    #expect(items.count { $0.topic == .selfService } == 4)
  }

  @Test("MTX-09 every quadrant's plan contains the digital base layer")
  func digitalBase() {
    let base = Set(QuadrantPlan.actions(.digitalScale))
    #expect(base.count == 4)
    for quadrant in Quadrant.allCases {
      #expect(Set(QuadrantPlan.actions(quadrant)).isSuperset(of: base))
    }
  }

  @Test("MTX-08 MTX-14 MTX-16 MTX-23 people only outside digital scale, something proactive everywhere")
  func quadrantPlans() {
    #expect(!QuadrantPlan.actions(.digitalScale).contains { $0.isHuman })
    for quadrant in Quadrant.allCases {
      #expect(QuadrantPlan.actions(quadrant).contains { $0.isProactive })
    }
    #expect(QuadrantPlan.actions(.persistentLight).contains { $0.code == "growth_talk" })
    #expect(QuadrantPlan.actions(.persistentIntensive).contains { $0.code == "executive_relationship" })
    #expect(QuadrantPlan.actions(.project).contains { $0.code == "named_project" })
  }

  @Test("SVC-15 SVC-16 COV-12 a trial that pays, a collapse of health and full seats bring a person")
  func humanTriggers() {
    var before = Account(id: "a")
    before.plan = .trial
    before.health = 80
    before.seats = 100
    before.seatsUsed = 50
    var now = before
    #expect(HumanTrigger.triggered(from: before, to: now).isEmpty)
    now.plan = .paid
    #expect(HumanTrigger.triggered(from: before, to: now) == [.upgradedToPaid])
    now.health = 40
    now.seatsUsed = 85
    #expect(
      HumanTrigger.triggered(from: before, to: now) == [.healthCollapsed, .upgradedToPaid, .expansionUsage])
  }
}
