import Features
import Metrics
import ModelFile
import Scoring
import StableNumerics
import Tables
import Testing
import Training

@Suite("Drift")
struct DriftTests {
  let scorer: Scorer

  init() throws {
    scorer = try Scorer(
      Model(
        name: "churn", role: .risk, target: "churn", positive: "yes",
        recipe: FittedRecipe(
          inputs: [
            RecipeInput(name: "usage", kind: .numeric, missing: .replace(0)),
            RecipeInput(
              name: "plan", kind: .categorical, missing: .level, levels: ["basic", "pro"]),
          ],
          terms: [
            RecipeTerm(name: "usage", factors: [RecipeFactor(input: 0, basis: .identity)]),
            RecipeTerm(name: "plan[pro]", factors: [RecipeFactor(input: 1, basis: .level("pro"))]),
          ]),
        intercept: -1, coefficients: [1, -0.5], termMeans: [0, 0.5], eventRate: 0.3, rows: 1000))
  }

  func table(
    _ count: Int, seed: UInt64, shift: Double = 0, missing: Double = 0, plans: [String] = ["basic", "pro"]
  ) throws -> Table {
    var random = SplitMix64(seed: seed)
    var usage: [Double] = []
    var plan: [String?] = []
    for _ in 0..<count {
      let value = random.uniform() + random.uniform() + random.uniform() - 1.5 + shift
      usage.append(random.uniform() < missing ? .nan : value)
      plan.append(plans[random.below(plans.count)])
    }
    return try Table(columns: [
      Column(name: "usage", values: .numeric(usage)), Column(name: "plan", values: .text(CodedText(plan))),
    ])
  }

  @Test("the same table has no shift at all; a sample of the same law none beyond noise")
  func nothing() throws {
    let then = try table(1000, seed: 1)
    let baseline = try Baseline(scorer, then)
    let same = try DriftReport(baseline, scorer, then)
    for shift in [same.score] + same.inputs {
      #expect(shift.psi?.index == 0 && shift.effect == 0 && shift.unseenLevels.isEmpty)
    }
    let later = try DriftReport(baseline, scorer, table(200, seed: 2))
    #expect(later.findings(DriftLimits([(.psi, 0), (.effect, 0.25), (.unseen, 0)])).isEmpty)
    #expect(later.quality == nil)
  }

  @Test("a moved column, missing values and a new level are each found and named")
  func found() throws {
    let baseline = try Baseline(scorer, table(1000, seed: 1))
    let later = try table(500, seed: 3, shift: 0.5, missing: 0.2, plans: ["basic", "pro", "gold"])
    let report = try DriftReport(baseline, scorer, later)
    let usage = report.inputs[0]
    #expect(try #require(usage.psi).index > 0.3)
    #expect(abs(usage.effect - 1) < 0.15)  // 0.5 of a standard deviation of 0.5
    #expect(usage.missingThen == 0 && abs(usage.missingNow - 0.2) < 0.05)
    #expect(report.inputs[1].unseenLevels == ["gold"])
    #expect(abs(report.inputs[1].unseenShare - 1.0 / 3) < 0.05)
    let findings = report.findings(DriftLimits([(.psi, 0.2), (.missing, 0.1), (.unseen, 0)]))
    #expect(
      findings.map { "\($0.measure.rawValue) \($0.name ?? "")" } == [
        "psi score", "psi usage", "psi plan", "missing usage", "unseen plan",
      ])
  }

  @Test("a column that was constant is found when it moves, either way")
  func constant() throws {
    let model = scorer
    func constantTable(_ value: Double) throws -> Table {
      try Table(columns: [
        Column(name: "usage", values: .numeric(Array(repeating: value, count: 100))),
        Column(name: "plan", values: .text(CodedText(Array(repeating: "pro", count: 100)))),
      ])
    }
    let baseline = try Baseline(model, constantTable(3))
    #expect(try DriftReport(baseline, model, constantTable(3)).inputs[0].psi?.index == 0)
    for moved in [2.0, 4] {
      let report = try DriftReport(baseline, model, constantTable(moved))
      #expect(report.findings(DriftLimits([(.psi, 0.2)])).contains { $0.name == "usage" })
    }
  }

  @Test("with outcomes the probabilities are judged too")
  func quality() throws {
    let later = try table(2000, seed: 4)
    let scores = try scorer.score(later)
    var random = SplitMix64(seed: 9)
    let outcomes = scores.probabilities.map {
      random.uniform() < $0 ? 1.0 : random.uniform() < 0.05 ? .nan : 0
    }
    let report = try DriftReport(try Baseline(scorer, later), scorer, later, outcomes: outcomes)
    let quality = try #require(report.quality)
    #expect(quality.rows < 2000 && quality.rows > 1850)
    #expect(abs(try #require(quality.calibrationSlope).value - 1) < 0.35)
    #expect(report.findings(DriftLimits([(.ece, 0.9)])).isEmpty)
    #expect(report.findings(DriftLimits([(.ece, 0)])).count == 1)
  }

  @Test("baseline.json comes back the same, and a changed byte is refused")
  func file() throws {
    let baseline = try Baseline(scorer, table(300, seed: 1, missing: 0.1))
    let bytes = baseline.encoded()
    #expect(try Baseline(decoding: bytes, path: "baseline.json") == baseline)
    for position in stride(from: 0, to: bytes.count, by: 7) {
      var changed = bytes
      changed[position] ^= 1
      #expect(throws: BaselineError.self) { try Baseline(decoding: changed, path: "baseline.json") }
      #expect(throws: BaselineError.notABaseline(path: "b")) {
        try Baseline(decoding: Array(bytes.prefix(position)), path: "b")
      }
    }
    let edited = String(decoding: bytes, as: UTF8.self).replacing("\"rows\": 300", with: "\"rows\": 301")
    #expect(throws: BaselineError.damaged(path: "b")) {
      try Baseline(decoding: Array(edited.utf8), path: "b")
    }
    let later = String(decoding: bytes, as: UTF8.self)
      .replacing("\"format_version\": 1", with: "\"format_version\": 2")
    #expect(throws: BaselineError.unknownFormatVersion(path: "b", version: 2)) {
      try Baseline(decoding: Array(later.utf8), path: "b")
    }
    #expect(throws: BaselineError.notFound(path: "/nowhere/baseline.json")) {
      try Baseline(besideModelAt: "/nowhere/model.json")
    }
  }

  @Test("a table without a column, an empty table and a foreign baseline are named")
  func errors() throws {
    let then = try table(50, seed: 1)
    let baseline = try Baseline(scorer, then)
    let lacking = try Table(columns: [then.columns[0]])
    #expect(
      throws: DriftError.scoring(.recipe(.missingColumn(name: "plan", known: ["usage"])))
    ) { try DriftReport(baseline, scorer, lacking) }
    #expect(throws: DriftError.noRows) {
      try DriftReport(baseline, scorer, then.selecting(rows: []))
    }
    let foreign = Baseline(rows: 50, inputs: [baseline.inputs[0]], score: baseline.score)
    #expect(throws: DriftError.unknownInput(name: "plan")) { try DriftReport(foreign, scorer, then) }
  }
}
