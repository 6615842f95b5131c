import Configuration
import Segmentation
import Testing

@Suite struct ScorecardTests {
  /// An account of which every criterion is known.
  private func full(_ arr: Double, _ expansion: ExpansionLevel, strategic: Double = 0, complexity: Double = 0)
    -> Account
  {
    account("a", arr: arr) {
      $0.expansion = expansion
      $0.brand = strategic
      $0.complexity = complexity
    }
  }

  @Test("SCR-01 and SCR-04 80/100/50/20 give 32 + 30 + 10 + 2 = 74, line by line")
  func arithmetic() throws {
    let a = full(80_000, .high, strategic: 50, complexity: 20)
    let segmenter = try Segmenter(preset: Preset(), asOf: newYear)
    let result = try segmenter.segment([a])
    let lines = try segmenter.explain(result.assignments[0], a, nil, cuts: result.cuts).scorecard
    #expect(lines.map(\.subScore) == [80, 100, 50, 20])
    #expect(lines.map(\.points) == [32, 30, 10, 2])
    #expect(result.assignments[0].tierScore == 74)
  }

  @Test("SCR-02 weights of 40/30/20/20 are refused with their sum")
  func weights() {
    var preset = Preset()
    preset.scorecard.weights.complexity = 20
    #expect(throws: SegmentationError.weightsDoNotSum(axis: "scorecard", sum: 110)) {
      try Segmenter(preset: preset, asOf: newYear)
    }
  }

  @Test(
    "SCR-05, TIR-18, TIR-19 one mapping fits all examples of the text",
    arguments: [
      (40_000.0, ExpansionLevel.high, 46.0, Tier.tier1), (120_000, .low, 40, .tier2),
      (150_000, .low, 40, .tier2),
      (100_000, .medium, 55, .tier1),
    ])
  func examples(arr: Double, expansion: ExpansionLevel, score: Double, tier: Tier) throws {
    let result = try place(full(arr, expansion))
    #expect(result.tierScore == score)
    #expect(result.tier == tier)
  }

  @Test("TIR-27 25K with some expansion is tier 2, 24K is not yet")
  func core() throws {
    #expect(try place(full(25_000, .medium)).tier == .tier2)
    #expect(try place(full(24_000, .medium)).tier == .tier3)
  }

  @Test("SCR-06 a missing criterion gives its weight to the others and is flagged")
  func missing() throws {
    let a = account("a", arr: 60_000) {
      $0.expansion = .medium
      $0.complexity = 0
    }
    let segmenter = try Segmenter(preset: Preset(), asOf: newYear)
    let result = try segmenter.segment([a])
    let lines = try segmenter.explain(result.assignments[0], a, nil, cuts: result.cuts).scorecard
    #expect(lines.map(\.effectiveWeight) == [50, 37.5, 0, 12.5])
    #expect(result.assignments[0].tierScore == 48.75)
    #expect(result.assignments[0].flags.contains(.scorecardIncomplete))
  }

  @Test("SCR-07 a prediction is the expansion sub-score; a value set by hand overrides it and is marked")
  func prediction() throws {
    let a = account("a", arr: 40_000) {
      $0.brand = 0
      $0.complexity = 0
    }
    #expect(try place(a, scores(expansion: 0.5)).tierScore == 31)
    var manual = a
    manual.expansion = .high
    let result = try place(manual, scores(expansion: 0.5))
    #expect(result.tierScore == 46)
    #expect(result.flags.contains(.manualExpansion))
  }

  @Test(
    "SCR-08 with the EUR cut-offs A and D are tier 1, B tier 2, C tier 3",
    arguments: [
      (30_000.0, ExpansionLevel.high, 100.0, 90.0, Tier.tier1), (18_000, .medium, 0, 51, .tier2),
      (4000, .low, 0, 8, .tier3), (8000, .high, 100, 66, .tier1),
    ])
  func euro(arr: Double, expansion: ExpansionLevel, strategic: Double, score: Double, tier: Tier) throws {
    let preset = try PresetLibrary.preset("eur-20k")
    let result = try place(full(arr, expansion, strategic: strategic), preset: preset)
    #expect(result.tierScore == score)
    #expect(result.tier == tier)
  }

  @Test("SCR-03 solved cut-offs bring every share into its target")
  func solved() throws {
    var preset = Preset()
    preset.scorecard.cutOffs = .targets
    let book = (0..<200).map { index in
      account("\(index)", arr: 500 * Double(index)) {
        $0.expansion = .low; $0.brand = 10; $0.complexity = 0
      }
    }
    let result = try run(book, preset: preset)
    #expect(result.cuts.solved?.meetsTargets == true)
    let summary = Summary(result.assignments, preset: preset)
    for (tier, target) in zip(summary.tiers, preset.targets) where target.accounts != nil {
      #expect(target.accounts?.contains(summary.accountShare(tier.group)) == true)
    }
  }

  @Test("SCR-03 totals that all tie cannot be cut, and the tie is told")
  func tied() {
    let solved = CutOffs.solve(totals: Array(repeating: 40, count: 50), targets: Preset().targets)
    #expect(!solved.meetsTargets)
    #expect(solved.tied == 50)
  }

  @Test("SCR-03 targets that leave no room for every account are refused")
  func infeasible() {
    var preset = Preset()
    preset.targets = (0..<4).map { _ in ShareTarget(accounts: 30...40) }
    #expect(throws: SegmentationError.infeasibleTargets(lowSum: 120, highSum: 160)) { try preset.validated() }
  }

  @Test("TIR-13 150K without room to grow and at risk is not tier 1 but up for review")
  func arrAlone() throws {
    let result = try place(account("a", arr: 150_000) { $0.expansion = .low }, scores(risk: 0.9))
    #expect(result.tier == .tier2)
    #expect(result.tierReason == TierReason.arrAlone.rawValue)
    #expect(result.flags.contains(.review))
  }

  @Test("TIR-21 a designation lifts a tiny account to tier 1 and the reason is kept")
  func designation() throws {
    let result = try place(account("a", arr: 2000) { $0.strategicDesignation = "partnership" })
    #expect(result.tier == .tier1)
    #expect(result.tierReason == TierReason.designation.rawValue)
  }

  @Test("TIR-20 the four strategic factors make one sub-score")
  func strategicValue() {
    let a = account("a") {
      $0.brand = 100
      $0.reference = 50
      $0.influence = 30
      $0.partnership = 20
    }
    #expect(a.strategicValue == 50)
    #expect(account("a").strategicValue == nil)
  }

  @Test("TIR-24 tier 1 in need is boosted, healthy tier 2 is lightened, and the tier stays")
  func adjustments() throws {
    let risky = try place(full(150_000, .high), scores(risk: 0.9))
    #expect(risky.tier == .tier1 && risky.flags.contains(.boost))
    let calm = try place(full(150_000, .high), scores(risk: 0.05))
    #expect(calm.tier == .tier1 && !calm.flags.contains(.boost))
    var core = full(80_000, .low)
    core.health = 90
    let light = try place(core)
    #expect(light.tier == .tier2 && light.flags.contains(.lighterContact))
  }

  @Test("TIR-25 where nobody reaches 100K the top by revenue are candidates")
  func topByRevenue() throws {
    let result = try run((1...100).map { account("\($0)", arr: Double($0) * 500) })
    #expect((15...20).contains(result.assignments.count { $0.flags.contains(.topByRevenue) }))
    let rich = try run((1...100).map { account("\($0)", arr: Double($0) * 5000) })
    #expect(rich.assignments.allSatisfy { !$0.flags.contains(.topByRevenue) })
  }

  @Test(
    "TIR-29 below 5K or on trial is the last tier",
    arguments: [(4999.0, Plan?.none), (0, .trial), (90_000, .free)])
  func lastTier(arr: Double, plan: Plan?) throws {
    #expect(try place(account("a", arr: arr) { $0.plan = plan }).tier == .tier4)
  }

  @Test("TIR-06 and TIR-07 shares stand in, above or below their targets; 60 of 100 in tier 1 is too many")
  func shares() throws {
    #expect(Summary.standing(18, in: 15...20) == .inRange)
    #expect(Summary.standing(12, in: 15...20) == .below)
    #expect(Summary.standing(5, in: nil) == nil)
    let book = (0..<100).map { account("\($0)", arr: $0 < 60 ? 200_000 : 1000) }
    let result = try run(book)
    let summary = Summary(result.assignments, preset: result.preset)
    #expect(
      result.notes(summary, hasPredictions: true).contains(.topOverPopulated(share: 60, target: 15...20)))
  }

  @Test("CON-15 complexity is either criterion, their maximum or their mean")
  func complexity() {
    let a = account("a") {
      $0.productComplexity = 20
      $0.relationshipComplexity = 60
    }
    #expect(ComplexityRule.either.complexity(of: a) == 20)
    #expect(ComplexityRule.max.complexity(of: a) == 60)
    #expect(ComplexityRule.mean.complexity(of: a) == 40)
  }
}
