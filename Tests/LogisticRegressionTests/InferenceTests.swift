import Foundation
import LinearAlgebra
import LogisticRegression
import StableNumerics
import Testing

@Suite("Inference against independent references", .enabled(if: SharedTables.areHere))
struct InferenceReferenceTests {
  @Test("Standard errors, z, p and Wald intervals to 1e-8", arguments: ReferenceFitTests.cases)
  func table(_ item: ReferenceFitTests.Case) throws {
    let table = try item.table()
    let observations = try table.observations()
    let reference = try SharedTables.json("\(item.folder)/reference.json")["ml"]
    let inference = try LogisticRegression(penalty: .none).fit(observations).inference(observations)
    for (k, name) in (["Intercept"] + table.names).enumerated() {
      let row = inference.rows[k]
      #expect(relative(row.standardError, reference["std_err"][name].number) < 1e-8, "\(name)")
      #expect(relative(row.z, reference["z"][name].number) < 1e-8, "\(name)")
      let p = reference["p_value"][name].number
      #expect((row.pValue - p).magnitude < 1e-8 * max(p, 1e-30) + 1e-300 || p < 1e-30, "\(name)")
      let interval = reference["ci95_wald"][name].array
      let width = row.ciHigh - row.ciLow
      #expect((row.ciLow - interval[0].number).magnitude < 1e-8 * width, "\(name)")
      #expect((row.ciHigh - interval[1].number).magnitude < 1e-8 * width, "\(name)")
    }
  }

  @Test("Firth's standard errors are brglm2's; profile intervals and test are logistf's")
  func firth() throws {
    let table = try SharedTables.endometrial()
    let observations = try table.observations()
    let reference = try SharedTables.json("endometrial/reference.json")
    let fit = try LogisticRegression(penalty: .firth).fit(observations)
    let inference = try fit.inference(observations)
    for (k, name) in (["Intercept"] + table.names).enumerated() {
      #expect(relative(inference.rows[k].standardError, reference["firth"]["std_err"][name].number) < 1e-8)
    }
    let published = reference["published"]
    for interval in try fit.profileIntervals(observations) {
      let name = interval.term == "(Intercept)" ? "Intercept" : interval.term
      let ends = published["profile_ci95"][name].array
      // logistf stops at 1e-5: compare with its digits.
      #expect((interval.low - ends[0].number).magnitude < 2e-4, "\(name) \(interval)")
      #expect((interval.high - ends[1].number).magnitude < 2e-4, "\(name) \(interval)")
    }
    let test = try fit.likelihoodRatioTests(observations, groups: [("EH", [2])])[0]
    // Nelder–Mead on the penalised likelihood with scipy 1.17.1; logistf's own digits end at 1e-3.
    #expect(relative(test.pValue, 2.5068672148565414e-05) < 1e-6)
    #expect(relative(test.pValue, published["lrt_p"]["EH"].number) < 2e-3)
  }

  @Test("Vaso: leverage, residuals and Cook's distance are R's")
  func influence() throws {
    let observations = try SharedTables.vaso().observations()
    let reference = try SharedTables.json("vaso/reference_R.json")
    let fit = try LogisticRegression(penalty: .none).fit(observations)
    let influence = try fit.influence(observations)
    // R's are those of the iterate before the last.
    for (ours, key) in [
      (influence.leverages, "hat"), (influence.pearsonResiduals, "pearson"),
      (influence.devianceResiduals, "deviance_resid"), (influence.cooksDistances, "cooks_distance"),
    ] {
      for (a, b) in zip(ours, reference[key].array) { #expect((a - b.number).magnitude < 1e-5, "\(key)") }
    }
    #expect((influence.leverages.reduce(0, +) - 3).magnitude < 1e-10)
  }
}

@Suite("Inference by its definitions")
struct InferenceTests {
  private let data = RandomDesign(rows: 300, columns: 3, seed: 31)

