import Foundation
import LinearAlgebra
import LogisticRegression
import StableNumerics
import Testing

@Suite("TIR-15, TIR-16: three ordered bands")
struct ProportionalOddsTests {
  private func referenceRows() throws -> (OrderedObservations, JSON) {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Reference/ordinal.json")
    let reference = JSON(try JSONSerialization.jsonObject(with: Data(contentsOf: path)))
    let columns = reference["columns"].array.map { $0.array.map(\.number) }
    let bands = reference["bands"].array.map { Int($0.number) }
    let rows = try OrderedObservations(
      design: Design(Matrix(rows: bands.count, columns: 3, values: columns.flatMap { $0 })),
      termNames: ["a", "b", "c"], bands: bands, bandCount: 3)
    return (rows, reference)
  }

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
    let rows = try OrderedObservations(
      design: Design(data.design), termNames: data.names, bands: data.outcomes.map(Int.init), bandCount: 2)
    let ordinal = try ProportionalOdds().fit(rows)
    #expect((ordinal.thresholds[0] + logistic.intercept).magnitude < 1e-9)
    for (a, b) in zip(ordinal.coefficients, logistic.coefficients) { #expect((a - b).magnitude < 1e-9) }
    #expect(relative(ordinal.logLikelihood, logistic.logLikelihood) < 1e-12)
    let errors = try logistic.inference(observations).rows.map(\.standardError)
    for (a, b) in zip(try ordinal.inference(rows).rows.map(\.standardError), errors) {
      #expect(relative(a, b) < 1e-8)
    }
    let clusters = (0..<300).map { Int32($0 / 3) }
    let robust = try logistic.inference(observations, standardErrors: .cluster(clusters))
    for (a, b) in zip(try ordinal.inference(rows, standardErrors: .cluster(clusters)).rows, robust.rows) {
      #expect(relative(a.standardError, b.standardError) < 1e-8)
    }
  }

