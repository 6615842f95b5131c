import ModelFile
import StableNumerics
import Tables
import Testing
import Training

@Suite("TIR-15, TIR-16: splits of rows with three ordered bands")
struct OrderedBandsTests {
  /// Forty accounts a month; `band` names the outcome of an account in a month.
  private func table(
    months: Int = 8, _ band: (_ month: Int, _ account: Int) -> String
  ) throws -> Table {
    var random = SplitMix64(seed: 31)
    var csv = "month,x,potential\n"
    for month in 0..<months {
      for account in 0..<40 {
        csv += "2024-0\(month + 1)-01,\(random.uniform()),\(band(month, account))\n"
      }
    }
    return try Table.read(csv: csv, name: "table.csv").table
  }

  private var options: TrainingOptions {
    var options = TrainingOptions(target: "potential")
    options.role = .expansion
    options.recipe = .plain
    return options
  }

  private func mixed(_ account: Int) -> String { ["low", "low", "medium", "high"][account % 4] }

  @Test("a stretch of time is predicted only from months in which every band was seen")
  func forward() throws {
    var options = options
    options.time = "month"
    let all = try Trainer(options).train(table { _, account in mixed(account) }).report
    #expect(all.validation?.scheme == "forward in time, 5 stretches")
    let late = try Trainer(options).train(
      table { month, account in month < 3 && mixed(account) == "medium" ? "low" : mixed(account) }
    ).report
    let validation = try #require(late.validation)
    #expect(validation.scheme == "forward in time, 3 stretches")
    #expect(validation.ordered?.thresholds.map(\.band) == ["medium", "high"])
  }

  @Test("each fold has its share of every band; a band of fewer rows than folds is named")
  func folds() throws {
    var options = options
    options.exclude = ["month"]
    let six = try table(months: 1) { _, account in
      account < 6 ? "medium" : account < 16 ? "high" : "low"
    }
    #expect(try Trainer(options).train(six).report.validation?.ordered != nil)
    let three = try table(months: 1) { _, account in
      account < 3 ? "medium" : account < 16 ? "high" : "low"
    }
    #expect(
      throws: TrainingError.tooFewForFolds(folds: 5, smallest: 3, what: "rows of the middle band")
    ) {
      _ = try Trainer(options).train(three)
    }
  }

  @Test("chance predicts no better than the bands' shares, and the report says so")
  func chance() throws {
    var options = options
    options.exclude = ["month"]
    let report = try Trainer(options).train(table { _, account in mixed(account) }).report
    let quality = try #require(report.validation?.ordered)
    #expect(quality.logLossHigh > quality.logLossOfShares)
    #expect(report.warnings.contains { $0.code == .noSignal })
    #expect(report.ordered?.rows == [160, 80, 80])
  }
}
