import StableNumerics
import Synchronization

/// A block whose wanted columns have been read, each on its own.
struct ParsedBlock: Sendable {
  let source: CSVSource.Block
  let rowCount: Int
  /// In the order of ``CSVSchema/columns``.
  var columns: [ParsedColumn]
  /// Rows left out because they could not be told into cells.
  let badRows: [CellIndex.BadRow]
  /// Cells that make their row a bad one, column by column.
  var faults: [CellFault]

  init(_ source: consuming CSVSource.Block, _ schema: CSVSchema, _ index: inout CellIndex) {
    let bytes = source.text.bytes.span
    index.index(
      bytes, source.start..<source.text.count, separator: schema.separator, columns: schema.header.count)
    rowCount = index.rowCount
    badRows = index.badRows
    let rowCount = rowCount
    var parsers = zip(schema.columns, schema.kinds).map { column, kind in
      ColumnParser(column: column, kind: kind, rowCount: rowCount, schema)
    }
    // A strip of rows and its offsets stay in the first-level cache for all columns: twice as fast.
    var row = 0
    let strip = max(1, min(rowCount, Self.stripSize / max(1, schema.header.count)))
    while row < rowCount {
      let rows = row..<min(row + strip, rowCount)
      for column in parsers.indices { parsers[column].read(rows, bytes, index) }
      row = rows.upperBound
    }
    faults = parsers.flatMap(\.faults)
    columns = parsers.map { $0.parsed() }
    self.source = source
  }

  /// Cells in a strip.
  private static let stripSize = 2048

  var isBad: Bool { !badRows.isEmpty || !faults.isEmpty }

  /// The block's cells told apart again, for what could not be known in the first pass.
  func indexed(_ schema: CSVSchema) -> CellIndex {
    var index = CellIndex()
    index.index(
      source.text.bytes.span, source.start..<source.text.count, separator: schema.separator,
      columns: schema.header.count)
    return index
  }

  /// All blocks of a source in order. Threads take blocks as they come; under ``BadRowPolicy/stop`` none is
  /// taken after a bad one, so that the last one returned may be bad, and later ones then are missing.
  static func all(_ source: consuming CSVSource, _ schema: CSVSchema, threads: Int) throws(TableError)
    -> [ParsedBlock]
  {
    let queue = Mutex(Queue(source: source))
    let parsed = Mutex<[ParsedBlock]>([])
    forEachBlock(count: max(1, threads), threads: max(1, threads)) { _ in
      var index = CellIndex()
      while let block = queue.withLock({ $0.next() }) {
        let result = ParsedBlock(block, schema, &index)
        if result.isBad, schema.onBadRow == .stop { queue.withLock { $0.stop() } }
        parsed.withLock { $0.append(result) }
      }
    }
    var blocks = parsed.withLock { $0 }
    blocks.sort { $0.source.number < $1.source.number }
    if var error = queue.withLock({ $0.error }) {
      // A bad row before the place where reading failed is the first thing wrong.
      guard schema.onBadRow == .stop, blocks.contains(where: \.isBad) else {
        if case .rowTooLong(let limit, var place) = error {
          place.line = 1 + blocks.reduce(0) { $0 + $1.lineCount }
          error = .rowTooLong(limit: limit, place: place)
        }
        throw error
      }
    }
    return blocks
  }

  var lineCount: Int { ByteScan.lineEnds(in: source.text.bytes.span, 0..<source.text.count) }

  /// What the threads take blocks from.
  private struct Queue: ~Copyable {
    var source: CSVSource
    private(set) var error: TableError?
    private var isStopped = false

    init(source: consuming CSVSource) { self.source = source }

    mutating func next() -> CSVSource.Block? {
      guard !isStopped else { return nil }
      var block = CSVSource.Block()
      do throws(TableError) {
        if try source.next(&block) { return block }
      } catch {
        self.error = error
      }
      isStopped = true
      return nil
    }

    mutating func stop() { isStopped = true }
  }
}