  @Test("Clusters of one row are HC0 with its correction; HC1 is HC0 · n/(n − q)")
  func sandwiches() throws {
    let observations = try data.observations()
    let fit = try LogisticRegression(penalty: .none).fit(observations)
    let hc0 = try fit.inference(observations, standardErrors: .hc0).covariance
    let hc1 = try fit.inference(observations, standardErrors: .hc1).covariance
    let single = try fit.inference(observations, standardErrors: .cluster((0..<300).map { $0 })).covariance
    for i in hc0.values.indices {
      #expect(relative(hc1.values[i], hc0.values[i] * 300 / 296) < 1e-12)
      #expect(relative(single.values[i], hc0.values[i] * (300.0 / 299) * (299.0 / 296)) < 1e-10)
    }
    // HC0 written out.
    let bread = try fit.inference(observations).covariance
    var meat = Matrix(rows: 4, columns: 4)
    for i in 0..<300 {
      let row = [1.0] + (0..<3).map { data.design[i, $0] }
      var eta = fit.intercept
      for j in 0..<3 { eta += row[j + 1] * fit.coefficients[j] }
      let residual = data.outcomes[i] - expit(eta)
      for a in 0..<4 { for b in 0..<4 { meat[a, b] += residual * residual * row[a] * row[b] } }
    }
    let sandwich = bread.times(meat).times(bread)
    for i in hc0.values.indices { #expect(relative(hc0.values[i], sandwich.values[i]) < 1e-8) }
  }

  @Test("A row repeated in its cluster leaves clustered errors where they were (up to the correction)")
  func clusters() throws {
    var doubled = data
    doubled.design = data.design.rows(at: (0..<600).map { Int32($0 / 2) })
    doubled.outcomes = (0..<600).map { data.outcomes[$0 / 2] }
    let once = try data.observations()
    let twice = try doubled.observations()
    let a = try LogisticRegression(penalty: .none).fit(once).inference(once, standardErrors: .hc0)
    let b = try LogisticRegression(penalty: .none).fit(twice).inference(
      twice, standardErrors: .cluster((0..<600).map { Int32($0 / 2) }))
    let correction = (300.0 / 299) * (599.0 / 596)
    for (x, y) in zip(a.rows, b.rows) {
      #expect(relative(y.standardError, x.standardError * correction.squareRoot()) < 1e-9)
    }
  }

  @Test("Profile ends lie where the profile has fallen by χ²/2; groups test by twice the fall")
  func profiles() throws {
    let observations = try data.observations()
    let fit = try LogisticRegression(penalty: .none).fit(observations)
    let intervals = try fit.profileIntervals(observations)
    #expect(intervals.count == 4)
    for (k, interval) in intervals.enumerated() where k > 0 {
      for end in [interval.low, interval.high] {
        var held = data
        let rest = [0, 1, 2].filter { $0 != k - 1 }
        held.design = Matrix(
          rows: 300, columns: 2,
          values: rest.flatMap { j in (0..<300).map { data.design[$0, j] } })
        held.offset = (0..<300).map { data.design[$0, k - 1] * end }
        let profile = try LogisticRegression(penalty: .none).fit(held.observations())
        #expect((2 * (fit.logLikelihood - profile.logLikelihood) - 3.841458820694124).magnitude < 1e-7)
      }
    }
    let test = try fit.likelihoodRatioTests(observations, groups: [("two", [0, 2]), ("all", [0, 1, 2])])
    #expect(test[0].degreesOfFreedom == 2)
    #expect(relative(test[1].statistic, 2 * (fit.logLikelihood - fit.nullLogLikelihood)) < 1e-10)
  }

  @Test("Average marginal effects are differences of the mean probability")
  func marginalEffects() throws {
    var flagged = data
    for i in 0..<300 { flagged.design[i, 1] = flagged.design[i, 1] > 0 ? 1 : 0 }
    let observations = try flagged.observations()
    let fit = try LogisticRegression(penalty: .none).fit(observations)
    let effects = try fit.averageEffects(observations, inference: fit.inference(observations))
    func mean(_ change: (Int, Double) -> Double, column: Int) throws -> Double {
      var design = flagged.design
      for i in 0..<300 { design[i, column] = change(i, design[i, column]) }
      return try fit.linearPredictor(of: design).reduce(0) { $0 + expit($1) } / 300
    }
    let h = 1e-5
    let slope = try (mean({ $1 + h }, column: 0) - mean({ $1 - h }, column: 0)) / (2 * h)
    #expect((effects[0].perUnit - slope).magnitude < 1e-9)
    #expect(!effects[0].isIndicator && effects[1].isIndicator)
    let step = try mean({ _, _ in 1 }, column: 1) - mean({ _, _ in 0 }, column: 1)
    #expect((effects[1].perUnit - step).magnitude < 1e-12)
    #expect(effects.allSatisfy { $0.standardError > 0 && $0.standardError < 0.2 })
  }

  @Test(
    "Ridge: effective degrees of freedom fall with λ, and the sandwich is smaller than the plain covariance")
  func ridge() throws {
    let observations = try data.observations()
    var last = 4.0
    for lambda in [1e-6, 1e-3, 1e-1, 10] {
      let fit = try LogisticRegression(penalty: .elasticNet(lambda: lambda, alpha: 0)).fit(observations)
      #expect(fit.effectiveDegreesOfFreedom < last && fit.effectiveDegreesOfFreedom > 1)
      last = fit.effectiveDegreesOfFreedom
    }
    let plain = try LogisticRegression(penalty: .none).fit(observations).inference(observations)
    let shrunk = try LogisticRegression(penalty: .elasticNet(lambda: 0.1, alpha: 0)).fit(observations)
      .inference(observations)
    #expect(shrunk.rows[1].standardError < plain.rows[1].standardError)
  }

  @Test("Variance inflation is 1/(1 − R²)")
  func inflation() throws {
    var tied = data
    for i in 0..<300 { tied.design[i, 2] = tied.design[i, 0] + 0.5 * tied.design[i, 2] }
    let observations = try tied.observations()
    let fit = try LogisticRegression(penalty: .none).fit(observations)
    let inflation = try fit.varianceInflation(observations)
    #expect(inflation[0] > 4 && inflation[0] < 6.5)
    #expect(inflation[1] < 1.1 && inflation[1] >= 1)
  }
}
