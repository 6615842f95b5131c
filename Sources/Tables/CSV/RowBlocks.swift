/// Cuts a stream of bytes into blocks that end where a row ends, so that blocks can be read in parallel.
///
/// Memory: one block and the start of the next row. Where a block ends depends on the bytes and on
/// `blockSize` alone.
struct RowBlocks: ~Copyable {
  private var source: ByteSource
  private let blockSize: Int
  private let rowLimit: Int
  private var carry: [UInt8] = []
  private var isAtEnd = false
  /// Set after the first look at the bytes.
  var separator = UInt8(ascii: ",")

  /// Longest row, in bytes: an unclosed quote must not swallow a machine's memory.
  static let longestRow = 1 << 28

  init(_ source: consuming ByteSource, blockSize: Int, rowLimit: Int = longestRow) {
    self.source = source
    self.blockSize = blockSize
    self.rowLimit = rowLimit
  }

  /// Bytes of a file that end where a row ends. `bytes` reaches at least ``ByteScan/reach`` bytes beyond
  /// `count`.
  struct Block: Sendable {
    var bytes: [UInt8] = []
    var count = 0
  }

  /// The first `count` bytes, or all there are.
  mutating func peek(_ count: Int) throws(TableError) -> [UInt8] {
    if carry.isEmpty {
      var bytes = [UInt8](repeating: 0, count: count)
      bytes.removeLast(count - (try fill(&bytes, from: 0, upTo: count)))
      carry = bytes
    }
    return carry
  }

  /// Drops what ``peek()`` saw of a byte order mark, so that the text starts where a row starts.
  mutating func skip(_ count: Int) {
    carry.removeFirst(count)
  }

  /// The next block into `block`, whose memory is used again; false at the end.
  mutating func next(_ block: inout Block) throws(TableError) -> Bool {
    var size = max(blockSize, carry.count)
    var bytes = block.bytes
    block.bytes = []
    Self.extend(&bytes, to: size)
    bytes.replaceSubrange(0..<carry.count, with: carry)
    var count = carry.count
    carry.removeAll(keepingCapacity: true)
    while true {
      count = try fill(&bytes, from: count, upTo: size)
      for index in count..<count + ByteScan.reach { bytes[index] = 0 }
      if isAtEnd {
        block = Block(bytes: bytes, count: count)
        return count > 0
      }
      if let end = Self.lastRowEnd(bytes.span, count, separator) {
        carry.append(contentsOf: bytes[end..<count])
        block = Block(bytes: bytes, count: end)
        return true
      }
      if count >= rowLimit {
        throw .rowTooLong(limit: rowLimit, place: SourcePlace(file: source.name, line: 1))
      }
      size = min(size * 2, rowLimit)
      Self.extend(&bytes, to: size)
    }
  }

  /// Makes room for a text of `size` bytes.
  private static func extend(_ bytes: inout [UInt8], to size: Int) {
    let missing = size + ByteScan.reach - bytes.count
    if missing > 0 { bytes.append(contentsOf: repeatElement(0, count: missing)) }
  }

  /// Reads into `bytes[start...]` up to `end`, or to the end of the source; returns where reading stopped.
  private mutating func fill(_ bytes: inout [UInt8], from start: Int, upTo end: Int) throws(TableError) -> Int
  {
    var count = start
    while count < end, !isAtEnd {
      let found = try source.read(into: &bytes, from: count, upTo: end)
      if found == 0 { isAtEnd = true }
      count += found
    }
    return count
  }

  /// Where the last complete row of the first `count` bytes ends, which start where a row starts and do not
  /// reach the end of the file. Quotes open and close as in ``CellIndex``.
  static func lastRowEnd(_ bytes: Span<UInt8>, _ count: Int, _ separator: UInt8) -> Int? {
    var quoted: [Range<Int>] = []
    var end = count
    var position = 0
    while let open = ByteScan.first(quote, in: bytes, position..<count) {
      if open == 0 || endsCell(bytes[open - 1], separator) {
        // A quote as the last byte may be the first of two: not known to close.
        guard let close = CellIndex.closingQuote(bytes, open + 1..<count), close + 1 < count else {
          end = open
          break
        }
        quoted.append(open..<close)
        position = close + 1
      } else {
        position = open + 1
      }
    }
    var at = end - 1
    while at >= 0 {
      if let range = quoted.last, range.contains(at) {
        at = range.lowerBound - 1
        quoted.removeLast()
        continue
      }
      // A return as the last byte may be half of a pair.
      if bytes[at] == lineFeed || (bytes[at] == carriageReturn && at + 1 < count) { return at + 1 }
      at -= 1
    }
    return nil
  }
}

/// A file, standard input, or bytes in memory.
struct ByteSource: ~Copyable {
  /// As the user named it.
  let name: String
  private let file: SystemFile
  private let isMemory: Bool
  private var memory: ArraySlice<UInt8>

  init(_ location: TableLocation) throws(TableError) {
    name = location.name
    memory = []
    isMemory = false
    switch location {
    case .file(let path): file = try Self.open(path)
    case .standardInput: file = SystemFile.standardInput()
    case .sqlite: throw .badLocation(location.name)
    }
  }

  init(_ bytes: [UInt8], name: String) {
    self.name = name
    file = SystemFile.none()
    isMemory = true
    memory = bytes[...]
  }

  private static func open(_ path: String) throws(TableError) -> SystemFile {
    do throws(SystemFailure) {
      return try SystemFile(reading: path)
    } catch {
      if error.isMissing { throw .missingFile(path) }
      if error.isDirectory { throw .isDirectory(path) }
      throw .unreadable(file: path, reason: error.text)
    }
  }

  /// Reads into `buffer[offset..<end]`; 0 at the end.
  mutating func read(into buffer: inout [UInt8], from offset: Int, upTo end: Int) throws(TableError) -> Int {
    if isMemory {
      let count = min(memory.count, end - offset)
      buffer.replaceSubrange(offset..<offset + count, with: memory.prefix(count))
      memory = memory.dropFirst(count)
      return count
    }
    do throws(SystemFailure) {
      return try file.fill(&buffer, from: offset, upTo: end)
    } catch {
      if error.isDirectory { throw .isDirectory(name) }
      throw .unreadable(file: name, reason: error.text)
    }
  }
}
