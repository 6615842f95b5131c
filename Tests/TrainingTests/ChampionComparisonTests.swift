import Calendar
import Metrics
import ModelFile
import Scoring
import StableNumerics
import Tables
import Testing
import Training

@Suite("A new model against the champion")
struct ChampionComparisonTests {
  /// One row a month and account; the log-odds of leaving are slope · x − 1.
  private func table(months: Range<Int>, slope: Double, seed: UInt64 = 1, accounts: Int = 120) throws -> Table
  {
    var random = SplitMix64(seed: seed)
    var csv = "id,month,x,noise,y\n"
    for month in months {
      for account in 0..<accounts {
        let x = random.uniform() * 4 - 2
        let y = random.uniform() < expit(slope * x - 1) ? 1 : 0
        let date = "2024-\(month < 9 ? "0" : "")\(month + 1)-01"
        csv += "a\(account),\(date),\(x),\(random.uniform()),\(y)\n"
      }
    }
    return try Table.read(csv: csv, name: "table.csv").table
  }

  private func train(_ table: Table) throws -> (result: Trainer.Result, options: TrainingOptions) {
    var options = TrainingOptions(target: "y")
    options.id = "id"
    options.time = "month"
    options.recipe = .plain
    options.threads = 2
    return (try Trainer(options).train(table), options)
  }

  private func compare(_ first: Table, _ second: Table) throws -> ChampionComparison {
    let champion = try train(first)
    let (result, options) = try train(second)
    return try ChampionComparison(
      champion: Scorer(champion.result.model), version: "v",
      learnedUntil: champion.result.report.learnedUntil.flatMap(CalendarDate.init(iso8601:)), result: result,
      table: second, options: options)
  }

  @Test("only rows later than what the champion learned from are compared")
  func laterRows() throws {
    let comparison = try compare(
      try table(months: 0..<5, slope: 1.2), try table(months: 0..<8, slope: 1.2))
    #expect(comparison.onLaterRows)
    #expect(comparison.rows == 3 * 120)
    #expect(comparison.objections.isEmpty, "\(comparison.objections)")
    #expect(comparison.aucDifference.low < 0 && comparison.aucDifference.high > 0)
    let difference: Double = comparison.auc - comparison.championAuc
    #expect(abs(difference - comparison.aucDifference.value) < 1e-12)
    #expect(comparison.bands.reduce(0) { $0 + $1.accounts } == 120, "each account once, at its last month")
  }

  @Test("a model that learned from rows whose law has turned is worse, and its main effect is flipped")
  func flipped() throws {
    // The champion knows the law of the later months; the new model learns the opposite from the earlier ones.
    let champion = try table(months: 0..<6, slope: 1.2)
    let comparison = try compare(champion, try table(months: 0..<6, slope: -1.2, seed: 2))
    #expect(comparison.objections.contains(.flipped(input: "x")))
    #expect(!comparison.onLaterRows)
    #expect(comparison.coefficients.moved.map(\.term).contains("x"))
    #expect(!comparison.coefficients.flipped.contains("noise"))
    #expect(!comparison.movers.isEmpty)
    for mover in comparison.movers { #expect(mover.band != mover.bandBefore) }
  }

  @Test("a model of noise is worse than one of signal")
  func worse() throws {
    let data = try table(months: 0..<6, slope: 1.5)
    let champion = try train(data)
    var options = champion.options
    options.exclude = ["x"]
    let comparison = try ChampionComparison(
      champion: Scorer(champion.result.model), version: "v", learnedUntil: nil,
      result: try Trainer(options).train(data), table: data, options: options)
    #expect(comparison.objections.contains(.worse))
    #expect(comparison.objections.contains(.noBetterThanChance))
    #expect(comparison.logLossDifference.low > 0 && comparison.aucDifference.high < 0)
  }

  @Test("a coefficient has moved where the difference is beyond two standard errors of both")
  func moved() {
    let change = CoefficientChanges.Change(term: "x", before: 1, now: 1.5, z: 2.5)
    #expect(change.hasMoved && !change.hasFlipped)
    #expect(!CoefficientChanges.Change(term: "x", before: 1, now: 1.1, z: 0.4).hasMoved)
    #expect(CoefficientChanges.Change(term: "x", before: 1, now: -1, z: nil).hasFlipped)
  }
}
