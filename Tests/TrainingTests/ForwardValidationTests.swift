import Calendar
import StableNumerics
import Tables
import Testing
import Training

@Suite("Validation by time learns from what was known then")
struct ForwardValidationTests {
  /// Twenty accounts a month for eight months; outcomes of both kinds only in `eventMonths`.
  private func table(eventMonths: Set<Int>) throws -> Table {
    var random = SplitMix64(seed: 5)
    var csv = "id,month,x,y\n"
    for month in 0..<8 {
      for account in 0..<20 {
        let y = eventMonths.contains(month) && account % 2 == 0 ? 1 : 0
        csv += "a\(account),2024-0\(month + 1)-01,\(random.uniform()),\(y)\n"
      }
    }
    return try Table.read(csv: csv, name: "table.csv").table
  }

  private func options(horizon: String?) -> TrainingOptions {
    var options = TrainingOptions(target: "y")
    options.id = "id"
    options.time = "month"
    options.recipe = .plain
    options.horizon = horizon.flatMap(CalendarSpan.init)
    return options
  }

  @Test("a holdout from May learns from no April whose outcome looks three months ahead")
  func holdout() throws {
    let table = try table(eventMonths: [3, 6])
    var options = options(horizon: nil)
    options.holdout = .from(CalendarDate(iso8601: "2024-05-01")!)
    options.folds = 0
    let report = try Trainer(options).train(table).report
    #expect(report.holdout?.scheme == "rows from 2024-05-01 on")

    options.horizon = .months(3)
    #expect(throws: TrainingError.emptyHoldout(detail: "40 rows before the cut, 0 of them events")) {
      _ = try Trainer(options).train(table)
    }
    // January's and February's outcomes were known in May; one month ahead, March's and April's too.
    options.horizon = .months(1)
    #expect(try Trainer(options).train(table).report.holdout?.scheme == "rows from 2024-05-01 on, 1mo gap")
  }

  @Test("stretches before which no outcome of both kinds was known are not predicted")
  func stretches() throws {
    let table = try table(eventMonths: [0, 2, 4, 6])
    let without = try Trainer(options(horizon: nil)).train(table).report
    let with = try Trainer(options(horizon: "90d")).train(table).report
    let before = try #require(without.validation)
    let after = try #require(with.validation)
    #expect(before.scheme == "forward in time, 5 stretches")
    // The first two of the five stretches begin before January's outcomes were known.
    #expect(after.scheme == "forward in time, 3 stretches, 90d gap")
    #expect(after.rows < before.rows)
  }

  @Test("early stretches with a handful of usable events choose their penalty with fewer folds")
  func fewEvents() throws {
    var random = SplitMix64(seed: 6)
    var csv = "id,month,x,y\n"
    for month in 0..<8 {
      for account in 0..<20 {
        let y = account % 3 == 0 ? 1 : 0
        // Of the first month's seven events three have a value.
        let isMissing = month == 0 && y == 1 && account > 6
        csv += "a\(account),2024-0\(month + 1)-01,\(isMissing ? "" : "\(random.uniform())"),\(y)\n"
      }
    }
    let report = try Trainer(options(horizon: "30d")).train(Table.read(csv: csv, name: "t").table).report
    #expect(report.validation?.scheme == "forward in time, 5 stretches, 30d gap")
  }

  @Test("accounts that repeat over time without a stated horizon are a warning")
  func unknownHorizon() throws {
    let table = try table(eventMonths: [0, 2, 4, 6])
    func codes(_ horizon: String?) throws -> [TrainingWarning.Code] {
      try Trainer(options(horizon: horizon)).train(table).report.warnings.map(\.code)
    }
    #expect(try codes(nil).contains(.horizonUnknown))
    #expect(try !codes("30d").contains(.horizonUnknown))
  }
}
