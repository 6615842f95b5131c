import Features
import ModelFile
import Scoring
import Tables
import Testing

@Suite struct ScoreSheetTests {
  @Test("columns and codes of the contract, rows in the order they came in")
  func sheet() throws {
    var growth = ScorerTests.model
    (growth.name, growth.role) = ("growth", .expansion)
    var other = ScorerTests.model
    (other.name, other.role) = ("nps", .other)
    let scorers = try [ScorerTests.model, growth, other].map { try Scorer($0) }
    let sheet = try ScoreSheet(scorers, intervals: true, reasons: 4)
    let expected = """
      id,churn_risk,churn_risk_low,churn_risk_high,health,band,churn_reason_1,churn_reason_2,\
      churn_reason_3,churn_reason_4,band_sure,expansion_potential,expansion_potential_low,\
      expansion_potential_high,expansion_band,expansion_reason_1,expansion_reason_2,expansion_reason_3,\
      expansion_reason_4,expansion_band_sure,nps_probability,nps_probability_low,nps_probability_high,nps_reason_1,\
      nps_reason_2,nps_reason_3,nps_reason_4
      """
    #expect(sheet.header.joined(separator: ",") == expected)
    let table = try Table.read(
      csv: "id,seats,plan,trial\n007,1,pro,true\n\"a,b\",,basic,false\n",
      options: ReadOptions(kinds: sheet.kinds)
    ).table
    var csv = CSVText()
    #expect(try sheet.append(table, to: &csv).isEmpty)
    let lines = String(decoding: csv.bytes, as: UTF8.self).split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines[0].hasPrefix("007,"))
    #expect(lines[0].contains(",yellow,") && lines[0].contains(",seats:-0.69,trial[true]:+0.56,"))
    #expect(lines[1].hasPrefix("\"a,b\","))
  }

  @Test("two models of one role: the second has its name in front")
  func twoOfOneRole() throws {
    var second = ScorerTests.model
    second.name = "leave_90d"
    let scorers = try [ScorerTests.model, second].map { try Scorer($0) }
    #expect(
      try ScoreSheet(scorers).header == [
        "id", "churn_risk", "health", "band", "leave_90d_churn_risk", "leave_90d_health", "leave_90d_band",
      ])
  }

  @Test("rows that cannot be scored are left out and named")
  func unscorable() throws {
    var model = ScorerTests.model
    model.offset = "exposure"
    let sheet = try ScoreSheet([Scorer(model)])
    let table = try Table.read(csv: "id,seats,plan,trial,exposure\n1,1,,,1\n2,2,,,\n3,3,,,1\n").table
    var csv = CSVText()
    let bad = try sheet.append(table, to: &csv)
    #expect(bad == [UnscorableRow(row: 1, error: .missingValue(column: "exposure", row: 1))])
    #expect(csv.bytes.count { $0 == 10 } == 2)
  }

  @Test("a table without the id column or without an input is refused by name")
  func wrongTable() throws {
    let sheet = try ScoreSheet([Scorer(ScorerTests.model)])
    var csv = CSVText()
    let without = try Table.read(csv: "seats,plan,trial\n1,,\n").table
    #expect(throws: ScoringError.recipe(.missingColumn(name: "id", known: ["seats", "plan", "trial"]))) {
      try sheet.append(without, to: &csv)
    }
    let lacking = try Table.read(csv: "id,plan,trial\n1,,\n").table
    #expect(throws: ScoringError.recipe(.missingColumn(name: "seats", known: ["id", "plan", "trial"]))) {
      try sheet.append(lacking, to: &csv)
    }
  }

  @Test("models that read one column as different kinds are refused")
  func disagreement() throws {
    var other = ScorerTests.model
    other.name = "other"
    other.recipe = FittedRecipe(
      inputs: [RecipeInput(name: "plan", kind: .boolean, missing: .level)],
      terms: [RecipeTerm(input: 0, named: "plan", basis: .level("true"))])
    (other.coefficients, other.termMeans, other.covariance) = ([1], [0], nil)
    let scorers = try [ScorerTests.model, other].map { try Scorer($0) }
    #expect(throws: ScoringError.modelsDisagree(column: "plan", model: "other")) { try ScoreSheet(scorers) }
    #expect(throws: ScoringError.noCovariance(model: "other")) {
      try ScoreSheet([scorers[1]], intervals: true)
    }
  }
}
