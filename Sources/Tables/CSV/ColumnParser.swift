/// One column of one block, read as what its cells turned out to be.
enum ParsedColumn: Sendable {
  /// Nothing but missing cells, so far of no kind.
  case missing(count: Int)
  /// `traits` are those of all cells together; `notFinite` are the rows of such cells.
  case numeric([Double], traits: NumberCell.Traits, notFinite: [Int])
  /// `spellings` are those of all cells together.
  case boolean([Int8], spellings: BooleanCell.Spellings)
  case date(seconds: [Int64], hasTimeOfDay: Bool)
  case text(codes: [Int32], TextDictionary)

  var count: Int {
    switch self {
    case .missing(let count): count
    case .numeric(let values, _, _): values.count
    case .boolean(let values, _): values.count
    case .date(let seconds, _): seconds.count
    case .text(let codes, _): codes.count
    }
  }

  /// The values as they are where they are of that kind: a text of one block needs no joining.
  func values(_ kind: ColumnKind) -> ColumnValues? {
    switch (self, kind) {
    case (.numeric(let values, _, _), .numeric): .numeric(values)
    case (.boolean(let values, _), .boolean): .boolean(values)
    case (.date(let seconds, let hasTime), .date): .date(Dates(seconds: seconds, hasTimeOfDay: hasTime))
    case (.text(let codes, let dictionary), .text):
      .text(CodedText(codes: codes, levels: (0..<dictionary.count).map(dictionary.string)))
    default: nil
    }
  }
}

/// A cell that makes its row a bad one.
struct CellFault: Sendable {
  enum Cause: Sendable { case wrongKind(ColumnKind), notFinite, invalidUTF8, nulByte }
  let row: Int
  let column: Int
  let cause: Cause
}

/// Reads a column of a block, some rows at a time, either as a stated kind, or as the first of number,
/// boolean, date and text that fits every cell.
struct ColumnParser {
  private let column: Int
  private let locale: NumberLocale
  private let dateOrder: DateOrder?
  private let isStated: Bool
  private let rowCount: Int
  private var kind: ColumnKind
  /// Cells that cannot be what they should; their value is missing. With an inferred kind only text has any.
  private(set) var faults: [CellFault] = []

  private var numbers: [Double] = []
  private var traits: NumberCell.Traits = []
  private var notFinite: [Int] = []
  private var booleans: [Int8] = []
  private var spellings: BooleanCell.Spellings = []
  private var seconds: [Int64] = []
  private var hasTimeOfDay = false
  private var codes: [Int32] = []
  private var dictionary = TextDictionary()

  /// A nil kind is to be inferred.
  init(column: Int, kind: ColumnKind?, rowCount: Int, _ schema: CSVSchema) {
    self.column = column
    self.rowCount = rowCount
    self.kind = kind ?? .numeric
    isStated = kind != nil
    locale = schema.locale
    dateOrder = schema.dateOrder
    prepare()
  }

  private mutating func prepare() {
    switch kind {
    case .numeric: numbers = Array(repeating: .nan, count: rowCount)
    case .boolean: booleans = Array(repeating: -1, count: rowCount)
    case .date: seconds = Array(repeating: Dates.missing, count: rowCount)
    case .text: codes = Array(repeating: -1, count: rowCount)
    }
  }

  /// Reads the next rows. Where one does not fit the kind that the rows before it had, all are read anew as
  /// the next kind.
  mutating func read(_ rows: Range<Int>, _ bytes: Span<UInt8>, _ index: borrowing CellIndex) {
    var rows = rows
    while true {
      let fits =
        switch kind {
        case .numeric: readNumbers(rows, bytes, index)
        case .boolean: readBooleans(rows, bytes, index)
        case .date: readDates(rows, bytes, index)
        case .text: readTexts(rows, bytes, index)
        }
      if fits { return }
      kind = kind == .numeric ? .boolean : kind == .boolean ? .date : .text
      prepare()
      rows = 0..<rows.upperBound
    }
  }

  consuming func parsed() -> ParsedColumn {
    switch kind {
    case .numeric:
      !isStated && traits.isEmpty
        ? .missing(count: rowCount) : .numeric(numbers, traits: traits, notFinite: notFinite)
    case .boolean: .boolean(booleans, spellings: spellings)
    case .date: .date(seconds: seconds, hasTimeOfDay: hasTimeOfDay)
    case .text: .text(codes: codes, dictionary)
    }
  }

  // MARK: Kinds. Each returns false when a cell does not fit an inferred kind.

  private mutating func readNumbers(_ rows: Range<Int>, _ bytes: Span<UInt8>, _ index: borrowing CellIndex)
    -> Bool
  {
    let others =
      isStated
      ? readPlainNumbers(rows, bytes, index, isStated: true)
      : readPlainNumbers(rows, bytes, index, isStated: false)
    for row in others where !readOther(row, bytes, index) { return false }
    return true
  }

