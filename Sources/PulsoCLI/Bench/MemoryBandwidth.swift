// Reading at the speed of the memory bus needs loads without bounds checks: the pointers of this file.
import StableNumerics

/// How fast this machine reads memory, measured on the very columns that a model reads.
enum MemoryBandwidth {
  /// Bytes a second of the fastest of `runs` passes in which each of `threads` threads adds up columns.
  static func measure(_ columns: [[Double]], threads: Int, runs: Int, clock: ContinuousClock) -> Double {
    let size = 16_384
    let rows = columns.first?.count ?? 0
    let blocks = (rows + size - 1) / size
    guard blocks > 0 else { return 0 }
    var best = Duration.seconds(1000)
    for _ in 0..<runs {
      let begin = clock.now
      forEachBlock(count: blocks, threads: threads) { block in
        let range = block * size..<min(rows, (block + 1) * size)
        keep(columns.reduce(0) { $0 + total($1, range) })
      }
      best = min(best, clock.now - begin)
    }
    return Double(columns.count * rows * 8) / (best / .seconds(1))
  }

  /// Four chains of eight lanes: more than one load under way at any time.
  private static func total(_ column: [Double], _ range: Range<Int>) -> Double {
    unsafe column.withUnsafeBytes { bytes in
      var sums = (SIMD8<Double>(), SIMD8<Double>(), SIMD8<Double>(), SIMD8<Double>())
      var row = range.lowerBound
      while row + 32 <= range.upperBound {
        unsafe sums.0 += bytes.loadUnaligned(fromByteOffset: row * 8, as: SIMD8<Double>.self)
        unsafe sums.1 += bytes.loadUnaligned(fromByteOffset: row * 8 + 64, as: SIMD8<Double>.self)
        unsafe sums.2 += bytes.loadUnaligned(fromByteOffset: row * 8 + 128, as: SIMD8<Double>.self)
        unsafe sums.3 += bytes.loadUnaligned(fromByteOffset: row * 8 + 192, as: SIMD8<Double>.self)
        row += 32
      }
      return (sums.0 + sums.1 + sums.2 + sums.3).sum()
    }
  }
}

/// Uses a result, so that the work for it is not left out as superfluous.
@_optimize(none)
func keep(_ value: Double) {}
