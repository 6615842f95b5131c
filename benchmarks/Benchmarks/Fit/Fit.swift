import Benchmark
import Invented
import LogisticRegression

/// Allocations are counted by `benchmarks/allocations`: the plugin needs jemalloc for that.
let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = .init(
    metrics: [.wallClock, .cpuTotal, .peakMemoryResident], maxDuration: .seconds(3))
  for (rows, columns) in [(10_000, 10), (10_000, 100), (100_000, 30), (1_000_000, 30)] {
    Benchmark("fit \(rows) × \(columns), 2 threads") { benchmark, data in
      let model = try LogisticRegression(
        penalty: .elasticNet(lambda: 1e-4, alpha: 0), standardize: false, threads: 2)
      for _ in benchmark.scaledIterations { blackHole(try model.fit(data)) }
    } setup: {
      try Observations.invented(rows: rows, columns: columns)
    }
  }
}
