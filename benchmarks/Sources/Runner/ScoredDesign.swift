import Invented
import LinearAlgebra
import ModelFile
import Scoring
import StableNumerics

/// A plain model and the columns of a design, in double and in single precision.
struct ScoredDesign {
  let scorer: Scorer
  let columns: [[Double]]
  let singles: [[Float]]
  private let clock = ContinuousClock()

  init(_ design: Design, intercept: Double, coefficients: [Double]) throws {
    scorer = try Scorer(Model.plain(intercept: intercept, coefficients: coefficients))
    columns = (0..<design.columns).map { design.column($0) }
    singles = columns.map { $0.map { Float($0) } }
  }

  func all(isSingle: Bool, threads: Int) throws -> (seconds: Double, probabilities: [Double]) {
    let begin = clock.now
    if isSingle {
      let probabilities: [Float] = try scorer.probabilities(of: singles, threads: threads)
      return ((clock.now - begin) / .seconds(1), probabilities.map { Double($0) })
    }
    let probabilities: [Double] = try scorer.probabilities(of: columns, threads: threads)
    return ((clock.now - begin) / .seconds(1), probabilities)
  }

  /// One account after another, 32 between two looks at the clock, which itself takes as long as one.
  func single(count: Int) -> (p50: Double, p99: Double) {
    let rows = min(1024, columns[0].count)
    let width = columns.count
    let accounts = (0..<rows).flatMap { row in columns.map { $0[row] } }
    var times: [Double] = []
    times.reserveCapacity(count / 32)
    var sum = 0.0
    for group in 0..<count / 32 {
      let begin = clock.now
      for account in 0..<32 {
        let first = (group * 32 + account) % rows * width
        sum += scorer.probability(of: accounts.span.extracting(first..<first + width))
      }
      times.append((clock.now - begin) / .nanoseconds(1) / 32)
    }
    precondition(sum.isFinite)
    times.sort()
    return (times[times.count / 2], times[times.count * 99 / 100])
  }

  /// Bytes a second at which `threads` threads read the columns.
  func bandwidth(threads: Int) -> Double {
    let rows = columns[0].count
    let size = 16_384
    let begin = clock.now
    let totals = mapBlocks(count: (rows + size - 1) / size, threads: threads) { block in
      let range = block * size..<min(rows, (block + 1) * size)
      return columns.reduce(0) { sum, column in
        unsafe column.withUnsafeBytes { bytes in
          // Four chains of eight lanes: more than one load under way at any time.
          var lanes = (SIMD8<Double>(), SIMD8<Double>(), SIMD8<Double>(), SIMD8<Double>())
          for row in stride(from: range.lowerBound, to: range.upperBound - 31, by: 32) {
            unsafe lanes.0 += bytes.loadUnaligned(fromByteOffset: row * 8, as: SIMD8<Double>.self)
            unsafe lanes.1 += bytes.loadUnaligned(fromByteOffset: row * 8 + 64, as: SIMD8<Double>.self)
            unsafe lanes.2 += bytes.loadUnaligned(fromByteOffset: row * 8 + 128, as: SIMD8<Double>.self)
            unsafe lanes.3 += bytes.loadUnaligned(fromByteOffset: row * 8 + 192, as: SIMD8<Double>.self)
          }
          return sum + (lanes.0 + lanes.1 + lanes.2 + lanes.3).sum()
        }
      }
    }
    let seconds = (clock.now - begin) / .seconds(1)
    precondition(totals.allSatisfy(\.isFinite))
    return Double(rows * columns.count * 8) / seconds
  }
}
