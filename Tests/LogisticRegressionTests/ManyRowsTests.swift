import Foundation
import LinearAlgebra
import LogisticRegression
import StableNumerics
import Testing

/// The short cuts that many rows allow (a start from a sample, Hessians that serve several steps, folds in step)
/// against the plain method, written out here.
@Suite("Many rows")
struct ManyRowsTests {
  @Test("The same optimum as plain Newton to 1e-10, over random designs", arguments: 0..<6)
  func optimum(_ seed: Int) throws {
    let data = Self.data(seed: UInt64(seed))
    let observations = try data.observations()
    let lambda = seed % 2 == 0 ? 0 : 1e-3
    let fit = try Self.model(lambda: lambda).fit(observations)
    let plain = try Self.plainNewton(data, lambda: lambda)
    for (a, b) in zip([fit.intercept] + fit.coefficients, plain) {
      #expect((a - b).magnitude <= 1e-10 * max(1, b.magnitude))
    }
    #expect(fit.convergence.newtonDecrement <= 1e-12)
    #expect(fit.convergence.gradientNorm <= 1e-12)
  }

  @Test("The same bytes for 1, 2 and 3 threads")
  func threads() throws {
    let observations = try Self.data(seed: 1).observations()
    let one = try Self.model(lambda: 1e-3).fit(observations)
    for threads in [2, 3] {
      let other = try Self.model(lambda: 1e-3, threads: threads).fit(observations)
      #expect(other.coefficients == one.coefficients)
      #expect(other.convergence == one.convergence)
      #expect(other.logLikelihood == one.logLikelihood)
    }
  }

