/// Builds CSV text cell by cell: RFC 4180 quoting where a cell needs it, `\n` line ends, the shortest decimal
/// that reads back to the same number, ISO 8601 dates, nothing for a missing value.
///
/// The caller ends each row with ``endRow()`` and takes ``bytes`` whenever it likes.
public struct CSVText: Sendable {
  public private(set) var bytes: [UInt8] = []
  private let options: CSVOptions
  private var cellsInRow = 0
  private var rowStart = 0

  /// `capacity` bytes are set aside.
  public init(options: CSVOptions = CSVOptions(), capacity: Int = 0) {
    self.options = options
    bytes.reserveCapacity(capacity)
  }

  /// Forgets what was built, keeping the memory.
  public mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    cellsInRow = 0
    rowStart = 0
  }

  public mutating func endRow() {
    // A row of one empty cell would read as a blank line.
    if cellsInRow == 1, bytes.count == rowStart { bytes.append(contentsOf: [34, 34]) }
    bytes.append(10)
    cellsInRow = 0
    rowStart = bytes.count
  }

  public mutating func missing() {
    separate()
  }

  /// A text cell; nil is missing.
  public mutating func text(_ text: String?) {
    separate()
    guard let text else { return }
    appendText(text)
  }

  /// A number; NaN is missing.
  public mutating func number(_ value: Double) {
    if value.isNaN { return separate() }
    bytes.append(decimal: value, after: cellsInRow > 0 ? options.separator : nil)
    cellsInRow += 1
  }

  public mutating func integer(_ value: Int) {
    separate()
    bytes.append(integer: value)
  }

  public mutating func boolean(_ value: Bool) {
    separate()
    bytes.append(contentsOf: (value ? "true" : "false").utf8)
  }

  public mutating func date(_ date: CalendarDate) {
    separate()
    bytes.append(date: date)
  }

  /// `YYYY-MM-DDTHH:MM:SSZ`, or the date alone.
  public mutating func time(secondsSince1970 seconds: Int64, hasTimeOfDay: Bool) {
    separate()
    bytes.append(contentsOf: Dates.iso8601(seconds, hasTimeOfDay: hasTimeOfDay).utf8)
  }

  /// One cell of a column.
  public mutating func cell(_ values: ColumnValues, row: Int) {
    switch values {
    case .numeric(let numbers): number(numbers[row])
    case .text(let texts): text(texts[row])
    case .boolean(let flags): flags[row] < 0 ? missing() : boolean(flags[row] == 1)
    case .date(let dates):
      if dates.seconds[row] == Dates.missing {
        missing()
      } else {
        time(secondsSince1970: dates.seconds[row], hasTimeOfDay: dates.hasTimeOfDay)
      }
    }
  }

  /// A cell of a CSV text with that separator as it stands there, quotes included. The span reaches at least 8
  /// bytes beyond it.
  mutating func passed(_ source: Span<UInt8>, _ cell: Range<Int>, separator: UInt8) {
    let isQuoted = !cell.isEmpty && source[cell.lowerBound] == quote
    // Without quotes there is no separator in it.
    let isPlain =
      separator == options.separator || ByteScan.first(options.separator, in: source, cell) == nil
    if options.spreadsheetSafe || isQuoted || !isPlain {
      text(String(decoding: CellContent.text(source, cell), as: UTF8.self))
    } else {
      separate()
      bytes.append(source.extracting(cell))
    }
  }

  /// Rows of a table. Their cells are made column by column, in a text of their own: what the threads of a table
  /// share is then reached for once a block and not once a cell.
  mutating func append(_ columns: [Column], rows: Range<Int>) {
    var cells = CSVText(options: options)
    var places: [Range<Int>] = []
    places.reserveCapacity(rows.count * columns.count)
    for column in columns { cells.append(column.values, rows, &places) }
    for row in 0..<rows.count {
      for place in stride(from: row, to: places.count, by: rows.count) {
        separate()
        bytes.append(cells.bytes.span.extracting(places[place]))
      }
      endRow()
    }
  }

  /// The cells of a column, unseparated, and where each lies.
  private mutating func append(_ values: ColumnValues, _ rows: Range<Int>, _ places: inout [Range<Int>]) {
    if case .text(let text) = values {
      // What many rows share is written once.
      let isShared = text.levels.count <= rows.count
      var known = [Range<Int>?](repeating: nil, count: isShared ? text.levels.count : 0)
      for row in rows {
        let code = Int(text.codes[row])
        let start = bytes.count
        if code < 0 {
          places.append(start..<start)
        } else if isShared, let place = known[code] {
          places.append(place)
        } else {
          appendText(text.levels[code])
          places.append(start..<bytes.count)
          if isShared { known[code] = start..<bytes.count }
        }
      }
    } else if case .numeric(let numbers) = values {
      for row in rows {
        let start = bytes.count
        if !numbers[row].isNaN { bytes.append(decimal: numbers[row]) }
        places.append(start..<bytes.count)
      }
    } else {
      for row in rows {
        let start = bytes.count
        cellsInRow = 0
        cell(values, row: row)
        places.append(start..<bytes.count)
      }
    }
  }

  private mutating func separate() {
    if cellsInRow > 0 { bytes.append(options.separator) }
    cellsInRow += 1
  }

  private mutating func appendText(_ text: String) {
    let isFormula = options.spreadsheetSafe && Self.isFormula(text)
    let text = text.utf8Span.span
    var needsQuotes = false
    for index in text.indices {
      let byte = text[index]
      if byte == options.separator || byte == quote || endsLine(byte) { needsQuotes = true }
    }
    if needsQuotes { bytes.append(quote) }
    if isFormula { bytes.append(UInt8(ascii: "'")) }
    if needsQuotes {
      for index in text.indices {
        if text[index] == quote { bytes.append(quote) }
        bytes.append(text[index])
      }
      bytes.append(quote)
    } else {
      bytes.append(text)
    }
  }

  /// Whether a spreadsheet may run a text. A plain number with its sign is none, though it stand in a column
  /// of text: `-5` stays `-5`. The last four are the full-width twins of the first four, which some
  /// spreadsheets fold to them.
  private static func isFormula(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first else { return false }
    switch first {
    case "+", "-": return Double(text)?.isFinite != true || text.utf8.contains(UInt8(ascii: "x"))
    case "=", "@", "\t", "\r", "\n", "\u{ff1d}", "\u{ff0b}", "\u{ff0d}", "\u{ff20}": return true
    default: return false
    }
  }

  private func endsLine(_ byte: UInt8) -> Bool { byte == lineFeed || byte == carriageReturn }
}
