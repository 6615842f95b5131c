import LinearAlgebra
import LogisticRegression
import ModelFile
import StableNumerics
import Tables
import Testing
import Training

@Suite("What a training run explains")
struct ExplanationTests {
  /// x is a number, g a level; the outcome depends on both.
  private static func rows(_ count: Int, seed: UInt64 = 3) -> [(x: Double, b: Bool, y: Bool)] {
    var random = SplitMix64(seed: seed)
    return (0..<count).map { _ in
      let x = (random.uniform() * 20).rounded()
      let b = random.uniform() < 0.4
      return (x, b, random.uniform() < expit(-2 + 0.15 * x + (b ? 0.8 : 0)))
    }
  }

  private func train(
    _ rows: [(x: Double, b: Bool, y: Bool)], _ change: (inout TrainingOptions) -> Void = { _ in }
  ) throws -> Trainer.Result {
    let csv =
      "id,x,g,y\n"
      + rows.enumerated().map { "k\($0),\($1.x),\($1.b ? "b" : "a"),\($1.y ? 1 : 0)\n" }.joined()
    var options = TrainingOptions(target: "y")
    options.id = "id"
    options.recipe = .plain
    options.penalty = .none
    options.groups = ["x": "usage", "g": "account"]
    change(&options)
    return try Trainer(options).train(Table.read(csv: csv, name: "table.csv").table)
  }

  @Test("the effect of a unit and of a level is the mean change of the fitted probabilities")
  func effects() throws {
    let rows = Self.rows(400)
    let result = try train(rows)
    let (b0, bx, bg) = (result.model.intercept, result.model.coefficients[0], result.model.coefficients[1])
    let effects = try #require(result.report.effects)
    let x = try #require(effects.first { $0.column == "x" })
    #expect(x.unit == 5, "near one standard deviation, 5.9")
    #expect(x.group == "usage")
    let byHand = rows.reduce(0.0) { sum, row in
      let eta = b0 + bx * row.x + (row.b ? bg : 0)
      return sum + (expit(eta + 5 * bx) - expit(eta)) / Double(rows.count)
    }
    #expect(abs(x.change - byHand) < 1e-12)

    // The library's own average effect of a 0/1 column, an independent path, with its delta-method error.
    let level = try #require(effects.first { $0.level == "b" })
    let observations = try Observations(
      design: Matrix(
        rows: rows.count, columns: 2, values: rows.map(\.x) + rows.map { $0.b ? 1 : 0 }),
      termNames: ["x", "g[b]"], outcomes: rows.map { $0.y ? 1 : 0 })
    let fit = try LogisticRegression(penalty: .none).fit(observations)
    let average = try fit.averageEffects(observations, inference: fit.inference(observations))[1]
    #expect(abs(level.change - average.perUnit) < 1e-9)
    let half: Double = (try #require(level.high) - (try #require(level.low))) / 2
    #expect(abs(half - 1.959963984540054 * average.standardError) < 1e-9)
  }

  @Test("each group is tested by the likelihood it costs; the rows that move the fit are named")
  func groupsAndInfluence() throws {
    var rows = Self.rows(400)
    rows.append((x: 20, b: true, y: false))
    rows.append((x: 400, b: false, y: false))
    let report = try train(rows).report
    let tests = try #require(report.groupTests)
    #expect(tests.map(\.group) == ["account", "usage"])
    #expect(tests.map(\.degreesOfFreedom) == [1, 1])
    let without = try train(rows) { $0.exclude = ["x"] }.report
    #expect(abs(tests[1].statistic - 2 * (report.logLikelihood - without.logLikelihood)) < 1e-8)
    #expect(report.influential?.first?.account == "k401", "a row far out that didn't leave")
    #expect(report.influential?.count == 5)
  }

  @Test("terms that a search chose on the same rows are not tested")
  func noTestAfterSearch() throws {
    let bent = Self.rows(1500).map { (x: $0.x, b: $0.b, y: $0.y != ($0.x > 14)) }
    let report = try train(bent) {
      $0.recipe = .auto
      $0.penalty = .l2
    }.report
    #expect((report.search?.termsAdded ?? 0) > 0)
    #expect(report.groupTests == nil)
  }

  @Test("a learning curve: more rows, less loss, and what doubling would bring by the law a + b/n")
  func learningCurve() throws {
    let curve = try #require(
      try train(Self.rows(800)) {
        $0.learningCurve = true
        $0.folds = 4
      }.report.learningCurve)
    #expect(curve.points.map(\.rows) == [75, 150, 300, 600])
    let losses = curve.points.map(\.logLoss)
    #expect((losses.first ?? 0) > (losses.last ?? 1))
    #expect(curve.gainFromDoubling >= 0 && curve.gainFromDoubling < 0.02)
  }
}