  @Test("Two bands with a ridge: the same shrunken estimates, covariance and degrees of freedom")
  func binaryRidge() throws {
    let data = RandomDesign(rows: 300, columns: 3, seed: 55)
    let observations = try data.observations()
    let logistic = try LogisticRegression(penalty: .elasticNet(lambda: 0.05, alpha: 0)).fit(observations)
    let rows = try OrderedObservations(
      design: Design(data.design), termNames: data.names, bands: data.outcomes.map(Int.init), bandCount: 2)
    let ordinal = try ProportionalOdds(lambda: 0.05).fit(rows)
    for (a, b) in zip(ordinal.coefficients, logistic.coefficients) { #expect((a - b).magnitude < 1e-9) }
    let errors = try logistic.inference(observations).rows.map(\.standardError)
    for (a, b) in zip(try ordinal.inference(rows).rows.map(\.standardError), errors) {
      #expect(relative(a, b) < 1e-8)
    }
    #expect(relative(ordinal.effectiveDegreesOfFreedom, logistic.effectiveDegreesOfFreedom) < 1e-8)

    let folds = (0..<300).map { $0 % 5 }
    let lambdas = [0.5, 0.05, 0.005]
    let ours = try ProportionalOdds().crossValidate(rows, folds: folds, lambdas: lambdas)
    let theirs = try LogisticRegression(penalty: .none)
      .crossValidate(observations, folds: folds, alpha: 0, lambdas: lambdas)
    for (a, b) in zip(ours.meanDeviances, theirs.meanDeviances) { #expect((a - b).magnitude < 1e-7) }
    #expect(ours.bestIndex == theirs.bestIndex)
  }

  @Test("statsmodels' errors by account, and Brant's test over its binary fits")
  func clustersAndParallelSlopes() throws {
    let (rows, reference) = try referenceRows()
    let fit = try ProportionalOdds().fit(rows)
    let accounts = rows.bands.indices.map { Int32($0 / 2) }
    let inference = try fit.inference(rows, standardErrors: .cluster(accounts))
    for (row, expected) in zip(inference.rows.suffix(3), reference["clustered_errors"].array) {
      #expect(relative(row.standardError, expected.number) < 1e-5, "\(row.term)")
    }
    let test = try rows.parallelSlopes()
    #expect(relative(test.statistic, reference["brant"]["statistic"].number) < 1e-8)
    #expect(test.degreesOfFreedom == 3)
    for (term, expected) in zip(test.terms, reference["brant"]["terms"].array) {
      #expect(relative(term.statistic, expected.number) < 1e-8, "\(term.name)")
    }
    for cut in 0..<2 {
      for (term, expected) in zip(test.terms, reference["brant"]["coefficients"].array[cut].array) {
        #expect(relative(term.coefficients[cut], expected.number) < 1e-8)
      }
    }
  }

  @Test("Slopes that differ by threshold are found, by rows and by accounts; common ones are not")
  func parallel() throws {
    let data = RandomDesign(rows: 4000, columns: 2, seed: 56)
    var random = SplitMix64(seed: 57)
    func test(_ tilt: Double) throws -> [ParallelSlopes] {
      let bands = (0..<4000).map { i -> Int in
        let (x, u) = (data.design[i, 0], random.uniform())
        return u < expit(0.8 * x - 1 + tilt * x) ? 2 : u < expit(0.8 * x + 1.5) ? 1 : 0
      }
      let rows = try OrderedObservations(
        design: Design(data.design), termNames: data.names, bands: bands, bandCount: 3)
      return [
        try rows.parallelSlopes(), try rows.parallelSlopes(clusters: (0..<4000).map { Int32($0 / 4) }),
      ]
    }
    for found in try test(-0.6) {
      #expect(found.pValue < 1e-6)
      #expect(found.terms.min { $0.pValue < $1.pValue }?.name == data.names[0])
    }
    for found in try test(0) { #expect(found.pValue > 0.01) }
  }

  @Test("statsmodels' OrderedModel: coefficients, thresholds and errors to its optimiser's digits")
  func statsmodels() throws {
    let (rows, reference) = try referenceRows()
    let fit = try ProportionalOdds().fit(rows)
    for (ours, theirs) in [
      (fit.coefficients, "coefficients"), (fit.thresholds, "thresholds"),
    ] {
      for (a, b) in zip(ours, reference[theirs].array) { #expect(relative(a, b.number) < 1e-6, "\(theirs)") }
    }
    // Only the likelihood has as many digits as its optimum is flat.
    #expect(relative(fit.logLikelihood, reference["log_likelihood"].number) < 1e-12)
    for (row, b) in zip(try fit.inference(rows).rows.suffix(3), reference["standard_errors"].array) {
      #expect(relative(row.standardError, b.number) < 1e-5)
    }
  }

  @Test("The law that drew the bands is found again, and probabilities add up to 1")
  func three() throws {
    let data = RandomDesign(rows: 20_000, columns: 2, seed: 52)
    let fit = try ProportionalOdds().fit(
      OrderedObservations(
        design: Design(data.design), termNames: data.names, bands: bands(data), bandCount: 3))
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
    func fit(_ bands: [Int]) throws -> FittedProportionalOdds {
      try ProportionalOdds(lambda: 0.01).fit(
        OrderedObservations(design: Design(data.design), termNames: data.names, bands: bands, bandCount: 3))
    }
    let (straight, other) = (try fit(given), try fit(given.map { 2 - $0 }))
    for (a, b) in zip(straight.coefficients, other.coefficients) { #expect((a + b).magnitude < 1e-9) }
    for (a, b) in zip(straight.thresholds, other.thresholds.reversed()) { #expect((a + b).magnitude < 1e-9) }
  }

  @Test("An empty band is named")
  func empty() throws {
    let data = RandomDesign(rows: 30, columns: 1, seed: 54)
    #expect(throws: FitError.emptyBand(band: 1)) {
      try OrderedObservations(
        design: Design(data.design), termNames: data.names, bands: data.outcomes.map { Int($0) * 2 },
        bandCount: 3)
    }
  }
}
