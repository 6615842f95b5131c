import Metrics
import StableNumerics
import Tables
import Testing
import Training

@Suite("Audit of a health score")
struct AuditTests {
  func table(_ columns: [(String, ColumnValues)]) throws -> Table {
    try Table(columns: columns.map { Column(name: $0.0, values: $0.1) })
  }

  func text(_ values: [String?]) -> ColumnValues { .text(CodedText(values)) }

  /// Accounts whose health is `signal` parts risk and the rest chance.
  func book(_ count: Int, seed: UInt64, signal: Double) throws -> Table {
    var random = SplitMix64(seed: seed)
    var health: [Double] = []
    var left: [Int8] = []
    for _ in 0..<count {
      let risk = random.uniform()
      left.append(random.uniform() < 0.1 + 0.4 * risk ? 1 : 0)
      health.append((100 * (1 - (signal * risk + (1 - abs(signal)) * random.uniform()))).rounded())
    }
    return try table([("health", .numeric(health)), ("left", .boolean(left))])
  }

  @Test("PRD-04 10 green of which 3 churned, 5 red of which 4 renewed: 30 % and 80 %, does not work")
  func bothErrors() throws {
    let colours = Array(repeating: "Green", count: 10) + Array(repeating: "red", count: 5)
    let outcome =
      Array(repeating: "churned", count: 3) + Array(repeating: "renewed", count: 7)
      + Array(repeating: "renewed", count: 4) + ["churned"]
    let audit = try HealthScoreAudit(
      AuditInput(
        table([("colour", text(colours)), ("outcome", text(outcome))]),
        AuditInput.Columns(score: "colour", outcome: "outcome")))
    #expect(audit.falseGreen?.value == 0.3)
    #expect(audit.falseRed?.value == 0.8)
    #expect(audit.verdict == .doesNotWork && audit.verdict.isFinding)
    #expect(audit.bands.map(\.colour) == [.green, .red])
    #expect(audit.bands.map(\.rows) == [10, 5] && audit.bands.map(\.events) == [3, 1])
    #expect(try #require(audit.falseGreen).low == Proportion(3, of: 10).wilson.low)
  }

