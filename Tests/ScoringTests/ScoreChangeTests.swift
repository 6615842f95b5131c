import ModelFile
import Scoring
import Testing

@Suite("Why a score is not what it was")
struct ScoreChangeTests {
  private func row(_ scorer: Scorer, seats: Double, plan: String) throws -> AccountRow {
    var row = scorer.makeRow()
    try scorer.set(scorer.index(of: "seats"), to: .number(seats), in: &row)
    try scorer.set(scorer.index(of: "plan"), to: .text(plan), in: &row)
    try scorer.set(scorer.index(of: "trial"), to: .boolean(false), in: &row)
    return row
  }

  @Test("data and model add up to the whole change; parts add up to data; thresholds move only the band")
  func split() throws {
    let old = try Scorer(ScorerTests.model)
    var model = ScorerTests.model
    model.intercept = -1.5
    model.coefficients[0] = 0.5
    model.bands = Model.Bands(redBelow: 1)
    let new = try Scorer(model)
    let change = try ScoreChange(
      from: (old, row(old, seats: 2, plan: "pro")), current: row(old, seats: 6, plan: "basic"),
      to: (new, row(new, seats: 6, plan: "basic")))
    // By hand: η = −1 + .25·2 − .5 = −1, −1 + .25·6 = .5, −1.5 + .5·6 = 1.5.
    #expect(abs(change.before.logOdds + 1) < 1e-12)
    #expect(abs(change.data - 1.5) < 1e-12)
    #expect(abs(change.model - 1) < 1e-12)
    #expect(change.parts.map(\.term) == ["seats", "plan[pro] → plan[basic]"])
    #expect(zip(change.parts, [1.0, 0.5]).allSatisfy { abs($0.change - $1) < 1e-12 })
    #expect(abs(change.bend) < 1e-12)
    #expect(change.withModel.band == "red" && change.now.band == "yellow")
    #expect(change.withModel.logOdds == change.now.logOdds)
  }

  @Test("nothing changed: no parts, no change")
  func nothing() throws {
    let scorer = try Scorer(ScorerTests.model)
    let same = try row(scorer, seats: 3, plan: "pro")
    let change = try ScoreChange(from: (scorer, same), current: same, to: (scorer, same))
    #expect(change.parts.isEmpty && change.data == 0 && change.model == 0)
    #expect(change.before == change.now)
  }

  @Test("a bent calibration's share of the change is told apart")
  func bend() throws {
    var model = ScorerTests.model
    model.calibration = .beta(a: 2, b: 0.5, intercept: 0)
    let scorer = try Scorer(model)
    let change = try ScoreChange(
      from: (scorer, row(scorer, seats: 2, plan: "pro")), current: row(scorer, seats: 6, plan: "pro"),
      to: (scorer, row(scorer, seats: 6, plan: "pro")))
    #expect(change.bend != 0)
    let sum: Double = change.parts.reduce(0) { $0 + $1.change } + change.bend
    #expect(abs(sum - change.data) < 1e-12)
  }
}
