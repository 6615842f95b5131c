import Calendar
import Foundation
import Simulation
import StableNumerics
import Tables
import Testing

@Suite("Truth")
struct TruthTests {
  @Test("the probabilities in outcomes.csv follow from the other tables and truth.json alone")
  func recomputed() throws {
    let folder = try TemporaryFolder()
    try smallWorld(accounts: 150, months: 9).write(toFolder: folder.path, threads: 2)
    let truth = try WorldTruth(json: folder.bytes("truth.json"))
    let reader = try FeatureReader(WorldFolder(path: folder.path))
    let outcomes = try WorldFolder(path: folder.path).table(.outcomes)
    let accounts = try outcomes.text("account_id")
    let months = try outcomes.days("month")
    let churn = try outcomes.numbers("churn_probability")
    let expansion = try outcomes.numbers("expansion_probability")
    #expect(outcomes.rowCount > 500)
    for row in 0..<outcomes.rowCount {
      let features = reader.features(of: accounts[row] ?? "", on: try #require(months[row]))
      #expect(abs(expit(truth.churn.linearPredictor(features)) - churn[row]) < 1e-6)
      #expect(abs(expit(truth.expansion.linearPredictor(features)) - expansion[row]) < 1e-6)
    }
  }

  @Test("a logistic fit on the visible features finds the law that outcomes were drawn from")
  func recovered() throws {
    let world = try smallWorld(accounts: 8000, months: 24, seed: 11)
    let outcomes = (0..<8000).flatMap { world.history(of: $0).outcomes }
    expectRecovered(
      .churn, rows: outcomes.map(\.features), events: outcomes.map(\.churned))
    let stayed = outcomes.filter { !$0.churned }
    expectRecovered(
      .expansion, rows: stayed.map(\.features), events: stayed.map { $0.expanded == true })
  }

  /// Each coefficient within 3 standard errors, and all together within the 99.9 % point of χ².
  private func expectRecovered(_ truth: LogisticTruth, rows: [VisibleFeatures], events: [Bool]) {
    let design = rows.map { row in [1] + truth.terms.map { row[$0.feature] } }
    let fit = NewtonFit(design: design, events: events)
    let expected = [truth.intercept] + truth.terms.map(\.coefficient)
    let names = ["(Intercept)"] + truth.terms.map(\.feature.rawValue)
    for (position, name) in names.enumerated() {
      let z = (fit.coefficients[position] - expected[position]) / fit.standardErrors[position]
      #expect(abs(z) < 3, "\(name): \(fit.coefficients[position]) for \(expected[position]), z \(z)")
    }
    let wald = fit.waldStatistic(against: expected)
    #expect(wald < 37.7, "χ² with 15 degrees of freedom or fewer")
  }

  @Test("the attainable AUC is that of the true probabilities, ties counted half")
  func attainable() throws {
    let folder = try TemporaryFolder()
    let truth = try smallWorld(accounts: 400).write(toFolder: folder.path, threads: 2)
    let outcomes = try WorldFolder(path: folder.path).table(.outcomes)
    let probabilities = try outcomes.numbers("churn_probability")
    let churned = try outcomes.numbers("churned")
    var wins = 0.0
    let positives = probabilities.indices.filter { churned[$0] == 1 }
    let negatives = probabilities.indices.filter { churned[$0] == 0 }
    for p in positives {
      for n in negatives {
        wins += probabilities[p] > probabilities[n] ? 1 : probabilities[p] == probabilities[n] ? 0.5 : 0
      }
    }
    let auc = wins / Double(positives.count * negatives.count)
    #expect(truth.churn.events == positives.count && truth.churn.atRisk == probabilities.count)
    #expect(try abs(#require(truth.churn.attainableAuc) - auc) < 2e-4)
    let logLoss =
      probabilities.indices.map { -log(churned[$0] == 1 ? probabilities[$0] : 1 - probabilities[$0]) }
      .reduce(0, +) / Double(probabilities.count)
    #expect(try abs(#require(truth.churn.attainableLogLoss) - logLoss) < 1e-4)
  }

  @Test("truth.json reads back, and a world without events has no AUC")
  func json() throws {
    let folder = try TemporaryFolder()
    let truth = try smallWorld(accounts: 1, months: 1).write(toFolder: folder.path, threads: 1)
    let read = try WorldTruth(json: folder.bytes("truth.json"))
    #expect(read.format == "pulso.truth" && read.formatVersion == 1)
    #expect(try read.json() == truth.json())
    #expect(read.churn.attainableAuc == nil)
    #expect(read.churn.terms.map(\.coefficient) == LogisticTruth.churn.terms.map(\.coefficient))
  }

  @Test("features are indexed in the order of allCases")
  func positions() throws {
    let outcome = try #require(smallWorld().history(of: 1).outcomes.first)
    #expect(VisibleFeature.allCases.map { outcome.features[$0] } == outcome.features.values)
  }
}

extension WorldTruth.Law {
  fileprivate func linearPredictor(_ features: [String: Double]) -> Double {
    terms.reduce(intercept) { $0 + $1.coefficient * (features[$1.feature] ?? .nan) }
  }
}
