/// A CSV text opened: what it is, how it is separated, what its columns are called, and then its blocks.
struct CSVSource: ~Copyable {
  let name: String
  let separator: UInt8
  let header: [String]
  private var blocks: RowBlocks
  /// The block that the header stands in, until it is handed out.
  private var first: Block?
  private var count = 0

  /// A block of rows; the header is not among them.
  struct Block: Sendable {
    var text = RowBlocks.Block()
    /// Where the rows start.
    var start = 0
    /// Which block of the text, from 0.
    var number = 0
  }

  init(_ source: consuming ByteSource, separator stated: UInt8?, blockSize: Int) throws(TableError) {
    let name = source.name
    var blocks = RowBlocks(source, blockSize: blockSize)
    let beginning = try blocks.peek(stated == nil ? Separator.sampleSize : 16)
    if let signature = FileSignature(beginning) { throw .notText(file: name, signature) }
    let mark = beginning.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    blocks.skip(mark)
    let separator = stated ?? Separator.found(in: Array(beginning.dropFirst(mark)))
    blocks.separator = separator
    var block = Block()
    var index = CellIndex()
    var skippedLines = 0
    repeat {
      if !block.text.bytes.isEmpty {
        skippedLines += ByteScan.lineEnds(in: block.text.bytes.span, 0..<block.text.count)
        block.start = 0
      }
      guard try blocks.next(&block.text) else { throw .emptyFile(name) }
      block.start = index.index(
        block.text.bytes.span, block.start..<block.text.count, separator: separator, columns: nil, limit: 1)
    } while index.rowCount == 0 && index.badRows.isEmpty
    var places = Places(file: name, firstLine: 1 + skippedLines)
    if let bad = index.badRows.first { throw places.error(bad, block.text, expected: 1) }
    header = try Self.names(index, block.text.bytes.span, &places)
    self.name = name
    self.separator = separator
    self.blocks = blocks
    self.skippedLines = skippedLines
    first = block
  }

  /// Lines before the first block: nothing but blank ones.
  let skippedLines: Int

  /// The next block, in `block`'s memory; false at the end.
  mutating func next(_ block: inout Block) throws(TableError) -> Bool {
    if let first {
      block = first
      self.first = nil
    } else {
      guard try blocks.next(&block.text) else { return false }
      block.start = 0
    }
    block.number = count
    count += 1
    return true
  }

  /// The names, trimmed; a column without one is called `column_3` after its place.
  private static func names(_ index: CellIndex, _ bytes: Span<UInt8>, _ places: inout Places)
    throws(TableError) -> [String]
  {
    var names: [String] = []
    var seen: Set<String> = []
    let line = places.line(of: index.rowRange(0).lowerBound, in: bytes)
    for column in 0..<index.columnCount {
      let text = CellContent.text(bytes, index.cell(0, column))
      let trimmed = CellContent.trimmed(text.span, 0..<text.count)
      var place = SourcePlace(file: places.file, line: line, column: "\(column + 1)")
      if text.contains(0) { throw .nulByte(place: place) }
      guard let name = String(validating: text[trimmed], as: UTF8.self) else {
        throw .invalidUTF8(place: place)
      }
      names.append(name.isEmpty ? "column_\(column + 1)" : name)
      if !seen.insert(names[column]).inserted {
        place.column = names[column]
        throw .duplicateColumn(name: names[column], place: place)
      }
    }
    return names
  }
}

/// Turns offsets within a block into places in the file.
///
/// Lines are counted from the last offset asked for, so that many places in order cost one pass. No offset
/// falls between the two bytes of a line end.
struct Places {
  let file: String
  private var known: (offset: Int, line: Int)
  private let firstLine: Int

  /// `firstLine` is the line on which the block starts, from 1.
  init(file: String, firstLine: Int) {
    self.file = file
    self.firstLine = firstLine
    known = (0, firstLine)
  }

  mutating func line(of offset: Int, in bytes: Span<UInt8>) -> Int {
    if offset < known.offset { known = (0, firstLine) }
    known.line += ByteScan.lineEnds(in: bytes, known.offset..<offset)
    known.offset = offset
    return known.line
  }

  mutating func error(_ bad: CellIndex.BadRow, _ block: RowBlocks.Block, expected: Int) -> TableError {
    let place = SourcePlace(file: file, line: line(of: bad.offset, in: block.bytes.span))
    return switch bad.fault {
    case .ragged(let found): .raggedRow(found: found, expected: expected, place: place)
    case .unclosedQuote: .unclosedQuote(place: place)
    case .textAfterQuote: .textAfterQuote(place: place)
    case .nulByte: .nulByte(place: place)
    }
  }

  mutating func error(
    _ fault: CellFault, _ index: CellIndex, _ block: RowBlocks.Block, header: [String]
  ) -> TableError {
    let cell = index.cell(fault.row, fault.column)
    let place = SourcePlace(
      file: file, line: line(of: cell.lowerBound, in: block.bytes.span), column: header[fault.column])
    let text = String(decoding: CellContent.text(block.bytes.span, cell), as: UTF8.self)
    return switch fault.cause {
    case .wrongKind(let kind): .wrongKind(text: text, expected: kind, place: place)
    case .notFinite: .notFinite(text: text, place: place)
    case .invalidUTF8: .invalidUTF8(place: place)
    case .nulByte: .nulByte(place: place)
    }
  }
}
