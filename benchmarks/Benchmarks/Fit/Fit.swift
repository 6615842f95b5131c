import Benchmark
import Foundation
import LinearAlgebra
import LogisticRegression

/// Observations that a logistic law made, from a seed.
func observations(rows: Int, columns: Int) throws -> Observations {
  var state: UInt64 = 42
  func uniform() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 11) * 0x1p-53
  }
  // Twelve uniforms make a normal, near enough for a benchmark.
  let values = (0..<rows * columns).map { _ in (0..<4).reduce(-2.0) { sum, _ in sum + uniform() } * 1.7 }
  let outcomes = (0..<rows).map { row in
    var eta = -1.0
    for j in 0..<columns { eta += values[j * rows + row] * (j % 2 == 0 ? 0.3 : -0.2) }
    return uniform() * (1 + exp(-eta)) < 1 ? 1.0 : 0
  }
  return try Observations(
    design: Matrix(rows: rows, columns: columns, values: values), termNames: (1...columns).map { "x\($0)" },
    outcomes: outcomes)
}

let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = .init(
    metrics: [.wallClock, .cpuTotal, .mallocCountTotal, .peakMemoryResident], maxDuration: .seconds(3))
  for (rows, columns) in [(10_000, 10), (10_000, 100), (100_000, 30)] {
    Benchmark("fit \(rows) × \(columns), 2 threads") { benchmark, data in
      let model = try LogisticRegression(penalty: .elasticNet(lambda: 1e-4, alpha: 0), threads: 2)
      for _ in benchmark.scaledIterations { blackHole(try model.fit(data)) }
    } setup: {
      try observations(rows: rows, columns: columns)
    }
  }
}
