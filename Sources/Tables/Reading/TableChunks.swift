import StableNumerics
import Synchronization

/// A CSV text as successive tables of bounded size: memory stays flat however long the text is.
///
/// Every column's kind is stated in advance, as a chunk cannot know what later rows hold; a wanted column
/// without one is text. One column, the identifier, may be passed through as bytes, without a `String` a cell.
///
///     var chunks = try TableChunks(.file("book.csv"), passing: "account_id", options: options)
///     while true {
///       let outputs = try chunks.next(threads: 2) { chunk in score(chunk) }
///       if outputs.isEmpty { break }
///       for output in outputs { try file.write(output) }
///     }
public struct TableChunks: ~Copyable {
  /// The names of all columns.
  public let header: [String]
  private let schema: CSVSchema
  private let passing: Int?
  private var source: CSVSource
  /// Blocks whose memory is used again.
  private var spare: [CSVSource.Block] = []
  private var firstLine: Int
  /// What is wrong after the chunks that were returned last.
  private var failure: TableError?

  /// Reads the header. `passing` names the column that is passed through; it need not be among the wanted.
  public init(
    _ location: TableLocation, passing name: String? = nil, options: ReadOptions = ReadOptions(),
    blockSize: Int = Table.blockSize
  ) throws(TableError) {
    try self.init(ByteSource(location), passing: name, options: options, blockSize: blockSize)
  }

  /// Reads bytes; `name` stands in error places.
  public init(
    csv bytes: [UInt8], name: String, passing column: String? = nil, options: ReadOptions = ReadOptions(),
    blockSize: Int = Table.blockSize
  ) throws(TableError) {
    try self.init(ByteSource(bytes, name: name), passing: column, options: options, blockSize: blockSize)
  }

  private init(
    _ bytes: consuming ByteSource, passing column: String?, options: ReadOptions, blockSize: Int
  ) throws(TableError) {
    let source = try CSVSource(bytes, separator: options.separator, blockSize: blockSize)
    let header = source.header
    var options = options
    options.otherKinds = options.otherKinds ?? .text
    var passing: Int?
    if let column {
      guard let index = header.firstIndex(of: column) else {
        throw .unknownColumn(name: column, known: header, place: SourcePlace(file: source.name))
      }
      passing = index
    }
    options.threads = 1
    self.header = header
    self.passing = passing
    schema = CSVSchema(header: header, separator: source.separator, name: source.name, options)
    firstLine = 1 + source.skippedLines
    self.source = source
  }

  /// Reads up to `threads` chunks, gives each to `transform` on a thread of its own, and returns what it
  /// made of them in the order of the text; nothing at the end. A fault is thrown when all chunks before it
  /// are returned, whatever the number of threads.
  public mutating func next<Output: Sendable>(
    threads: Int = 1, _ transform: @Sendable (TableChunk) -> Output
  ) throws(TableError) -> [Output] {
    if let failure { throw failure }
    var blocks: [CSVSource.Block] = []
    while blocks.count < max(1, threads) {
      var block = spare.popLast() ?? CSVSource.Block()
      do throws(TableError) {
        guard try source.next(&block) else { break }
      } catch {
        // What stands before the place where reading failed may have an earlier fault.
        let outputs = try parse(blocks, transform)
        var error = error
        if case .rowTooLong(let limit, var place) = error {
          place.line = firstLine
          error = .rowTooLong(limit: limit, place: place)
        }
        if outputs.isEmpty { throw error }
        failure = failure ?? error
        return outputs
      }
      blocks.append(block)
    }
    let outputs = try parse(blocks, transform)
    spare = blocks
    return outputs
  }

  private mutating func parse<Output: Sendable>(
    _ blocks: [CSVSource.Block], _ transform: @Sendable (TableChunk) -> Output
  ) throws(TableError) -> [Output] {
    let schema = schema
    let passing = passing
    var firstLines: [Int] = []
    for block in blocks {
      firstLines.append(firstLine)
      firstLine += ByteScan.lineEnds(in: block.text.bytes.span, 0..<block.text.count)
    }
    let lines = firstLines
    let results = Mutex([Result<Output, TableError>?](repeating: nil, count: blocks.count))
    forEachBlock(count: blocks.count, threads: blocks.count) { number in
      let result = Result { () throws(TableError) in
        transform(try TableChunk(blocks[number], schema, passing: passing, firstLine: lines[number]))
      }
      results.withLock { $0[number] = result }
    }
    var outputs: [Output] = []
    for case let result? in results.withLock({ $0 }) {
      switch result {
      case .success(let output): outputs.append(output)
      case .failure(let error):
        if outputs.isEmpty { throw error }
        failure = error
        return outputs
      }
    }
    return outputs
  }
}

/// Some rows of a text.
public struct TableChunk: Sendable {
  /// The wanted columns.
  public let table: Table
  /// Rows left out under ``BadRowPolicy/skip``.
  public let rejects: [RejectedRow]
  private let bytes: [UInt8]
  private let passed: [Range<Int>]
  private let rows: [Range<Int>]
  private let firstLine: Int

  init(_ block: CSVSource.Block, _ schema: CSVSchema, passing: Int?, firstLine: Int) throws(TableError) {
    var index = CellIndex()
    var parsed = ParsedBlock(block, schema, &index)
    let bytes = block.text.bytes
    var ranges: [Range<Int>] = []
    if let passing {
      for row in 0..<index.rowCount {
        let cell = index.cell(row, passing)
        ranges.append(cell)
        if let cause = CellContent.fault(bytes.span, cell) {
          parsed.faults.append(CellFault(row: row, column: passing, cause: cause))
        }
      }
    }
    let result = try TableAssembly(schema: schema, blocks: [parsed], skippedLines: firstLine - 1).assembled()
    self.bytes = bytes
    table = result.table
    rejects = result.rejects
    passed = result.kept.map { kept in passing == nil ? [] : kept.map { ranges[$0] } } ?? ranges
    rows = (result.kept ?? Array(0..<index.rowCount)).map { index.rowRange($0) }
    self.firstLine = firstLine
    rowCount = result.kept?.count ?? index.rowCount
  }

  public let rowCount: Int

  /// The line that a row starts on. Costs a pass over the chunk: for errors.
  public func line(of row: Int) -> Int {
    firstLine + ByteScan.lineEnds(in: bytes.span, 0..<rows[row].lowerBound)
  }

  /// A row as it stands in the text, without its line end.
  public func text(of row: Int) -> String {
    String(decoding: bytes[rows[row]], as: UTF8.self)
  }

  /// Appends the passed column's cell to `text`, quoted as `text` needs it.
  public func appendPassed(row: Int, to text: inout CSVText) {
    text.passed(bytes.span, passed[row])
  }

  /// The passed column's cell as text.
  public func passedText(row: Int) -> String {
    String(decoding: CellContent.text(bytes.span, passed[row]), as: UTF8.self)
  }
}
