import LinearAlgebra
import LogisticRegression
import StableNumerics
import Testing

@Suite("Paths and cross-validation")
struct PathTests {
  @Test("Each point of a path is the fit at its λ; the first has no term", arguments: [0.0, 0.5, 1.0])
  func path(_ alpha: Double) throws {
    let observations = try RandomDesign(rows: 250, columns: 8, seed: 41).observations()
    let model = try LogisticRegression(penalty: .none)
    let path = try model.path(observations, alpha: alpha)
    #expect(path.lambdas.count == 100)
    #expect((path.lambdas[99] / path.lambdas[0] - 1e-4).magnitude < 1e-12)
    if alpha > 0 {
      #expect(path.termCounts[0] == 0)
      #expect(path.termCounts[1] > 0)
    }
    for k in stride(from: 0, to: 100, by: 9) {
      let fit = try LogisticRegression(penalty: .elasticNet(lambda: path.lambdas[k], alpha: alpha)).fit(
        observations)
      #expect((fit.intercept - path.intercepts[k]).magnitude < 1e-9)
      for (a, b) in zip(fit.coefficients, path.coefficients[k]) { #expect((a - b).magnitude < 1e-9) }
      #expect((fit.devianceRatio - path.devianceRatios[k]).magnitude < 1e-10)
    }
  }

  @Test("Screening many columns changes nothing")
  func screening() throws {
    let observations = try RandomDesign(rows: 120, columns: 300, seed: 42).observations()
    let path = try LogisticRegression(penalty: .none).path(observations, alpha: 1, lambdaCount: 20)
    #expect((path.lambdas[19] / path.lambdas[0] - 1e-2).magnitude < 1e-12)
    for k in [5, 12] {
      let fit = try LogisticRegression(penalty: .elasticNet(lambda: path.lambdas[k], alpha: 1)).fit(
        observations)
      for (a, b) in zip(fit.coefficients, path.coefficients[k]) { #expect((a - b).magnitude < 1e-8) }
    }
  }

  @Test("Cross-validation is fits without the fold, scored on it")
  func crossValidation() throws {
    let data = RandomDesign(rows: 200, columns: 4, seed: 43)
    let observations = try data.observations()
    let folds = (0..<200).map { ($0 * 7) % 5 }
    let lambdas = [0.1, 0.01, 0.001]
    let model = try LogisticRegression(penalty: .none)
    let result = try model.crossValidate(observations, folds: folds, alpha: 0, lambdas: lambdas)
    for (k, lambda) in lambdas.enumerated() {
      var total = 0.0
      for fold in 0..<5 {
        let training = (0..<200).filter { folds[$0] != fold }.map(Int32.init)
        let rows = try Observations(
          design: data.design.rows(at: training), termNames: data.names,
          outcomes: training.map { data.outcomes[Int($0)] })
        let fit = try LogisticRegression(penalty: .elasticNet(lambda: lambda, alpha: 0)).fit(rows)
        let eta = try fit.linearPredictor(of: data.design)
        var deviance = 0.0
        for i in 0..<200 where folds[i] == fold {
          deviance += 2 * (log1pExp(eta[i]) - data.outcomes[i] * eta[i])
          if k == result.bestIndex { #expect((result.bestLinearPredictors[i] - eta[i]).magnitude < 1e-8) }
        }
        #expect((result.foldDeviances[fold][k] - deviance / 40).magnitude < 1e-9)
        total += deviance
      }
      #expect((result.meanDeviances[k] - total / 200).magnitude < 1e-9)
    }
    #expect(result.lambdas[result.oneStandardErrorIndex] >= result.lambdas[result.bestIndex])
    let two = try LogisticRegression(penalty: .none, threads: 2).crossValidate(
      observations, folds: folds, alpha: 0, lambdas: lambdas)
    #expect(two.meanDeviances == result.meanDeviances)
  }

  @Test("Folds that cannot be used are refused")
  func folds() throws {
    let observations = try RandomDesign(rows: 20, columns: 1, seed: 44).observations()
    let model = try LogisticRegression(penalty: .none)
    #expect(throws: FitError.tooFewFolds(count: 1)) {
      try model.crossValidate(observations, folds: Array(repeating: 0, count: 20), alpha: 0)
    }
    #expect(throws: FitError.unequalLengths(.folds, count: 3, expected: 20)) {
      try model.crossValidate(observations, folds: [0, 1, 2], alpha: 0)
    }
  }
}