  @Test("PRD-04 a score that works, one of chance and one the wrong way round get their verdicts")
  func verdicts() throws {
    for (signal, verdict) in [(1.0, AuditVerdict.works), (0, .doesNotWork)] {
      var columns = AuditInput.Columns(score: "health", outcome: "left")
      columns.greenFrom = 75
      columns.redBelow = 25
      let audit = try HealthScoreAudit(AuditInput(book(3000, seed: 2, signal: signal), columns))
      #expect(audit.verdict == verdict)
      #expect(audit.bands.map(\.rows).reduce(0, +) == 3000)
      columns.higherIsBetter = false
      columns.greenFrom = 25
      columns.redBelow = 75
      let turned = try HealthScoreAudit(AuditInput(book(3000, seed: 2, signal: signal), columns))
      #expect(abs(turned.auc.value - (1 - audit.auc.value)) < 1e-12)
      if signal == 1 { #expect(turned.verdict == .inverted) }
    }
    let few = try HealthScoreAudit(
      AuditInput(
        book(20, seed: 4, signal: 1).selecting(rows: Array(0..<20)),
        AuditInput.Columns(score: "health", outcome: "left")))
    #expect(few.verdict == .unproven || few.verdict == .doesNotWork)
  }

  @Test("the best cut comes in the score's own unit, whichever way it points")
  func cuts() throws {
    let health: [Double] = [90, 80, 70, 60, 50, 40, 30, 20]
    let left: [Int8] = [0, 0, 0, 0, 0, 1, 1, 1]
    let straight = try HealthScoreAudit(
      AuditInput(
        table([("health", .numeric(health)), ("left", .boolean(left))]),
        AuditInput.Columns(score: "health", outcome: "left")),
      economics: ContactEconomics(contactCost: 1, valueSaved: 10))
    #expect(straight.youdenCut?.score == 40 && straight.youdenCut?.confusion.recall == 1)
    #expect(straight.economicCut?.score == 40 && straight.economicCut?.value == 27.0 / 8)
    var columns = AuditInput.Columns(score: "risk", outcome: "left")
    columns.higherIsBetter = false
    let turned = try HealthScoreAudit(
      AuditInput(
        table([("risk", .numeric(health.map { 100 - $0 })), ("left", .boolean(left))]), columns))
    #expect(turned.youdenCut?.score == 60)
  }

  @Test("PRD-05 two inputs with r = .98 are redundant; inputs that only count activity are named so")
  func inputs() throws {
    var random = SplitMix64(seed: 11)
    let logins = (0..<300).map { _ in random.uniform() * 10 }
    let sessions = logins.map { $0 + 0.6 * (random.uniform() - 0.5) * 3.4 }
    let noise = (0..<300).map { _ in random.uniform() }
    let left: [Int8] = logins.map { random.uniform() < 0.6 - 0.05 * $0 ? 1 : 0 }
    var columns = AuditInput.Columns(score: "health", outcome: "left")
    columns.inputs = ["logins_30d", "weeklySessions", "goals_reached"]
    let audit = try HealthScoreAudit(
      AuditInput(
        table([
          ("health", .numeric(zip(logins, noise).map { $0 * 5 + $1 * 50 })), ("left", .boolean(left)),
          ("logins_30d", .numeric(logins)), ("weeklySessions", .numeric(sessions)),
          ("goals_reached", .numeric(noise)),
        ]), columns))
    #expect(audit.redundancies.map { [$0.first, $0.second] } == [["logins_30d", "weeklySessions"]])
    #expect(abs(try #require(audit.redundancies.first).correlation) >= 0.95)
    #expect(audit.inputs.map(\.nature) == [.activity, .activity, .value])
    #expect(audit.inputs.map(\.isUninformative) == [false, false, true])
  }

  @Test("a model is compared on the rows that have both")
  func comparison() throws {
    let table = try book(500, seed: 6, signal: 0.3)
    guard case .numeric(let health) = table.columns[0].values else { return }
    let risk = health.enumerated().map { $0.offset < 100 ? Double.nan : -$0.element }
    let audit = try HealthScoreAudit(
      AuditInput(table, AuditInput.Columns(score: "health", outcome: "left"), modelRisk: risk))
    let comparison = try #require(audit.comparison)
    #expect(comparison.rows == 400 && comparison.difference.value == 0 && comparison.pValue == 1)
  }

  @Test("colours are known by their names in both languages")
  func colours() {
    #expect(BandColour(named: " Verde") == .green && BandColour(named: "AT RISK") == .red)
    #expect(BandColour(named: "ámbar") == .yellow && BandColour(named: "gold") == .other)
  }

  @Test("rows without score or outcome are counted; what cannot be read is named")
  func errors() throws {
    let table = try table([
      ("health", .numeric([10, 20, .nan, 40])), ("left", text(["yes", "no", "no", nil])),
      ("name", text(["east", "west", "north", "south"])),
    ])
    let audit = try HealthScoreAudit(
      AuditInput(table, AuditInput.Columns(score: "health", outcome: "left")))
    #expect(audit.rows == 2 && audit.rowsLeftOut == 2)
    #expect(throws: AuditError.scoreIsNoNumber(column: "name")) {
      try AuditInput(table, AuditInput.Columns(score: "name", outcome: "left"))
    }
    #expect(
      throws: AuditError.outcome(.positiveNeeded(column: "name", known: ["east", "north", "south", "west"]))
    ) { try AuditInput(table, AuditInput.Columns(score: "health", outcome: "name")) }
    var columns = AuditInput.Columns(score: "health", outcome: "left")
    columns.positive = "gone"
    #expect(
      throws: AuditError.outcome(
        .positiveUnknown(column: "left", value: "gone", known: ["no", "yes"]))
    ) { try AuditInput(table, columns) }
    columns.positive = nil
    columns.inputs = ["name"]
    #expect(throws: AuditError.inputIsNoNumber(column: "name")) { try AuditInput(table, columns) }
    #expect(throws: MetricError.oneClass(events: 1, nonEvents: 0)) {
      try HealthScoreAudit(
        AuditInput(
          table.selecting(rows: [0, 2]), AuditInput.Columns(score: "health", outcome: "left")))
    }
  }
}
