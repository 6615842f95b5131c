// Threads write to parts of one array of their own, for which Swift has no safe spelling; hence the pointer.
// Joining arrays of each thread instead costs a second pass over the results.
import Features
import ModelFile
import StableNumerics

extension Scorer {
  /// The probabilities of accounts whose inputs lie in memory, one array an input in the order of
  /// ``inputs``: numbers as they are, NaN where missing; texts and booleans encoded as `FittedRecipe.encode`
  /// does. NaN for a row that lacks a value it must not.
  ///
  /// The same bits for any number of threads. Columns must be of equal length. Cost: each number is read once,
  /// in blocks that stay in the first cache; a model of plain numeric terms runs at the speed of memory.
  public func probabilities(of columns: [[Double]], threads: Int = 1) -> [Double] {
    inBlocks(columns.first?.count ?? 0, threads) { range, target, scratch, isWhole in
      linearPredictors(of: columns, range, &target, &scratch, &isWhole)
      model.calibration.map(&target)
    }
  }

  /// The same for columns in single precision, with half the memory traffic; sums are in double precision.
  public func probabilities(of columns: [[Float]], threads: Int = 1) -> [Double] {
    inBlocks(columns.first?.count ?? 0, threads) { range, target, scratch, isWhole in
      program.accumulate(
        intercept: model.intercept, coefficients: model.coefficients, columns, rows: range, into: &target,
        scratch: &scratch, isWhole: &isWhole)
      for input in unseenDemands {
        let column = columns[input]
        for row in range where column[row].isNaN { target[row - range.lowerBound] = .nan }
      }
      model.calibration.map(&target)
    }
  }

  func linearPredictors(of columns: [[Double]], count: Int) -> [Double] {
    inBlocks(count, 1) { range, target, scratch, isWhole in
      linearPredictors(of: columns, range, &target, &scratch, &isWhole)
    }
  }

  private func linearPredictors(
    of columns: [[Double]], _ range: Range<Int>, _ target: inout MutableSpan<Double>,
    _ scratch: inout MutableSpan<Double>, _ isWhole: inout Bool
  ) {
    program.accumulate(
      intercept: model.intercept, coefficients: model.coefficients, columns, rows: range, into: &target,
      scratch: &scratch, isWhole: &isWhole)
    for input in unseenDemands {
      let column = columns[input]
      for row in range where column[row].isNaN { target[row - range.lowerBound] = .nan }
    }
  }

  /// What computes a block: its rows, their target, scratch as long as a block, and whether the block before
  /// had no missing value.
  private typealias BlockBody =
    @Sendable (Range<Int>, inout MutableSpan<Double>, inout MutableSpan<Double>, inout Bool) -> Void

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
          var isWhole = true
          for first in stride(from: run * 16 * size, to: min(count, (run + 1) * 16 * size), by: size) {
            let range = first..<min(first + size, count)
            unsafe (start + first).initialize(repeating: 0, count: range.count)
            var target = unsafe MutableSpan(_unsafeStart: start + first, count: range.count)
            var scratchSpan = scratch.mutableSpan
            body(range, &target, &scratchSpan, &isWhole)
          }
        }
      }
      initialized = count
    }
  }
}
