import LinearAlgebra
import LogisticRegression
import StableNumerics
import Testing

@Suite("What must hold whatever the data")
struct PropertyTests {
  static let penalties: [Penalty] = [
    .none, .elasticNet(lambda: 0.01, alpha: 0), .elasticNet(lambda: 0.02, alpha: 0.7), .firth,
  ]

  private func close(_ a: FittedLogisticRegression, _ b: FittedLogisticRegression, sign: Double = 1) -> Bool {
    let pairs = zip([a.intercept] + a.coefficients, [b.intercept] + b.coefficients)
    return pairs.allSatisfy { ($0 - sign * $1).magnitude < 1e-9 * max(1, $0.magnitude) }
  }

  @Test("A row of weight 2 is the row twice; a row of weight 0 is no row", arguments: penalties)
  func weights(_ penalty: Penalty) throws {
    var data = RandomDesign(rows: 150, columns: 4, seed: 11)
    let model = try LogisticRegression(penalty: penalty)
    data.weights = (0..<150).map { Double($0 % 3) }
    let weighted = try model.fit(data.observations())
    var rows: [Int32] = []
    for i in 0..<150 { for _ in 0..<(i % 3) { rows.append(Int32(i)) } }
    var expanded = data
    expanded.design = data.design.rows(at: rows)
    expanded.outcomes = rows.map { data.outcomes[Int($0)] }
    expanded.weights = nil
    let plain = try model.fit(expanded.observations())
    #expect(close(weighted, plain))
    #expect(relative(weighted.deviance, plain.deviance) < 1e-12)
    #expect(relative(weighted.nullDeviance, plain.nullDeviance) < 1e-12)
  }

  @Test("Flipped outcomes flip every sign", arguments: penalties)
  func flipped(_ penalty: Penalty) throws {
    var data = RandomDesign(rows: 200, columns: 5, seed: 12)
    let model = try LogisticRegression(penalty: penalty)
    let fit = try model.fit(data.observations())
    data.outcomes = data.outcomes.map { 1 - $0 }
    #expect(close(fit, try model.fit(data.observations()), sign: -1))
  }

