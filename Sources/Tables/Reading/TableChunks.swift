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
public struct TableChunks: ~Copyable, Sendable {
  /// The names of all columns.
  public let header: [String]
  private let schema: CSVSchema
  private let passing: Int?
  private let queue: Mutex<Queue>
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
    queue = Mutex(Queue(source))
  }

  /// Reads the next chunks, up to 8 a thread, gives each to `transform` on one of `threads` threads, and
  /// returns what it made of them in the order of the text; nothing at the end. A fault is thrown when all
  /// chunks before it are returned, whatever the number of threads.
  ///
  /// Memory: `threads` blocks and the outputs. A chunk that `transform` keeps costs its block's memory.
  public mutating func next<Output: Sendable>(
    threads: Int = 1, _ transform: @Sendable (TableChunk) -> Output
  ) throws(TableError) -> [Output] {
    if let failure { throw failure }
    let threads = max(1, threads)
    queue.withLock { $0.left = 8 * threads }
    var (outputs, error) = outputs(threads, transform)
    if error == nil { error = queue.withLock { $0.error } }
    if let error {
      if outputs.isEmpty { throw error }
      failure = error
    }
    return outputs
  }

  /// Bytes of the text that were given out so far.
  public var bytesTaken: Int { queue.withLock { $0.bytesTaken } }

  private borrowing func outputs<Output: Sendable>(
    _ threads: Int, _ transform: @Sendable (TableChunk) -> Output
  ) -> (outputs: [Output], error: TableError?) {
    let results = Mutex<[(number: Int, Result<Output, TableError>)]>([])
    forEachBlock(count: threads, threads: threads) { _ in
      var work = queue.withLock { $0.spare.popLast() } ?? Work()
      while queue.withLock({ $0.next(&work) }) {
        let result = Result { () throws(TableError) in
          transform(try TableChunk(&work, schema, passing: passing))
        }
        if case .failure = result { queue.withLock { $0.left = 0 } }
        results.withLock { $0.append((work.block.number, result)) }
      }
      queue.withLock { $0.spare.append(work) }
    }
    var outputs: [Output] = []
    for (_, result) in results.withLock({ $0 }).sorted(by: { $0.number < $1.number }) {
      switch result {
      case .success(let output): outputs.append(output)
      case .failure(let error): return (outputs, error)
      }
    }
    return (outputs, nil)
  }

  /// A block and the memory that reading it takes, used for one block after another.
  struct Work: Sendable {
    var block = CSVSource.Block()
    var index = CellIndex()
    /// The line that the block starts on.
    var firstLine = 0
  }

  /// What the threads take blocks from.
  private struct Queue: ~Copyable {
    var source: CSVSource
    /// How many blocks may still be taken.
    var left = 0
    var spare: [Work] = []
    private(set) var error: TableError?
    private(set) var bytesTaken = 0
    private var firstLine: Int
    private var isAtEnd = false

    init(_ source: consuming CSVSource) {
      firstLine = 1 + source.skippedLines
      self.source = source
    }

    mutating func next(_ work: inout Work) -> Bool {
      guard left > 0, !isAtEnd else { return false }
      left -= 1
      do throws(TableError) {
        if try source.next(&work.block) {
          work.firstLine = firstLine
          bytesTaken += work.block.text.count
          firstLine += ByteScan.lineEnds(in: work.block.text.bytes.span, 0..<work.block.text.count)
          return true
        }
      } catch {
        self.error = error
        if case .rowTooLong(let limit, var place) = error {
          place.line = firstLine
          self.error = .rowTooLong(limit: limit, place: place)
        }
      }
      isAtEnd = true
      return false
    }
  }
}

/// Some rows of a text.
public struct TableChunk: Sendable {
  /// The wanted columns.
  public let table: Table
  /// Rows left out under ``BadRowPolicy/skip``.
  public let rejects: [RejectedRow]
  private let bytes: [UInt8]
  private let index: CellIndex
  private let passing: Int?
  /// The rows of `index` that are in the table; nil for all.
  private let kept: [Int]?
  private let firstLine: Int

  init(_ work: inout TableChunks.Work, _ schema: CSVSchema, passing: Int?) throws(TableError) {
    var parsed = ParsedBlock(work.block, schema, &work.index)
    let bytes = work.block.text.bytes
    let index = work.index
    if let passing {
      index.forEachCell(of: passing, 0..<index.rowCount) { row, cell in
        if let cause = CellContent.fault(bytes.span, cell) {
          parsed.faults.append(CellFault(row: row, column: passing, cause: cause))
        }
      }
    }
    let assembly = TableAssembly(schema: schema, blocks: [parsed], skippedLines: work.firstLine - 1)
    let result = try assembly.assembled()
    self.bytes = bytes
    self.index = index
    self.passing = passing
    table = result.table
    rejects = result.rejects
    kept = result.kept
    firstLine = work.firstLine
    rowCount = kept?.count ?? index.rowCount
  }

  public let rowCount: Int

  @inline(__always)
  private func place(_ row: Int) -> Int { kept?[row] ?? row }

  /// The lines that these rows, in ascending order, start on. Costs a pass over the chunk: for errors.
  public func lines(of rows: [Int]) -> [Int] {
    var places = Places(file: "", firstLine: firstLine)
    return rows.map { places.line(of: index.rowRange(place($0)).lowerBound, in: bytes.span) }
  }

  /// A row as it stands in the text, without its line end.
  public func text(of row: Int) -> String {
    String(decoding: bytes[index.rowRange(place(row))], as: UTF8.self)
  }

  /// Appends the passed column's cell to `text`, quoted as `text` needs it; nothing where none is passed.
  public func appendPassed(row: Int, to text: inout CSVText) {
    guard let passing else { return }
    text.passed(bytes.span, index.cell(place(row), passing))
  }

  /// The passed column's cell as text.
  public func passedText(row: Int) -> String {
    guard let passing else { return "" }
    return String(decoding: CellContent.text(bytes.span, index.cell(place(row), passing)), as: UTF8.self)
  }
}
