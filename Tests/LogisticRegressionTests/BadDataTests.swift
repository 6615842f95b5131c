import Foundation
import LinearAlgebra
import LogisticRegression
import StableNumerics
import Testing

@Suite("Bad data: named or simply right")
struct BadDataTests {
  private func observations(
    _ columns: [[Double]], _ outcomes: [Double], weights: [Double]? = nil
  ) throws(FitError) -> Observations {
    try Observations(
      design: Matrix(rows: outcomes.count, columns: columns.count, values: columns.flatMap { $0 }),
      termNames: columns.indices.map { "x\($0)" }, outcomes: outcomes, weights: weights)
  }

  private func column(_ data: RandomDesign, _ j: Int) -> [Double] {
    (0..<data.outcomes.count).map { data.design[$0, j] }
  }

  @Test("Quasi-separation: 15 rows of a rare flag, all churned, are named and counted")
  func quasiSeparation() throws {
    let data = RandomDesign(rows: 500, columns: 2, seed: 21)
    var outcomes = data.outcomes
    var flag = [Double](repeating: 0, count: 500)
    for i in 0..<15 {
      flag[i * 7] = 1
      outcomes[i * 7] = 1
    }
    let rows = try observations([column(data, 0), flag, column(data, 1)], outcomes)
    let expected = Separation(kind: .quasi, terms: ["x1"], rows: 15, events: 15)
    #expect(throws: FitError.separation(expected)) {
      try LogisticRegression(penalty: .none).fit(rows)
    }
    let firth = try LogisticRegression(penalty: .firth).fit(rows)
    #expect(firth.coefficients[1] > 1 && firth.coefficients[1] < 10)
    let ridge = try LogisticRegression(penalty: .elasticNet(lambda: 1e-3, alpha: 0)).fit(rows)
    #expect(try ridge.diagnose(rows).contains(.separation(expected)))
  }

  @Test("A combination of a column and its near copy is found, not solved as if it were information")
  func combinationOfNearCopies() throws {
    let data = RandomDesign(rows: 300, columns: 3, seed: 27)
    let first = column(data, 0)
    let copy = zip(first, column(data, 1)).map { $0 + 1e-6 * $1 }
    let sum = zip(first, copy).map { $0 + 2 * $1 }
    let rows = try observations([first, copy, sum, column(data, 2)], data.outcomes)
    let fit = try LogisticRegression(penalty: .none).fit(rows)
    #expect(fit.aliased == [2])
    #expect(try fit.diagnose(rows).contains(.aliased(term: "x2", of: ["x0", "x1"])))
    let without = try LogisticRegression(penalty: .none).fit(
      observations([first, copy, column(data, 2)], data.outcomes))
    #expect(abs(fit.deviance - without.deviance) < 1e-9 * fit.deviance)
    #expect(abs(fit.coefficients[3] - without.coefficients[2]) < 1e-7)
  }

  @Test("Complete separation is named, over several terms too")
  func completeSeparation() throws {
    let data = RandomDesign(rows: 200, columns: 3, seed: 22)
    let score = (0..<200).map { data.design[$0, 0] - 2 * data.design[$0, 2] }
    let rows = try observations(
      [column(data, 0), column(data, 1), column(data, 2)], score.map { $0 > 0.1 ? 1 : 0 })
    let model = try LogisticRegression(penalty: .none)
    do throws(FitError) {
      _ = try model.fit(rows)
      Issue.record("a fit of separated data")
    } catch {
      guard case .separation(let separation) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(separation.kind == .complete)
      #expect(separation.rows == 200)
      #expect(separation.terms.contains("x0") && separation.terms.contains("x2"))
    }
  }

  @Test("A single overlapping row makes a large but finite estimate, never a separation")
  func nearlySeparated() throws {
    for gap in [1e-1, 1e-3, 1e-5] {
      let x: [Double] = [-2, -1, -0.5, gap, -gap, 0.5, 1, 2]
      let y: [Double] = [0, 0, 0, 0, 1, 1, 1, 1]
      let fit = try LogisticRegression(penalty: .none).fit(observations([x], y))
      #expect(fit.coefficients[0] > 1)
      #expect(fit.convergence.gradientNorm < 1e-12)
    }
  }

  @Test(
    "Exact collinearity: the later column goes, by name, whatever the tolerance", arguments: [1e-12, 1e-4])
  func exactlyCollinear(_ tolerance: Double) throws {
    let data = RandomDesign(rows: 300, columns: 2, seed: 23)
    let sum = (0..<300).map { data.design[$0, 0] + data.design[$0, 1] }
    let rows = try observations([column(data, 0), column(data, 1), sum], data.outcomes)
    let fit = try LogisticRegression(penalty: .none, tolerance: tolerance).fit(rows)
    #expect(fit.aliased == [2])
    #expect(fit.coefficients[2] == 0)
    let without = try LogisticRegression(penalty: .none).fit(
      observations([column(data, 0), column(data, 1)], data.outcomes))
    #expect(relative(fit.deviance, without.deviance) < 1e-7)
    #expect(try fit.diagnose(rows).contains(.aliased(term: "x2", of: ["x0", "x1"])))
    #expect(try fit.inference(rows).rows[3].standardError.isNaN)
  }

  @Test("Near collinearity is solved to the digits that the data have", arguments: [1e-3, 1e-5, 1e-7, 1e-9])
  func nearlyCollinear(_ noise: Double) throws {
    let data = RandomDesign(rows: 400, columns: 3, seed: 24)
    let copy = (0..<400).map { data.design[$0, 0] + noise * data.design[$0, 2] }
    let rows = try observations([column(data, 0), column(data, 1), copy], data.outcomes)
    let fit = try LogisticRegression(penalty: .none).fit(rows)
    // The same space in good coordinates: b0 x0 + b2 (x0 + noise z) = (b0 + b2) x0 + b2 noise z.
    let good = try LogisticRegression(penalty: .none).fit(
      observations([column(data, 0), column(data, 1), column(data, 2)], data.outcomes))
    let digits = max(1e-9, 1e-15 / noise)
    #expect(fit.aliased.isEmpty)
    #expect(relative(fit.deviance, good.deviance) < max(1e-12, 1e-17 / noise))
    #expect((fit.coefficients[2] * noise - good.coefficients[2]).magnitude < 10 * digits)
    #expect(relative(fit.coefficients[1], good.coefficients[1]) < 10 * digits)
    #expect(
      try fit.diagnose(rows).contains {
        if case .collinear(let term, _) = $0 { term == "x2" } else { false }
      } || noise < 1e-4)
  }

  @Test("A constant column has no estimate and is named")
  func constant() throws {
    let data = RandomDesign(rows: 100, columns: 1, seed: 25)
    let rows = try observations([Array(repeating: 0.1, count: 100), column(data, 0)], data.outcomes)
    for penalty in PropertyTests.penalties {
      let fit = try LogisticRegression(penalty: penalty).fit(rows)
      #expect(fit.aliased == [0])
      #expect(fit.coefficients[0] == 0)
      #expect(try fit.diagnose(rows).contains(.constant(term: "x0")))
    }
  }

  @Test("NaN and infinity are refused with term and row")
  func notFinite() throws {
    for value in [Double.nan, .infinity, -.infinity] {
      #expect(throws: FitError.notFinite(.term("x1"), row: 2)) {
        try observations([[1, 2, 3, 4], [1, 2, value, 4]], [0, 1, 0, 1])
      }
      #expect(throws: FitError.notFinite(.outcomes, row: 1)) {
        try observations([[1, 2, 3, 4]], [0, value, 0, 1])
      }
      #expect(throws: FitError.notFinite(.weights, row: 3)) {
        try observations([[1, 2, 3, 4]], [0, 1, 0, 1], weights: [1, 1, 1, value])
      }
    }
  }

  @Test("One class, no weight, negative weight, outcomes out of range, wrong lengths")
  func refused() throws {
    #expect(throws: FitError.oneClass(event: false)) { try observations([[1, 2, 3]], [0, 0, 0]) }
    #expect(throws: FitError.oneClass(event: true)) {
      try observations([[1, 2, 3]], [1, 1, 0], weights: [1, 1, 0])
    }
    #expect(throws: FitError.allWeightsZero) {
      try observations([[1, 2, 3]], [1, 1, 0], weights: [0, 0, 0])
    }
    #expect(throws: FitError.negativeWeight(row: 1, value: -1)) {
      try observations([[1, 2, 3]], [1, 1, 0], weights: [1, -1, 0])
    }
    #expect(throws: FitError.outcomeOutOfRange(row: 0, value: 2)) {
      try observations([[1, 2, 3]], [2, 1, 0])
    }
    #expect(throws: FitError.noRows) { try observations([[]], []) }
    #expect(throws: FitError.unequalLengths(.weights, count: 2, expected: 3)) {
      try observations([[1, 2, 3]], [0, 1, 0], weights: [1, 1])
    }
  }

  @Test("Unscaled columns without a penalty are simply right")
  func unscaled() throws {
    let data = RandomDesign(rows: 500, columns: 2, seed: 26)
    let plain = try LogisticRegression(penalty: .none).fit(
      observations([column(data, 0), column(data, 1)], data.outcomes))
    let wild = try LogisticRegression(penalty: .none).fit(
      observations(
        [column(data, 0).map { 1e9 + $0 * 1e3 }, column(data, 1).map { $0 * 1e-9 }], data.outcomes))
    #expect(relative(wild.coefficients[0] * 1e3, plain.coefficients[0]) < 1e-9)
    #expect(relative(wild.coefficients[1] * 1e-9, plain.coefficients[1]) < 1e-9)
    #expect(relative(wild.deviance, plain.deviance) < 1e-12)
  }

  @Test("A share in thousandths beside a revenue in millions: 339, where scikit-learn's default says .001")
  func unscaledReference() throws {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Reference/unscaled.json")
    let reference = JSON(try JSONSerialization.jsonObject(with: Data(contentsOf: path)))
    let rows = try observations(
      ["share", "revenue"].map { reference["columns"][$0].array.map(\.number) },
      reference["outcomes"].array.map(\.number))
    let fit = try LogisticRegression(penalty: .none).fit(rows)
    #expect((fit.coefficients[0] - 339.573).magnitude < 0.001)
    #expect(reference["scikit_learn_default"].array[0].number < 0.1, "or the table has lost its point")
    let errors = try fit.inference(rows).rows.map(\.standardError)
    for j in 0..<2 {
      #expect(relative(fit.coefficients[j], reference["coefficients"].array[j].number) < 1e-8)
      #expect(relative(errors[j + 1], reference["standard_errors"].array[j].number) < 1e-8)
    }
    #expect(relative(fit.intercept, reference["intercept"].number) < 1e-8)
    #expect(relative(fit.deviance, reference["deviance"].number) < 1e-10)
  }

  @Test("Numbers near the ends of a double neither trap nor pass for an answer")
  func extremes() throws {
    let y: [Double] = [0, 1, 0, 1, 1, 0, 0, 1]
    let tiny = try LogisticRegression(penalty: .none).fit(
      observations([[1, 2, 3, 4, 2, 1, 5, 3].map { $0 * 1e-290 }], y))
    #expect(tiny.coefficients[0].isFinite)
    #expect(throws: FitError.rangeOverflows(term: "x0")) {
      try LogisticRegression(penalty: .none).fit(
        observations([[1, -1, 1, -1, 0.5, 1, 1, -1].map { $0 * 1.7e308 }], y))
    }
  }

  @Test("Settings outside their range are named")
  func settings() {
    #expect(throws: FitError.invalidSetting(name: "lambda", value: -1)) {
      try LogisticRegression(penalty: .elasticNet(lambda: -1, alpha: 0))
    }
    #expect(throws: FitError.invalidSetting(name: "alpha", value: 2)) {
      try LogisticRegression(penalty: .elasticNet(lambda: 1, alpha: 2))
    }
    #expect(throws: FitError.settingsExclude("firth", "prior")) {
      try LogisticRegression(penalty: .firth, prior: CoefficientPrior(means: [0], precisions: [1]))
    }
  }

  @Test("A leak and a target that hangs on the row order are named")
  func suspicious() throws {
    let data = RandomDesign(rows: 600, columns: 2, seed: 27)
    var random = SplitMix64(seed: 3)
    let leak = data.outcomes.map { $0 + 0.5 * random.normal() }
    let rows = try observations([column(data, 0), leak], data.outcomes)
    let fit = try LogisticRegression(penalty: .elasticNet(lambda: 0.1, alpha: 0)).fit(rows)
    #expect(
      try fit.diagnose(rows).contains {
        if case .suspiciouslyGood(let term, _) = $0 { term == "x1" } else { false }
      })
    let sorted = try observations([column(data, 0)], data.outcomes.sorted())
    let order = try LogisticRegression(penalty: .none).fit(sorted)
    #expect(try order.diagnose(sorted).contains(.rowOrder(auc: 1)))
  }
}
