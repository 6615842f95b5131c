/// Where the cells of a block of CSV text lie.
///
/// A row of n cells takes n + 1 places: the offset before its first byte, then the offset of each cell's
/// delimiter, so that cell c spans `offsets[c] + 1 ..< offsets[c + 1]`, quotes included. Blank lines are
/// skipped, as R and pandas do. Rows that break the rules are left out and reported. A quote opens a quoted
/// cell only at the cell's first byte; elsewhere it is a character like any other, as in Python's `csv`.
struct CellIndex: Sendable {
  private(set) var offsets: [Int32] = []
  private var tally = Tally(columnCount: 0)

  var columnCount: Int { tally.columnCount }
  var rowCount: Int { tally.rowCount }
  var badRows: [BadRow] { tally.badRows }

  /// A row that cannot be told into cells.
  struct BadRow: Sendable {
    let range: Range<Int>
    let fault: Fault
    /// Where the fault stands.
    let offset: Int
  }

  enum Fault: Sendable {
    case ragged(found: Int)
    case unclosedQuote, textAfterQuote, nulByte
  }

  @inline(__always)
  func cell(_ row: Int, _ column: Int) -> Range<Int> {
    let place = row &* (columnCount &+ 1) &+ column
    return Int(offsets[place]) &+ 1..<Int(offsets[place &+ 1])
  }

  func rowRange(_ row: Int) -> Range<Int> {
    let place = row * (columnCount + 1)
    return Int(offsets[place]) + 1..<Int(offsets[place + columnCount])
  }

  /// Indexes the rows of `range`, which starts where a row starts; the span reaches at least 8 bytes beyond
  /// it. With `columns` nil the first row says how many there are. Stops after `limit` rows and returns where
  /// it stopped. Cost: one pass, eight bytes at a time.
  @discardableResult
  mutating func index(
    _ bytes: Span<UInt8>, _ range: Range<Int>, separator: UInt8, columns: Int?, limit: Int = .max
  ) -> Int {
    var tally = Tally(columnCount: columns ?? -1)
    defer { self.tally = tally }
    var offsets = self.offsets
    self.offsets = []
    defer { self.offsets = offsets }
    // Room for the longest row there can be; a row of too many cells is a bad one and needs no more.
    let longest = columns.map { $0 + 3 } ?? range.count + 3
    if offsets.count < longest { offsets = Array(repeating: 0, count: longest * 2) }
    let separators = ByteScan.pattern(separator)
    let quotes = ByteScan.pattern(quote)
    let end = range.upperBound
    var row = OpenRow(start: range.lowerBound, place: 0)
    offsets[0] = Int32(truncatingIfNeeded: range.lowerBound - 1)
    var position = range.lowerBound
    scan: while position < end {
      let word = bytes.word(at: position)
      var flags =
        ByteScan.candidates(word, separators) | ByteScan.candidates(word, quotes)
        | ByteScan.controlCandidates(word)
      while flags != 0 {
        let at = position &+ flags.trailingZeroBitCount >> 3
        if at >= end { break scan }
        flags &= flags &- 1
        let byte = bytes[at]
        if byte == separator {
          row.cells &+= 1
          if row.cells < longest &- 2 { offsets[row.place &+ row.cells] = Int32(truncatingIfNeeded: at) }
          row.cellStart = at &+ 1
        } else if byte == lineFeed || byte == carriageReturn {
          if row.cells < longest &- 2 { offsets[row.place &+ row.cells &+ 1] = Int32(truncatingIfNeeded: at) }
          var next = at + 1
          let isPair = byte == carriageReturn && next < end && bytes[next] == lineFeed
          if isPair { next += 1 }
          row = OpenRow(start: next, place: tally.finish(row, at: at))
          if row.place &+ longest > offsets.count {
            offsets.append(contentsOf: repeatElement(0, count: offsets.count))
          }
          offsets[row.place] = Int32(truncatingIfNeeded: next - 1)
          if tally.rowCount == limit { return next }
          if isPair {
            position = next
            continue scan
          }
        } else if byte == quote, at == row.cellStart {
          guard let close = Self.closingQuote(bytes, at + 1..<end) else {
            row.fault = row.fault ?? (.unclosedQuote, at)
            break scan
          }
          position = close + 1
          if position < end, !endsCell(bytes[position], separator) {
            row.fault = row.fault ?? (.textAfterQuote, position)
          }
          continue scan
        } else if byte == 0 {
          row.fault = row.fault ?? (.nulByte, at)
        }
      }
      position &+= 8
    }
    if row.start < end {
      if row.cells < longest &- 2 { offsets[row.place &+ row.cells &+ 1] = Int32(truncatingIfNeeded: end) }
      _ = tally.finish(row, at: end)
    }
    return end
  }

  /// The quote that closes a cell whose content starts at `range.lowerBound`; two in a row are one character.
  static func closingQuote(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
    var position = range.lowerBound
    while let found = ByteScan.first(quote, in: bytes, position..<range.upperBound) {
      if found + 1 < range.upperBound, bytes[found + 1] == quote {
        position = found + 2
      } else {
        return found
      }
    }
    return nil
  }

  /// A row under way.
  private struct OpenRow {
    let start: Int
    /// Where its offsets start.
    let place: Int
    var cellStart: Int
    /// How many cells have ended.
    var cells = 0
    var fault: (Fault, at: Int)?

    init(start: Int, place: Int) {
      self.start = start
      self.place = place
      cellStart = start
    }
  }

  /// What was found so far.
  private struct Tally: Sendable {
    /// −1 until the first row has told.
    var columnCount: Int
    var rowCount = 0
    var badRows: [BadRow] = []

    init(columnCount: Int) { self.columnCount = columnCount }

    /// Ends `row` at `end`: keeps it, drops it as blank, or reports it. Returns where the next row's offsets go.
    @inline(__always)
    mutating func finish(_ row: OpenRow, at end: Int) -> Int {
      let cells = row.cells &+ 1
      if columnCount < 0, end > row.start { columnCount = cells }
      if cells == columnCount, end > row.start, row.fault == nil {
        rowCount &+= 1
        return row.place &+ cells &+ 1
      }
      if let (fault, offset) = row.fault {
        badRows.append(BadRow(range: row.start..<end, fault: fault, offset: offset))
      } else if end > row.start {
        badRows.append(BadRow(range: row.start..<end, fault: .ragged(found: cells), offset: row.start))
      }
      return row.place
    }
  }
}

@inline(__always)
func endsCell(_ byte: UInt8, _ separator: UInt8) -> Bool {
  byte == separator || byte == lineFeed || byte == carriageReturn
}

let quote = UInt8(ascii: "\"")
let lineFeed = UInt8(ascii: "\n")
let carriageReturn = UInt8(ascii: "\r")