  /// Reads the cells that are plainly numbers and returns the rows of those that are not.
  @inline(__always)
  private mutating func readPlainNumbers(
    _ rows: Range<Int>, _ bytes: Span<UInt8>, _ index: borrowing CellIndex, isStated: Bool
  ) -> [Int] {
    let point = locale == .point ? UInt8(ascii: ".") : UInt8(ascii: ",")
    let powers = PowersOfTen.exact
    var found = traits
    var others: [Int] = []
    var numbers = numbers
    self.numbers = []
    var written = numbers.mutableSpan
    precondition(rows.lowerBound >= 0 && rows.upperBound <= written.count)
    index.forEachFourCells(of: column, rows) { row, count, cells in
      #if PULSO_AVX2
        if isStated, let values = NumberCell.four(bytes, cells, point: point) {
          for lane in 0..<count { unsafe written[unchecked: row &+ lane] = values[lane] }
          found.insert(.number)
          return
        }
      #endif
      for lane in 0..<count where !cells[lane].isEmpty {
        let cell = NumberCell.plain(bytes, cells[lane], point: point, powers.span, isStated: isStated)
        if cell.traits.isDisjoint(with: .suspicious) {
          unsafe written[unchecked: row &+ lane] = cell.value
          found.formUnion(cell.traits)
        } else {
          others.append(row &+ lane)
        }
      }
    }
    traits = found
    self.numbers = numbers
    return others
  }

  /// A cell that is not plainly a number.
  private mutating func readOther(_ row: Int, _ bytes: Span<UInt8>, _ index: borrowing CellIndex) -> Bool {
    guard let cell = NumberCell.any(bytes, index.cell(row, column), locale) else { return true }
    if cell.traits.contains(.notFinite) {
      notFinite.append(row)
      if isStated { faults.append(CellFault(row: row, column: column, cause: .notFinite)) }
    } else if cell.traits.contains(.invalid) || (!isStated && cell.traits.contains(.identifier)) {
      if !isStated { return false }
      faults.append(CellFault(row: row, column: column, cause: .wrongKind(.numeric)))
    } else {
      numbers[row] = cell.value
    }
    traits.formUnion(cell.traits)
    return true
  }

  private mutating func readBooleans(_ rows: Range<Int>, _ bytes: Span<UInt8>, _ index: borrowing CellIndex)
    -> Bool
  {
    for row in rows {
      let content = CellContent.trimmed(bytes, CellContent.unquoted(bytes, index.cell(row, column)))
      if let (value, spelling) = BooleanCell.read(bytes, content), isStated || spelling != .digit {
        booleans[row] = value ? 1 : 0
        spellings.insert(spelling)
      } else if !MissingWord.isMissing(bytes, content, inText: false) {
        if !isStated { return false }
        faults.append(CellFault(row: row, column: column, cause: .wrongKind(.boolean)))
      }
    }
    return true
  }

  private mutating func readDates(_ rows: Range<Int>, _ bytes: Span<UInt8>, _ index: borrowing CellIndex)
    -> Bool
  {
    for row in rows {
      let content = CellContent.trimmed(bytes, CellContent.unquoted(bytes, index.cell(row, column)))
      if let cell = DateCell.read(bytes, content, order: dateOrder) {
        seconds[row] = cell.secondsSince1970
        hasTimeOfDay = hasTimeOfDay || cell.hasTimeOfDay
      } else if !MissingWord.isMissing(bytes, content, inText: false) {
        if !isStated { return false }
        faults.append(CellFault(row: row, column: column, cause: .wrongKind(.date)))
      }
    }
    return true
  }

  /// Texts keep their blanks; a cell of nothing but blanks is missing.
  private mutating func readTexts(_ rows: Range<Int>, _ bytes: Span<UInt8>, _ index: borrowing CellIndex)
    -> Bool
  {
    var codes = codes
    self.codes = []
    var written = codes.mutableSpan
    precondition(rows.lowerBound >= 0 && rows.upperBound <= written.count)
    index.forEachCell(of: column, rows) { row, range in
      if range.isEmpty { return }
      let content = CellContent.unquoted(bytes, range)
      if content != range, ByteScan.first(quote, in: bytes, content) != nil {
        let text = CellContent.text(bytes, range)
        unsafe written[unchecked: row] = code((text + TextDictionary.padding).span, 0..<text.count, row)
      } else {
        unsafe written[unchecked: row] = code(bytes, content, row)
      }
    }
    self.codes = codes
    return true
  }

  @inline(__always)
  private mutating func code(_ bytes: Span<UInt8>, _ content: Range<Int>, _ row: Int) -> Int32 {
    let hash = TextDictionary.hash(bytes, content)
    return dictionary.code(bytes, content, hash: hash) ?? newCode(bytes, content, hash, row)
  }

  /// A text not met before in this block: is it missing, is it UTF-8?
  private mutating func newCode(_ bytes: Span<UInt8>, _ content: Range<Int>, _ hash: UInt64, _ row: Int)
    -> Int32
  {
    if MissingWord.isMissing(bytes, CellContent.trimmed(bytes, content), inText: true) { return -1 }
    if let cause = CellContent.fault(bytes, content) {
      faults.append(CellFault(row: row, column: column, cause: cause))
      return -1
    }
    return dictionary.insert(bytes, content, hash: hash)
  }
}
