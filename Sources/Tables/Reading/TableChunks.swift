import Dispatch
import StableNumerics
import Synchronization

/// A CSV text as successive tables of bounded size: memory stays flat however long the text is.
///
/// Every column's kind is stated in advance, as a chunk cannot know what later rows hold; a wanted column
/// without one is text. One column, the identifier, may be passed through as bytes, without a `String` a cell.
///
///     let chunks = try TableChunks(.file("book.csv"), passing: "account_id", options: options)
///     try chunks.forEach(threads: 2) { chunk in score(chunk) } take: { try file.write($0) }
public struct TableChunks: ~Copyable, Sendable {
  /// The names of all columns.
  public let header: [String]
  private let schema: CSVSchema
  private let passing: Int?
  private let queue: Mutex<Queue>

  /// Smaller than a table's blocks: with two a thread all that a chunk takes stays in the second-level cache.
  public static let blockSize = 1 << 18

  /// Reads the header. `passing` names the column that is passed through; it need not be among the wanted.
  public init(
    _ location: TableLocation, passing name: String? = nil, options: ReadOptions = ReadOptions(),
    blockSize: Int = TableChunks.blockSize
  ) throws(TableError) {
    try self.init(ByteSource(location), passing: name, options: options, blockSize: blockSize)
  }

  /// Reads bytes; `name` stands in error places. Of a text that comes in pieces, each with the header,
  /// `linesBefore` is how many lines of rows the pieces before it had.
  public init(
    csv bytes: [UInt8], name: String, passing column: String? = nil, options: ReadOptions = ReadOptions(),
    blockSize: Int = TableChunks.blockSize, linesBefore: Int = 0
  ) throws(TableError) {
    try self.init(
      ByteSource(bytes, name: name), passing: column, options: options, blockSize: blockSize,
      linesBefore: linesBefore)
  }

  private init(
    _ bytes: consuming ByteSource, passing column: String?, options: ReadOptions, blockSize: Int,
    linesBefore: Int = 0
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
    queue = Mutex(Queue(source, linesBefore: linesBefore))
  }

  /// Reads what is left, gives each chunk to `transform` on one of `threads` threads, and what that makes of it
  /// to `take`: in the order of the text, one at a time, on whichever thread has the next one. The first fault in
  /// the order of the text is thrown, whatever the number of threads, be it of the text or of `take`; all before
  /// it was taken, and nothing after it.
  ///
  /// Memory: a block a thread, and four outputs. A chunk that `transform` keeps costs its block's memory.
  public borrowing func forEach<Output: Sendable>(
    threads: Int = 1, _ transform: @Sendable (TableChunk) -> Output,
    take: @Sendable (Output) throws -> Void
  ) throws {
    let threads = max(1, threads)
    let turn = Mutex(Turn<Output>())
    // Who is far ahead of the others waits: outputs must not pile up.
    let ahead = DispatchSemaphore(value: 0)
    for _ in 0..<4 * threads { ahead.signal() }
    forEachBlock(count: threads, threads: threads) { _ in
      var work = Work()
      while true {
        ahead.wait()
        guard queue.withLock({ $0.next(&work) }) else { break }
        let result = Result { () throws(TableError) in
          transform(try TableChunk(&work, schema, passing: passing))
        }
        let (taken, isOver) = turn.withLock { turn in
          (turn.end(work.block.number, result, take), turn.error != nil)
        }
        for _ in 0..<taken { ahead.signal() }
        if isOver { queue.withLock { $0.stop() } }
      }
      ahead.signal()
    }
    if let error = turn.withLock({ $0.error }) { throw error }
    if let error = queue.withLock({ $0.error }) { throw error }
  }

  /// How many lines were read, the header and `linesBefore` among them.
  public var lineCount: Int { queue.withLock { $0.firstLine - 1 } }

  /// Whose output is the next to be taken.
  private struct Turn<Output: Sendable> {
    private var next = 0
    private var waiting: [Int: Result<Output, TableError>] = [:]
    private(set) var error: (any Error)?

    /// Takes the output of a block, or keeps it until those before it are there; returns how many were taken.
    mutating func end(
      _ number: Int, _ result: Result<Output, TableError>, _ take: (Output) throws -> Void
    ) -> Int {
      waiting[number] = result
      var count = 0
      while let result = waiting.removeValue(forKey: next) {
        next += 1
        count += 1
        if error != nil { continue }
        do { try take(result.get()) } catch { self.error = error }
      }
      return count
    }
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
    private(set) var error: TableError?
    private(set) var firstLine: Int
    private var isAtEnd = false

    init(_ source: consuming CSVSource, linesBefore: Int) {
      firstLine = 1 + source.skippedLines + linesBefore
      self.source = source
    }

    mutating func next(_ work: inout Work) -> Bool {
      guard !isAtEnd else { return false }
      do throws(TableError) {
        if try source.next(&work.block) {
          work.firstLine = firstLine
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

    mutating func stop() { isAtEnd = true }
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
  private let separator: UInt8
  /// How long its text is.
  public let byteCount: Int

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
    separator = schema.separator
    byteCount = work.block.text.count
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
    text.passed(bytes.span, index.cell(place(row), passing), separator: separator)
  }

  /// The passed column's cell as text.
  public func passedText(row: Int) -> String {
    guard let passing else { return "" }
    return String(decoding: CellContent.text(bytes.span, index.cell(place(row), passing)), as: UTF8.self)
  }
}