  @Test("Folds in step are fits without the fold, scored on it", arguments: [0.0, 0.5], [true, false])
  func folds(_ alpha: Double, _ standardize: Bool) throws {
    let data = Self.data(seed: 7, rows: 12_000)
    let observations = try data.observations()
    let weights = data.weights ?? Array(repeating: 1, count: 12_000)
    // In turn, or in stretches.
    let folds = (0..<12_000).map { standardize ? ($0 * 7) % 3 : $0 / 4_000 }
    let lambdas = [0.03, 0.01, 0.001]
    let model = try LogisticRegression(penalty: .none, standardize: standardize, threads: 2)
    let result = try model.crossValidate(observations, folds: folds, alpha: alpha, lambdas: lambdas)
    for fold in 0..<3 {
      let rows = try Observations(
        design: data.design, termNames: data.names, outcomes: data.outcomes,
        weights: weights.indices.map { folds[$0] == fold ? 0 : weights[$0] }, offset: data.offset)
      for (k, lambda) in lambdas.enumerated() {
        let fit = try LogisticRegression(
          penalty: .elasticNet(lambda: lambda, alpha: alpha), standardize: standardize
        ).fit(rows)
        let eta = try fit.linearPredictor(of: data.design, offset: data.offset)
        var deviance = 0.0
        var weight = 0.0
        for i in eta.indices where folds[i] == fold {
          deviance += 2 * weights[i] * (log1pExp(eta[i]) - data.outcomes[i] * eta[i])
          weight += weights[i]
          if k == result.bestIndex { #expect((result.bestLinearPredictors[i] - eta[i]).magnitude < 1e-6) }
        }
        #expect((result.foldDeviances[fold][k] - deviance / weight).magnitude < 1e-8)
      }
    }
  }

  @Test("A design in a file is fitted as the same in memory, in both precisions", arguments: [true, false])
  func mapped(_ isSingle: Bool) throws {
    var data = RandomDesign(rows: DesignFile.chunkRows * 2 + 1234, columns: 5, seed: 77)
    for i in data.design.values.indices { data.design.values[i] = Double(Float(data.design.values[i])) }
    let path = NSTemporaryDirectory() + "pulso-design-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Self.write(data.design, to: path, isSingle: isSingle)
    let design = try Design(mapping: path)
    let observations = try Observations(design: design, termNames: data.names, outcomes: data.outcomes)
    for lambda in [0, 1e-3] {
      let plain = try Self.model(lambda: lambda).fit(data.observations())
      let fit = try Self.model(lambda: lambda).fit(observations)
      for (a, b) in zip([fit.intercept] + fit.coefficients, [plain.intercept] + plain.coefficients) {
        #expect((a - b).magnitude <= 1e-10 * max(1, b.magnitude))
      }
      let other = try Self.model(lambda: lambda, threads: 2).fit(observations)
      #expect(other.coefficients == fit.coefficients)
      let (errors, expected) = (try fit.inference(observations), try plain.inference(data.observations()))
      for (a, b) in zip(errors.rows, expected.rows) {
        #expect((a.standardError - b.standardError).magnitude <= 1e-10 * b.standardError)
      }
    }
    let folds = (0..<design.rows).map { $0 % 3 }
    let model = try LogisticRegression(penalty: .none, threads: 2)
    let path1 = try model.crossValidate(observations, folds: folds, alpha: 0, lambdas: [0.1, 0.01])
    let path2 = try model.crossValidate(data.observations(), folds: folds, alpha: 0, lambdas: [0.1, 0.01])
    for (a, b) in zip(path1.meanDeviances, path2.meanDeviances) { #expect((a - b).magnitude < 1e-10) }
  }

  @Test("Columns that nearly repeat others are fitted in memory, and named where they lie in a file")
  func nearlyDependent() throws {
    var data = RandomDesign(rows: 4000, columns: 3, seed: 5)
    var random = SplitMix64(seed: 6)
    for i in 0..<4000 { data.design[i, 2] = data.design[i, 0] + 1e-6 * random.normal() }
    let path = NSTemporaryDirectory() + "pulso-design-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Self.write(data.design, to: path, isSingle: false)
    let observations = try Observations(
      design: Design(mapping: path), termNames: data.names, outcomes: data.outcomes)
    _ = try Self.model(lambda: 0).fit(data.observations())
    #expect(throws: FitError.nearlyDependent(["x2"])) { try Self.model(lambda: 0).fit(observations) }
    _ = try Self.model(lambda: 1e-3).fit(observations)
    data.design[17, 1] = .nan
    try Self.write(data.design, to: path, isSingle: false)
    #expect(throws: FitError.notFinite(.term("x1"), row: 17)) {
      try Observations(design: Design(mapping: path), termNames: data.names, outcomes: data.outcomes)
    }
  }

  private static func write(_ matrix: Matrix, to path: String, isSingle: Bool) throws {
    var file = try DesignFile(path: path, columns: matrix.columns, precision: isSingle ? .single : .double)
    for range in stride(from: 0, to: matrix.rows, by: DesignFile.chunkRows) {
      let rows = range..<min(range + DesignFile.chunkRows, matrix.rows)
      let columns = (0..<matrix.columns).map { j in rows.map { matrix[$0, j] } }
      if isSingle {
        try file.append(columns.map { $0.map { Float($0) } })
      } else {
        try file.append(columns)
      }
    }
    try file.finish()
  }

  private static func model(lambda: Double, threads: Int = 1) throws -> LogisticRegression {
    try LogisticRegression(
      penalty: lambda > 0 ? .elasticNet(lambda: lambda, alpha: 0) : .none, standardize: false,
      threads: threads)
  }

  /// Columns of different scales and shifts; weights and offset with odd seeds.
  private static func data(seed: UInt64, rows: Int = 50_000 + 137) -> RandomDesign {
    let columns = 1 + Int(seed) % 5
    var data = RandomDesign(rows: rows, columns: columns, seed: 900 + seed)
    for j in 0..<columns {
      for i in 0..<rows { data.design[i, j] = data.design[i, j] * [1, 0.1, 3][j % 3] + Double(j) }
    }
    if seed % 2 == 1 {
      var random = SplitMix64(seed: seed)
      data.weights = (0..<rows).map { _ in random.below(4) == 0 ? 0 : 0.5 + random.uniform() }
      data.offset = (0..<rows).map { _ in random.uniform() - 0.5 }
    }
    return data
  }

  /// Intercept and coefficients by Newton's method with every Hessian, until steps vanish.
  private static func plainNewton(_ data: RandomDesign, lambda: Double) throws -> [Double] {
    let n = data.outcomes.count
    let q = data.design.columns + 1
    let weights = data.weights ?? Array(repeating: 1, count: n)
    let total = weights.reduce(0, +)
    var theta = [Double](repeating: 0, count: q)
    for _ in 0..<40 {
      var gradient = (0..<q).map { $0 == 0 ? 0 : lambda * theta[$0] }
      var hessian = Matrix(rows: q, columns: q)
      for j in 1..<q { hessian[j, j] = lambda }
      var x = [Double](repeating: 1, count: q)
      for i in 0..<n {
        var eta = theta[0] + (data.offset?[i] ?? 0)
        for j in 1..<q {
          x[j] = data.design[i, j - 1]
          eta += theta[j] * x[j]
        }
        let p = expit(eta)
        let w = weights[i] / total
        for j in 0..<q {
          gradient[j] += w * (p - data.outcomes[i]) * x[j]
          for k in 0...j { hessian[j, k] += w * p * (1 - p) * x[j] * x[k] }
        }
      }
      let step = try Cholesky(hessian).solve(gradient)
      for j in 0..<q { theta[j] -= step[j] }
      if step.allSatisfy({ $0.magnitude < 1e-14 }) { break }
    }
    return theta
  }
}
