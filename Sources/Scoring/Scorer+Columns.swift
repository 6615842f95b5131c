// Threads write to parts of one array of their own, for which Swift has no safe spelling; hence the pointer.
// Joining arrays of each thread instead costs a second pass over the results.
import Features
import ModelFile
import StableNumerics

extension Scorer {
  /// The probabilities of accounts whose inputs lie in memory, one array an input in the order of
  /// ``inputs``: numbers as they are, NaN where missing; texts and booleans encoded as `FittedRecipe.encode`
  /// does. NaN for a row that lacks a value it must not. A model with an offset needs it, one number a row.
  ///
  /// The same bits for any number of threads. Throws where an array is missing or has another length than the
  /// others. Cost: each number is read once, in blocks that stay in the first cache; a model of plain numeric
  /// terms runs at the speed of memory.
  public func probabilities(
    of columns: [[Double]], offset: [Double]? = nil, threads: Int = 1
  ) throws(ScoringError) -> [Double] {
    try probabilities(columns, offset, threads) { range, target, scratch in
      predictor.values(columns, rows: range, into: &target, scratch: &scratch)
    }
  }

  /// The same for columns in single precision, with half the memory traffic; sums are in double precision.
  public func probabilities(
    of columns: [[Float]], offset: [Double]? = nil, threads: Int = 1
  ) throws(ScoringError) -> [Double] {
    try probabilities(columns, offset, threads) { range, target, scratch in
      predictor.values(columns, rows: range, into: &target, scratch: &scratch)
    }
  }

  private func probabilities<Scalar: BinaryFloatingPoint & Sendable>(
    _ columns: [[Scalar]], _ offset: [Double]?, _ threads: Int, _ accumulate: @escaping BlockBody
  ) throws(ScoringError) -> [Double] {
    guard columns.count == inputs.count else {
      throw .columnCount(columns.count, expected: inputs.count)
    }
    if let name = model.offset, offset == nil { throw .offset(column: name, found: nil) }
    let count = columns.first?.count ?? offset?.count ?? 0
    if let odd = columns.firstIndex(where: { $0.count != count }) {
      throw .unequalLengths(input: inputs[odd].name, count: columns[odd].count, expected: count)
    }
    if let offset, offset.count != count {
      throw .unequalLengths(input: model.offset ?? "offset", count: offset.count, expected: count)
    }
    return inBlocks(count, threads) { range, target, scratch in
      accumulate(range, &target, &scratch)
      if let offset {
        for row in range { target[row - range.lowerBound] += offset[row] }
      }
      model.calibration.map(&target)
    }
  }

  func linearPredictors(of columns: [[Double]], count: Int) -> [Double] {
    inBlocks(count, 1) { range, target, scratch in
      predictor.values(columns, rows: range, into: &target, scratch: &scratch)
    }
  }

  /// What computes a block: its rows, their target, and scratch as long as a block.
  private typealias BlockBody =
    @Sendable (Range<Int>, inout MutableSpan<Double>, inout MutableSpan<Double>) -> Void

  /// An array of `count` numbers, written in blocks of 1,024 rows: sums and scratch stay in the first cache.
  private func inBlocks(_ count: Int, _ threads: Int, _ body: BlockBody) -> [Double] {
    let size = 1024
    return unsafe [Double](unsafeUninitializedCapacity: count) { buffer, initialized in
      if let base = buffer.baseAddress {
        nonisolated(unsafe) let start = unsafe base
        // A worker takes runs of 16 blocks, so that the prefetcher sees long streams.
        let runs = (count + 16 * size - 1) / (16 * size)
        forEachBlock(count: runs, threads: threads) { run in
          var scratch = [Double](repeating: 0, count: size)
          for first in stride(from: run * 16 * size, to: min(count, (run + 1) * 16 * size), by: size) {
            let range = first..<min(first + size, count)
            unsafe (start + first).initialize(repeating: 0, count: range.count)
            var target = unsafe MutableSpan(_unsafeStart: start + first, count: range.count)
            var scratchSpan = scratch.mutableSpan
            body(range, &target, &scratchSpan)
          }
        }
      }
      initialized = count
    }
  }
}
