import Benchmark
import Invented
import ModelFile
import Scoring
import StableNumerics
import Tables

/// Scores of a plain model of 30 numeric terms: a million accounts in memory, in double and in single
/// precision, one account, and a CSV text of the same numbers.
let benchmarks: @Sendable () -> Void = {
  let rows = 1_000_000
  let inputs = 30
  let model = Model.plain(intercept: -1.4, coefficients: (0..<inputs).map { Double($0 % 7 - 3) / 5 })
  guard let scorer = try? Scorer(model) else { return }
  var random = SplitMix64(seed: 1)
  let columns = (0..<inputs).map { _ in (0..<rows).map { _ in random.uniform() - 0.5 } }
  let singles = columns.map { $0.map { Float($0) } }
  let metrics: [BenchmarkMetric] = [.wallClock, .cpuTotal, .throughput, .peakMemoryResident]

  for threads in [1, 2] {
    Benchmark("1e6 × 30 doubles, \(threads) threads", configuration: .init(metrics: metrics)) { benchmark in
      for _ in benchmark.scaledIterations {
        blackHole(try? scorer.probabilities(of: columns, threads: threads))
      }
    }
    Benchmark("1e6 × 30 floats, \(threads) threads", configuration: .init(metrics: metrics)) { benchmark in
      for _ in benchmark.scaledIterations {
        blackHole(try? scorer.probabilities(of: singles, threads: threads))
      }
    }
  }

  // That it allocates nothing is shown by `benchmarks/allocations`.
  Benchmark("one account", configuration: .init(metrics: [.wallClock, .cpuTotal], scalingFactor: .kilo)) {
    benchmark in
    var row = scorer.makeRow()
    for input in 0..<inputs { row.set(input, to: columns[input][7]) }
    benchmark.startMeasurement()
    for _ in benchmark.scaledIterations { blackHole(scorer.probability(of: row)) }
  }

  var text = CSVText()
  for input in 0..<inputs { text.text("x\(input)") }
  text.endRow()
  for row in 0..<100_000 {
    for column in columns { text.number((column[row] * 1000).rounded() / 100) }
    text.endRow()
  }
  let bytes = text.bytes
  Benchmark("CSV of 1e5 × 30 numbers, 2 threads", configuration: .init(metrics: metrics)) { benchmark in
    for _ in benchmark.scaledIterations {
      blackHole(try Table.read(csv: bytes, name: "text", options: ReadOptions(threads: 2)))
    }
  }
}
