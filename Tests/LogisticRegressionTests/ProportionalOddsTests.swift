import Foundation
import LinearAlgebra
import LogisticRegression
import StableNumerics
import Testing

@Suite("Three ordered bands")
struct ProportionalOddsTests {
  private func bands(_ data: RandomDesign) -> [Int] {
    var random = SplitMix64(seed: 5)
    return (0..<data.outcomes.count).map { i in
      let eta =
        data.design[i, 0] - 0.5 * data.design[i, 1] + logit(min(max(random.uniform(), 1e-9), 1 - 1e-9))
      return eta < -0.5 ? 0 : eta < 1 ? 1 : 2
    }
  }

  @Test("Two bands are logistic regression; thresholds take the intercept's place")
  func binary() throws {
    let data = RandomDesign(rows: 300, columns: 3, seed: 51)
    let observations = try data.observations()
    let logistic = try LogisticRegression(penalty: .none).fit(observations)
    let ordinal = try ProportionalOdds().fit(
      data.design, termNames: data.names, bands: data.outcomes.map(Int.init), bandCount: 2)
    #expect((ordinal.thresholds[0] + logistic.intercept).magnitude < 1e-9)
    for (a, b) in zip(ordinal.coefficients, logistic.coefficients) { #expect((a - b).magnitude < 1e-9) }
    #expect(relative(ordinal.logLikelihood, logistic.logLikelihood) < 1e-12)
    let errors = try logistic.inference(observations).rows.map(\.standardError)
    for (a, b) in zip(ordinal.standardErrors, errors) { #expect(relative(a, b) < 1e-8) }
  }

  @Test("statsmodels' OrderedModel: coefficients, thresholds and errors to its optimiser's digits")
  func statsmodels() throws {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Reference/ordinal.json")
    let reference = JSON(try JSONSerialization.jsonObject(with: Data(contentsOf: path)))
    let columns = reference["columns"].array.map { $0.array.map(\.number) }
    let bands = reference["bands"].array.map { Int($0.number) }
    let fit = try ProportionalOdds().fit(
      Matrix(rows: bands.count, columns: 3, values: columns.flatMap { $0 }), termNames: ["a", "b", "c"],
      bands: bands, bandCount: 3)
    for (ours, theirs) in [
      (fit.coefficients, "coefficients"), (fit.thresholds, "thresholds"),
    ] {
      for (a, b) in zip(ours, reference[theirs].array) { #expect(relative(a, b.number) < 1e-6, "\(theirs)") }
    }
    // Only the likelihood has as many digits as its optimum is flat.
    #expect(relative(fit.logLikelihood, reference["log_likelihood"].number) < 1e-12)
    for (a, b) in zip(fit.standardErrors.suffix(3), reference["standard_errors"].array) {
      #expect(relative(a, b.number) < 1e-5)
    }
  }

  @Test("The law that drew the bands is found again, and probabilities add up to 1")
  func three() throws {
    let data = RandomDesign(rows: 20_000, columns: 2, seed: 52)
    let fit = try ProportionalOdds().fit(
      data.design, termNames: data.names, bands: bands(data), bandCount: 3)
    for (a, b) in zip(fit.thresholds + fit.coefficients, [-0.5, 1, 1, -0.5]) {
      #expect((a - b).magnitude < 0.08)
    }
    let probabilities = try fit.probabilities(of: [0.3, -2])
    #expect((probabilities.reduce(0, +) - 1).magnitude < 1e-14)
    #expect(fit.convergence.gradientNorm < 1e-10)
  }

  @Test("Bands in reverse order flip coefficients and thresholds")
  func reversed() throws {
    let data = RandomDesign(rows: 400, columns: 2, seed: 53)
    let given = bands(data)
    let fit = try ProportionalOdds(lambda: 0.01).fit(
      data.design, termNames: data.names, bands: given, bandCount: 3)
    let other = try ProportionalOdds(lambda: 0.01).fit(
      data.design, termNames: data.names, bands: given.map { 2 - $0 }, bandCount: 3)
    for (a, b) in zip(fit.coefficients, other.coefficients) { #expect((a + b).magnitude < 1e-9) }
    for (a, b) in zip(fit.thresholds, other.thresholds.reversed()) { #expect((a + b).magnitude < 1e-9) }
  }

  @Test("An empty band is named")
  func empty() throws {
    let data = RandomDesign(rows: 30, columns: 1, seed: 54)
    #expect(throws: FitError.emptyBand(band: 1)) {
      try ProportionalOdds().fit(
        data.design, termNames: data.names, bands: data.outcomes.map { Int($0) * 2 }, bandCount: 3)
    }
  }
}
