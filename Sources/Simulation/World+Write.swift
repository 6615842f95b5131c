import Foundation
import StableNumerics
import Synchronization
import Tables

extension World {
  /// Accounts a block; the cut doesn't depend on the number of threads, so neither does a byte.
  private static let blockSize = 256
  /// Blocks made between two writes: what bounds the memory.
  private static let blocksPerBatch = 16

  /// Writes the tables and `truth.json` into `folder`, which is made if it doesn't exist. Every file appears
  /// whole and only when all are complete.
  ///
  /// Memory: about 4,000 accounts at a time. Throws `OutputError`.
  /// - Parameter progress: called with the number of accounts done.
  @discardableResult
  public func write(
    toFolder folder: String, threads: Int, progress: (Int) -> Void = { _ in }
  ) throws -> WorldTruth {
    let isNew = try OutputFolder.create(folder)
    do {
      return try write(intoExisting: folder, threads: threads, progress: progress)
    } catch {
      if isNew { try? FileManager.default.removeItem(atPath: folder) }
      throw error
    }
  }

  private func write(intoExisting folder: String, threads: Int, progress: (Int) -> Void) throws -> WorldTruth
  {
    let files = try WorldTable.allCases.map { table in
      let file = try PendingFile(path: "\(folder)/\(table.fileName)")
      try file.write(Array((table.columns.map(\.name).joined(separator: ",") + "\n").utf8))
      return file
    }
    let truthFile = try PendingFile(path: "\(folder)/truth.json")

    var tally = WorldTally()
    var rows = [Int](repeating: 0, count: files.count)
    let blockCount = (configuration.accounts + Self.blockSize - 1) / Self.blockSize
    for batch in stride(from: 0, to: blockCount, by: Self.blocksPerBatch) {
      let blocks = batch..<min(batch + Self.blocksPerBatch, blockCount)
      for block in makeBlocks(blocks, threads: threads) {
        for (position, table) in WorldTable.allCases.enumerated() {
          let tableRows = block.rows[table]
          try files[position].write(tableRows.bytes)
          rows[position] += tableRows.rowCount
        }
        tally.add(block.tally)
      }
      progress(min(blocks.upperBound * Self.blockSize, configuration.accounts))
    }

    let counts = zip(WorldTable.allCases, rows).map { ($0.rawValue, $1) }
    let truth = WorldTruth(
      configuration, tally: tally, rows: Dictionary(uniqueKeysWithValues: counts))
    try truthFile.write(truth.json())
    for file in files { try file.commit() }
    try truthFile.commit()
    return truth
  }

  private struct Block: Sendable {
    var rows = WorldRows()
    var tally = WorldTally()
  }

  /// The blocks in their order.
  private func makeBlocks(_ blocks: Range<Int>, threads: Int) -> [Block] {
    let made = Mutex([Block?](repeating: nil, count: blocks.count))
    forEachBlock(count: blocks.count, threads: threads) { position in
      var block = Block()
      let first = (blocks.lowerBound + position) * Self.blockSize
      for index in first..<min(first + Self.blockSize, configuration.accounts) {
        let history = history(of: index)
        block.rows.append(history, calendar: calendar)
        block.tally.add(history)
      }
      made.withLock { $0[position] = block }
    }
    return made.withLock { $0.compactMap(\.self) }
  }
}

/// An `AtomicFile` that can stand in an array.
private final class PendingFile {
  private var file: AtomicFile?

  init(path: String) throws(OutputError) {
    file = try AtomicFile(path: path)
  }

  func write(_ bytes: [UInt8]) throws(OutputError) {
    try file?.write(bytes)
  }

  func commit() throws(OutputError) {
    try file.take()?.commit()
  }
}