  @Test("The order of the rows and the units of a column don't matter", arguments: penalties)
  func orderAndUnits(_ penalty: Penalty) throws {
    let data = RandomDesign(rows: 200, columns: 4, seed: 13)
    let model = try LogisticRegression(penalty: penalty)
    let fit = try model.fit(data.observations())
    var reversed = data
    reversed.design = data.design.rows(at: (0..<200).reversed().map(Int32.init))
    reversed.outcomes = data.outcomes.reversed()
    #expect(close(fit, try model.fit(reversed.observations())))
    var scaled = data
    for i in 0..<200 { scaled.design[i, 2] *= 1e8 }
    var rescaled = try model.fit(scaled.observations()).coefficients
    rescaled[2] *= 1e8
    for (a, b) in zip(fit.coefficients, rescaled) { #expect((a - b).magnitude < 1e-9) }
  }

  @Test("The same bytes for one, two and five threads", arguments: penalties)
  func threads(_ penalty: Penalty) throws {
    let observations = try RandomDesign(rows: 12_000, columns: 6, seed: 14).observations()
    let one = try LogisticRegression(penalty: penalty).fit(observations)
    for threads in [2, 5] {
      let many = try LogisticRegression(penalty: penalty, threads: threads).fit(observations)
      #expect(many.intercept.bitPattern == one.intercept.bitPattern)
      #expect(many.coefficients.map(\.bitPattern) == one.coefficients.map(\.bitPattern))
      #expect(many.deviance.bitPattern == one.deviance.bitPattern)
      #expect(many.convergence == one.convergence)
    }
  }

  @Test("Chord steps and a sampled start reach the plain method's optimum to 1e-10")
  func shortcuts() throws {
    let data = RandomDesign(rows: 60_000, columns: 5, seed: 15, intercept: -2)
    let fit = try LogisticRegression(penalty: .none).fit(data.observations())
    // The plain method: Newton from 0 by the textbook, in plain loops.
    var theta = [Double](repeating: 0, count: 6)
    for _ in 0..<10 {
      var gradient = [Double](repeating: 0, count: 6)
      var hessian = Matrix(rows: 6, columns: 6)
      for i in 0..<60_000 {
        let row = [1.0] + (0..<5).map { data.design[i, $0] }
        let p = expit(zip(row, theta).reduce(0) { $0 + $1.0 * $1.1 })
        for a in 0..<6 {
          gradient[a] += (data.outcomes[i] - p) * row[a]
          for b in 0..<6 { hessian[a, b] += p * (1 - p) * row[a] * row[b] }
        }
      }
      let step = try Cholesky(hessian).solve(gradient)
      for a in 0..<6 { theta[a] += step[a] }
    }
    for (a, b) in zip([fit.intercept] + fit.coefficients, theta) { #expect((a - b).magnitude < 1e-10) }
  }

  @Test("A start given changes nothing but the way")
  func start() throws {
    let observations = try RandomDesign(rows: 300, columns: 4, seed: 16).observations()
    let model = try LogisticRegression(penalty: .elasticNet(lambda: 0.01, alpha: 0))
    let first = try model.fit(observations)
    let other = try LogisticRegression(penalty: .none).fit(observations, start: first)
    let plain = try LogisticRegression(penalty: .none).fit(observations)
    #expect(close(other, plain))
  }

  @Test("Sign bounds hold, and a bound that would not be crossed changes nothing")
  func bounds() throws {
    let observations = try RandomDesign(rows: 400, columns: 4, seed: 17).observations()
    let free = try LogisticRegression(penalty: .none).fit(observations)
    let same: [SignBound?] = free.coefficients.map { $0 < 0 ? .nonPositive : .nonNegative }
    let kept = try LogisticRegression(penalty: .none, bounds: same).fit(observations)
    #expect(close(free, kept))
    let opposite: [SignBound?] = free.coefficients.enumerated().map {
      $0 == 0 ? ($1 < 0 ? .nonNegative : .nonPositive) : nil
    }
    let held = try LogisticRegression(penalty: .none, bounds: opposite).fit(observations)
    #expect(held.coefficients[0] == 0)
    #expect(held.logLikelihood < free.logLikelihood)
    #expect(held.convergence.gradientNorm < 1e-10)
  }

  @Test("A strong prior pins the coefficients to last month's; a weightless one leaves the fit alone")
  func prior() throws {
    let observations = try RandomDesign(rows: 300, columns: 3, seed: 18).observations()
    let means = [0.5, -1, 2]
    let pinned = try LogisticRegression(
      penalty: .none, prior: CoefficientPrior(means: means, precisions: [1e12, 1e12, 1e12])
    ).fit(observations)
    for (a, b) in zip(pinned.coefficients, means) { #expect((a - b).magnitude < 1e-6) }
    let idle = try LogisticRegression(
      penalty: .none, prior: CoefficientPrior(means: means, precisions: [0, 0, 0])
    ).fit(observations)
    #expect(close(idle, try LogisticRegression(penalty: .none).fit(observations)))
  }

  @Test("An offset of the linear predictor itself leaves nothing to estimate")
  func offset() throws {
    var data = RandomDesign(rows: 300, columns: 3, seed: 19)
    let fit = try LogisticRegression(penalty: .none).fit(data.observations())
    data.offset = try fit.linearPredictor(of: data.design)
    let rest = try LogisticRegression(penalty: .none).fit(data.observations())
    #expect(rest.intercept.magnitude < 1e-9)
    for value in rest.coefficients { #expect(value.magnitude < 1e-9) }
    #expect(relative(rest.logLikelihood, fit.logLikelihood) < 1e-12)
  }

  @Test("Balanced class weights with their correction give the population's odds back")
  func classWeights() throws {
    var data = RandomDesign(rows: 20_000, columns: 3, seed: 20, intercept: -3)
    let plain = try LogisticRegression(penalty: .none).fit(data.observations())
    let weights = try ClassWeights.balanced(data.observations())
    data.weights = weights.rowWeights(data.outcomes)
    let balanced = try LogisticRegression(penalty: .none).fit(data.observations())
    #expect(balanced.intercept > plain.intercept + 1)
    #expect((balanced.intercept + weights.interceptCorrection - plain.intercept).magnitude < 0.2)
  }
}
