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
  /// others. Cost: each number is read once; a model of plain numeric terms runs at the speed of memory.
  public func probabilities(
    of columns: [[Double]], offset: [Double]? = nil, threads: Int = 1
  ) throws(ScoringError) -> [Double] {
    let count = try rows(columns.map(\.count), offset)
    return inBlocks(count, threads) { range, target, scratch in
      predictor.values(columns, rows: range, into: &target, scratch: &scratch)
      add(offset, range, &target)
      model.calibration.map(&target)
    }
  }

  /// The same in single precision, with half the memory traffic: probabilities within about 1e-6 of those of
  /// the same numbers in double precision, more where large parts of a sum all but cancel or the calibration is steep.
  /// Coefficients must lie in the range of a Float.
  public func probabilities(
    of columns: [[Float]], offset: [Double]? = nil, threads: Int = 1
  ) throws(ScoringError) -> [Float] {
    let count = try rows(columns.map(\.count), offset)
    return inBlocks(count, threads) { range, target, scratch in
      predictor.values(columns, rows: range, into: &target, scratch: &scratch)
      add(offset, range, &target)
      model.calibration.map(&target)
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

  private func add<Number: BinaryFloatingPoint>(
    _ offset: [Double]?, _ rows: Range<Int>, _ sums: inout MutableSpan<Number>
  ) {
    guard let offset else { return }
    for row in rows { sums[row - rows.lowerBound] += Number(offset[row]) }
  }

  func linearPredictors(of columns: [[Double]], count: Int) -> [Double] {
    inBlocks(count, 1) { range, target, scratch in
      predictor.values(columns, rows: range, into: &target, scratch: &scratch)
    }
  }

  /// Enough rows for the memory's prefetcher to see long streams, few enough for their sums to stay in the second cache
  /// and for all threads to end together.
  private static func blockRows(_ count: Int, threads: Int, bytesARow: Int) -> Int {
    let even = (count / (8 * max(1, threads)) + 1023) & ~1023
    return max(1024, min(even, 131_072 / bytesARow))
  }

  /// An array of `count` numbers, written block by block. `body` has a block's rows, their target, and as much scratch.
  private func inBlocks<Number: BinaryFloatingPoint & BitwiseCopyable & Sendable>(
    _ count: Int, _ threads: Int,
    _ body: @Sendable (Range<Int>, inout MutableSpan<Number>, inout MutableSpan<Double>) -> Void
  ) -> [Number] {
    let size = Self.blockRows(count, threads: threads, bytesARow: MemoryLayout<Number>.stride)
    return unsafe [Number](unsafeUninitializedCapacity: count) { buffer, initialized in
      if let base = buffer.baseAddress {
        nonisolated(unsafe) let start = unsafe base
        forEachBlock(count: (count + size - 1) / size, threads: threads) {
          [Double](repeating: 0, count: min(count, size))
        } _: { block, scratch in
          let range = block * size..<min((block + 1) * size, count)
          unsafe (start + range.lowerBound).initialize(repeating: 0, count: range.count)
          var target = unsafe MutableSpan(_unsafeStart: start + range.lowerBound, count: range.count)
          var scratch = scratch.mutableSpan
          body(range, &target, &scratch)
        }
      }
      initialized = count
    }
  }
}
