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
    let count = try rows(columns.map(\.count), offset)
    return inBlocks(count, threads) { range, target, _, scratch in
      predictor.values(columns, rows: range, into: &target, scratch: &scratch)
      add(offset, range, &target)
      model.calibration.map(&target)
    }
  }

  /// The same in single precision, with half the memory traffic: probabilities within about 1e-6 of those of
  /// the same numbers in double precision, more where columns with large means all but cancel.
  public func probabilities(
    of columns: [[Float]], offset: [Double]? = nil, threads: Int = 1
  ) throws(ScoringError) -> [Float] {
    let count = try rows(columns.map(\.count), offset)
    return inBlocks(count, threads) { range, target, sums, scratch in
      predictor.values(columns, rows: range, into: &sums, scratch: &scratch)
      add(offset, range, &sums)
      model.calibration.map(&sums, into: &target)
    }
  }

  /// The rows that all columns agree on.
  private func rows(_ counts: [Int], _ offset: [Double]?) throws(ScoringError) -> Int {
    guard counts.count == inputs.count else { throw .columnCount(counts.count, expected: inputs.count) }
    if let name = model.offset, offset == nil { throw .offset(column: name, found: nil) }
    let count = counts.first ?? offset?.count ?? 0
    if let odd = counts.firstIndex(where: { $0 != count }) {
      throw .unequalLengths(input: inputs[odd].name, count: counts[odd], expected: count)
    }
    if let offset, offset.count != count {
      throw .unequalLengths(input: model.offset ?? "offset", count: offset.count, expected: count)
    }
    return count
  }

  private func add(_ offset: [Double]?, _ rows: Range<Int>, _ sums: inout MutableSpan<Double>) {
    guard let offset else { return }
    for row in rows { sums[row - rows.lowerBound] += offset[row] }
  }

  func linearPredictors(of columns: [[Double]], count: Int) -> [Double] {
    inBlocks(count, 1) { range, target, _, scratch in
      predictor.values(columns, rows: range, into: &target, scratch: &scratch)
    }
  }

  /// An array of `count` numbers, written in blocks of 1,024 rows: what a block needs stays in the first cache.
  /// `body` has its rows, their target, and room for sums and for scratch as long as a block.
  private func inBlocks<Number: BinaryFloatingPoint & BitwiseCopyable & Sendable>(
    _ count: Int, _ threads: Int,
    _ body:
      @Sendable (
        Range<Int>, inout MutableSpan<Number>, inout MutableSpan<Double>, inout MutableSpan<Double>
      ) -> Void
  ) -> [Number] {
    return unsafe [Number](unsafeUninitializedCapacity: count) { buffer, initialized in
      if let base = buffer.baseAddress {
        nonisolated(unsafe) let start = unsafe base
        // A worker takes runs of 16 blocks, so that the prefetcher sees long streams.
        let size = 1024
        let runs = (count + 16 * size - 1) / (16 * size)
        forEachBlock(count: runs, threads: threads) { run in
          // On the stack: a call allocates what it returns, however many rows there are.
          var sums = InlineArray<1024, Double>(repeating: 0)
          var scratch = InlineArray<1024, Double>(repeating: 0)
          for first in stride(from: run * 16 * size, to: min(count, (run + 1) * 16 * size), by: size) {
            let range = first..<min(first + size, count)
            unsafe (start + first).initialize(repeating: 0, count: range.count)
            var target = unsafe MutableSpan(_unsafeStart: start + first, count: range.count)
            var sumsSpan = sums.mutableSpan
            var scratchSpan = scratch.mutableSpan
            body(range, &target, &sumsSpan, &scratchSpan)
          }
        }
      }
      initialized = count
    }
  }
}
