import Features
import Foundation
import ModelFile
import StableNumerics
import Tables
import Testing
import Training

@Suite("The search for shapes and pairs")
struct TermSearchTests {
  /// 2,500 rows; the chance of an event is a function of the columns named in `logOdds`.
  private func table(
    rows: Int = 2500, seed: UInt64 = 7,
    _ logOdds: (_ a: Double, _ b: Double, _ calls: Double, _ plan: String) -> Double
  ) throws -> Table {
    var random = SplitMix64(seed: seed)
    var csv = "a,b,calls,noise,plan,y\n"
    for _ in 0..<rows {
      let a = random.uniform() * 200
      let b = random.uniform() * 2 - 1
      let calls = (random.uniform() * 8).rounded(.down)
      let plan = random.uniform() < 0.3 ? "yes" : "no"
      let y = random.uniform() < expit(logOdds(a, b, calls, plan)) ? 1 : 0
      csv += "\(a),\(b),\(calls),\(random.uniform()),\(plan),\(y)\n"
    }
    return try Table.read(csv: csv, name: "table.csv").table
  }

  private func options(_ recipe: TrainingOptions.RecipeKind = .auto, threads: Int = 2) -> TrainingOptions {
    var options = TrainingOptions(target: "y")
    options.recipe = recipe
    options.threads = threads
    return options
  }

  private func added(_ result: Trainer.Result) -> [String] {
    result.model.recipe.terms.filter { $0.table != nil }.map(\.name)
  }

  @Test(
    "thresholds and interactions: a plain regression misses them, the search finds which columns act together"
  )
  func thresholds() throws {
    let table = try table { a, b, calls, plan in
      -2.5 + (a > 140 && plan == "no" ? 5 : 0) + (calls >= 5 && a < 80 ? 4 : 0) + b
    }
    let plain = try Trainer(options(.plain)).train(table)
    let auto = try Trainer(options()).train(table)
    let (low, high) = (
      try #require(plain.report.validation?.auc), try #require(auto.report.validation?.auc)
    )
    #expect(low < 0.80 && high > 0.90, "\(low), \(high)")
    #expect(added(auto).contains("surface(a,plan)") && added(auto).contains("surface(a,calls)"))
    #expect(!added(auto).contains { $0.contains("noise") })
    #expect(auto.report.search?.termsAdded == added(auto).count)
  }

  @Test("pure noise: no term is added", arguments: [UInt64(1), 2, 3])
  func noise(seed: UInt64) throws {
    let result = try Trainer(options()).train(try table(seed: seed) { _, _, _, _ in -1.5 })
    #expect(added(result) == [])
    #expect(result.report.warnings.contains { $0.code == .noSignal })
  }

  @Test("a straight line stays a straight line")
  func straight() throws {
    let result = try Trainer(options()).train(try table { a, b, _, _ in -1 + 0.01 * a + b })
    #expect(added(result) == [])
  }

  @Test("the same model for any number of threads")
  func threads() throws {
    let table = try table { a, _, calls, _ in calls >= 4 && a > 100 ? 2 : -2 }
    let one = try Trainer(options(threads: 1)).train(table)
    let many = try Trainer(options(threads: 4)).train(table)
    #expect(added(one) != [])
    #expect(try one.model.encoded() == many.model.encoded())
  }

  @Test("a bounded column keeps its direction through the search: no step down anywhere")
  func bounded() throws {
    // The true effect rises, falls and rises again.
    let table = try table { a, b, _, _ in (a > 60 ? 2 : 0) - (a > 120 ? 1.5 : 0) + (a > 160 ? 2 : 0) - 2 + b }
    var options = options()
    options.bounds = ["a": 1]
    let model = try Trainer(options).train(table).model
    #expect(model.recipe.terms.contains { $0.name == "shape(a)" })
    #expect(!model.recipe.terms.contains { $0.factors.count == 2 && $0.name.contains("a,") })
    let recipe = model.recipe
    let input = try #require(recipe.inputs.firstIndex { $0.name == "a" })
    let predictor = LinearPredictor(recipe, intercept: 0, coefficients: model.coefficients)
    var row = recipe.inputs.map { $0.kind == .numeric ? 0.5 : 0.0 }
    var last = -Double.infinity
    for step in 0...400 {
      row[input] = Double(step) / 2
      let eta = predictor.value(row.span)
      #expect(eta >= last - 1e-12)
      last = eta
    }
  }
}
