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

  /// Calls `body` with the number and the place of each cell of a column, row after row.
  @inline(__always)
  func forEachCell(of column: Int, _ rows: Range<Int>, _ body: (Int, Range<Int>) -> Void) {
    let step = columnCount &+ 1
    let places = offsets.span
    precondition(column >= 0 && column < columnCount)
    precondition(rows.lowerBound >= 0 && rows.upperBound <= rowCount && rowCount * step <= places.count)
    var place = rows.lowerBound &* step &+ column
    for row in rows {
      let before = unsafe Int(places[unchecked: place])
      let end = unsafe Int(places[unchecked: place &+ 1])
      body(row, unsafe Range(uncheckedBounds: (before &+ 1, end)))
      place &+= step
    }
  }

  /// The same for four rows at a time: the number of the first, how many there are, and their cells, of which those
  /// beyond the last row are empty.
  @inline(__always)
  func forEachFourCells(
    of column: Int, _ rows: Range<Int>, _ body: (Int, Int, InlineArray<4, Range<Int>>) -> Void
  ) {
    let step = columnCount &+ 1
    let places = offsets.span
    precondition(column >= 0 && column < columnCount)
    precondition(rows.lowerBound >= 0 && rows.upperBound <= rowCount && rowCount * step <= places.count)
    @inline(__always) func cell(_ row: Int) -> Range<Int> {
      let place = row &* step &+ column
      let before = unsafe Int(places[unchecked: place])
      let end = unsafe Int(places[unchecked: place &+ 1])
      return unsafe Range(uncheckedBounds: (before &+ 1, end))
    }
    var row = rows.lowerBound
    while row &+ 4 <= rows.upperBound {
      body(row, 4, [cell(row), cell(row &+ 1), cell(row &+ 2), cell(row &+ 3)])
      row &+= 4
    }
    if row < rows.upperBound {
      var cells = InlineArray<4, Range<Int>>(repeating: 0..<0)
      for left in row..<rows.upperBound { cells[left &- row] = cell(left) }
      body(row, rows.upperBound &- row, cells)
    }
  }

  func rowRange(_ row: Int) -> Range<Int> {
    let place = row * (columnCount + 1)
    return Int(offsets[place]) + 1..<Int(offsets[place + columnCount])
  }

  /// Indexes the rows of `range`, which starts where a row starts; the span reaches at least
  /// ``ByteScan/reach`` bytes beyond it. With `columns` nil the first row says how many there are. Stops after
  /// `limit` rows and returns where it stopped. Cost: one pass, 64 bytes at a time.
  @discardableResult
  mutating func index(
    _ bytes: Span<UInt8>, _ range: Range<Int>, separator: UInt8, columns: Int?, limit: Int = .max
  ) -> Int {
    // Room for the longest row there can be; a row of too many cells is a bad one and needs no more.
    if let columns {
      return index(bytes, range, separator: separator, columns: columns, limit: limit, longest: columns + 3)
    }
    // Few first rows have a thousand cells; such a one is read again.
    let room = min(range.count, 1024) + 3
    let end = index(bytes, range, separator: separator, columns: nil, limit: limit, longest: room)
    if columnCount <= room - 2 { return end }
    return index(bytes, range, separator: separator, columns: nil, limit: limit, longest: range.count + 3)
  }

  /// `longest` places at most are kept of a row. Stops after a first row that has more.
  private mutating func index(
    _ bytes: Span<UInt8>, _ range: Range<Int>, separator: UInt8, columns: Int?, limit: Int, longest: Int
  ) -> Int {
    var tally = Tally(columnCount: columns ?? -1)
    defer { self.tally = tally }
    var offsets = self.offsets
    self.offsets = []
    defer { self.offsets = offsets }
    if offsets.count < longest { offsets = Array(repeating: 0, count: longest * 2) }
    let end = range.upperBound
    var row = OpenRow(start: range.lowerBound, place: 0)
    offsets[0] = Int32(truncatingIfNeeded: range.lowerBound - 1)
    var position = range.lowerBound
    scan: while position < end {
      var marks = ByteScan.marks(bytes, at: position, separator: separator)
      if end &- position < 64 { marks.keep(below: end &- position) }
      while true {
        // The separators before the next quote or line end.
        let before = marks.others == 0 ? UInt64.max : (marks.others & (0 &- marks.others)) &- 1
        row.end(cells: marks.separators & before, from: position, in: &offsets, longest: longest)
        if marks.others == 0 { break }
        marks.separators &= ~before
        let at = position &+ marks.others.trailingZeroBitCount
        marks.others &= marks.others &- 1
        let byte = bytes[at]
        if byte == lineFeed || byte == carriageReturn {
          if row.cells < longest &- 2 { offsets[row.place &+ row.cells &+ 1] = Int32(truncatingIfNeeded: at) }
          var next = at + 1
          if byte == carriageReturn && next < end && bytes[next] == lineFeed { next += 1 }
          row = OpenRow(start: next, place: tally.finish(row, at: at))
          if tally.columnCount > longest &- 2 { return next }
          if row.place &+ longest > offsets.count {
            offsets.append(contentsOf: repeatElement(0, count: offsets.count))
          }
          offsets[row.place] = Int32(truncatingIfNeeded: next - 1)
          if tally.rowCount == limit { return next }
          if next > at + 1 {
            // The feed of the pair is the next mark, here or beyond these 64 bytes.
            if next > position &+ 64 {
              position = next
              continue scan
            }
            marks.others &= marks.others &- 1
          }
        } else if byte == quote, at == row.cellStart {
          let near = Self.nearQuote(bytes, at, from: position, end)
          guard let close = near ?? Self.closingQuote(bytes, at + 1..<end) else {
            row.fault = row.fault ?? (.unclosedQuote, at)
            break scan
          }
          if close + 1 < end, !endsCell(bytes[close + 1], separator) {
            row.fault = row.fault ?? (.textAfterQuote, close + 1)
          }
          if near == nil {
            position = close + 1
            continue scan
          }
          marks.drop(through: close &- position)
        } else if byte == 0 {
          row.fault = row.fault ?? (.nulByte, at)
        }
      }
      position &+= 64
    }
    if row.start < end {
      if row.cells < longest &- 2 { offsets[row.place &+ row.cells &+ 1] = Int32(truncatingIfNeeded: end) }
      _ = tally.finish(row, at: end)
    }
    return end
  }

  /// The quote that closes the cell opened at `open`, if the 64 bytes from `position` show it.
  @inline(__always)
  private static func nearQuote(_ bytes: Span<UInt8>, _ open: Int, from position: Int, _ end: Int) -> Int? {
    var left = ByteScan.quotes(bytes, at: position) & ((UInt64.max << UInt64(open &- position)) << 1)
    while left != 0 {
      let found = position &+ left.trailingZeroBitCount
      if found >= end { return nil }
      left &= left &- 1
      guard found &+ 1 < end, bytes[found &+ 1] == quote else { return found }
      // Two in a row are one character; the second may stand beyond.
      if left == 0 { return nil }
      left &= left &- 1
    }
    return nil
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

    /// Ends a cell at each of the marks of the 64 bytes from `position`. Offsets that do not fit a row of
    /// `longest` places are counted, not kept.
    @inline(__always)
    mutating func end(
      cells marks: UInt64, from position: Int, in offsets: inout [Int32], longest: Int
    ) {
      guard marks != 0 else { return }
      var marks = marks
      var written = offsets.mutableSpan
      precondition(place >= 0 && place &+ longest <= written.count)
      while true {
        cells &+= 1
        if cells < longest &- 2 {
          unsafe written[unchecked: place &+ cells] = Int32(
            truncatingIfNeeded: position &+ marks.trailingZeroBitCount)
        }
        let rest = marks & (marks &- 1)
        if rest == 0 { break }
        marks = rest
      }
      cellStart = position &+ marks.trailingZeroBitCount &+ 1
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

extension ByteScan.Marks {
  /// Forgets all but the first `count` bytes, fewer than 64.
  fileprivate mutating func keep(below count: Int) {
    let kept = (UInt64(1) << UInt64(count)) - 1
    separators &= kept
    others &= kept
  }

  /// Forgets the bytes up to and with `index`.
  @inline(__always)
  fileprivate mutating func drop(through index: Int) {
    let kept = (UInt64.max << UInt64(index)) << 1
    separators &= kept
    others &= kept
  }
}

@inline(__always)
func endsCell(_ byte: UInt8, _ separator: UInt8) -> Bool {
  byte == separator || byte == lineFeed || byte == carriageReturn
}

let quote = UInt8(ascii: "\"")
let lineFeed = UInt8(ascii: "\n")
let carriageReturn = UInt8(ascii: "\r")
