import Calendar
import StableNumerics
import Tables
import Testing
import Training

@Suite("Last month's weights as a prior")
struct PriorTests {
  /// One row an account; the log-odds of the event are 1.5 · x − 1.
  private func table(rows: Int, month: Int, seed: UInt64) throws -> Table {
    var random = SplitMix64(seed: seed)
    var csv = "month,x,y\n"
    for _ in 0..<rows {
      let x = random.uniform() * 4 - 2
      csv += "2024-0\(month)-01,\(x),\(random.uniform() < expit(1.5 * x - 1) ? 1 : 0)\n"
    }
    return try Table.read(csv: csv, name: "table.csv").table
  }

  private var options: TrainingOptions {
    var options = TrainingOptions(target: "y")
    options.time = "month"
    options.recipe = .plain
    options.penalty = .none
    options.folds = 0
    return options
  }

  private func x(_ report: TrainingReport) throws -> (estimate: Double, error: Double) {
    let row = try #require(report.coefficients.first { $0.term == "x" })
    return (try #require(row.estimate), try #require(row.stdError))
  }

  @Test("the estimate solves Σ (y − p) x = (β − μ) / variance, and is surer than either alone")
  func posterior() throws {
    let before = try Trainer(options).train(try table(rows: 400, month: 1, seed: 1))
    let rows = try table(rows: 60, month: 2, seed: 2)
    var options = options
    let alone = try x(Trainer(options).train(rows).report)
    options.prior = .init(
      model: before.model, name: "churn", learnedUntil: CalendarDate(iso8601: "2024-01-01"))
    let after = try Trainer(options).train(rows)
    let (estimate, error) = try x(after.report)
    let (mean, meanError) = try x(before.report)
    #expect(error < meanError && error < alone.error)
    #expect(min(mean, alone.estimate) <= estimate && estimate <= max(mean, alone.estimate))

    guard case .numeric(let xs)? = rows["x"]?.values, case .numeric(let ys)? = rows["y"]?.values else {
      Issue.record("the table has no numbers")
      return
    }
    let intercept = try #require(after.report.coefficients.first?.estimate)
    let score = zip(xs, ys).reduce(0) { $0 + ($1.1 - expit(intercept + estimate * $1.0)) * $1.0 }
    let residuals = zip(xs, ys).reduce(0) { $0 + ($1.1 - expit(intercept + estimate * $1.0)) }
    #expect(abs(score - (estimate - mean) / (meanError * meanError)) < 1e-8)
    #expect(abs(residuals) < 1e-8, "the intercept has no prior")
    #expect(!after.report.warnings.contains { $0.code == .priorSawRows })
  }

  @Test("a heavy prior stays, a light one gives way; a ridge leaves coefficients with a prior alone")
  func weight() throws {
    let before = try Trainer(options).train(try table(rows: 400, month: 1, seed: 1))
    let rows = try table(rows: 60, month: 2, seed: 2)
    var options = options
    let alone = try x(Trainer(options).train(rows).report).estimate
    let mean = try x(before.report).estimate
    options.prior = .init(model: before.model, name: "churn", weight: 1e9)
    #expect(abs(try x(Trainer(options).train(rows).report).estimate - mean) < 1e-6)
    options.prior?.weight = 1e-9
    #expect(abs(try x(Trainer(options).train(rows).report).estimate - alone) < 1e-6)
    options.penalty = .l2
    options.lambda = .value(1000)
    #expect(abs(try x(Trainer(options).train(rows).report).estimate - alone) < 1e-6)
  }

  @Test("rows that the prior may have learned from are a warning")
  func overlap() throws {
    let rows = try table(rows: 200, month: 1, seed: 1)
    var options = options
    let model = try Trainer(options).train(rows).model
    for learnedUntil in [CalendarDate(iso8601: "2024-01-01"), nil] {
      options.prior = .init(model: model, name: "churn", learnedUntil: learnedUntil)
      #expect(try Trainer(options).train(rows).report.warnings.contains { $0.code == .priorSawRows })
    }
  }
}
