import Tables
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Odd and malformed tables, each with the table it is or the error it must give. Nothing may be accepted in
/// silence as something else.
@Suite("Corpus of odd and malformed tables")
struct CorpusTests {
  /// A text and what its first column, or a column named by `of`, must be.
  struct Odd: Sendable, CustomTestStringConvertible {
    let name: String
    let text: String
    var column = "a"
    let values: ColumnValues
    var options = ReadOptions()
    var testDescription: String { name }
  }

  static func numbers(_ values: Double?...) -> ColumnValues { .numeric(values.map { $0 ?? .nan }) }
  static func texts(_ values: String?...) -> ColumnValues { .text(CodedText(values)) }
  static func days(_ values: Int64?...) -> ColumnValues {
    .date(Dates(seconds: values.map { $0.map { $0 * 86_400 } ?? Dates.missing }, hasTimeOfDay: false))
  }

  static let odd: [Odd] = [
    Odd(name: "no newline at the end", text: "a,b\n1,2", values: numbers(1)),
    Odd(name: "CRLF", text: "a,b\r\n1,2\r\n3,4\r\n", values: numbers(1, 3)),
    Odd(name: "old Macintosh line ends", text: "a,b\r1,2\r3,4\r", values: numbers(1, 3)),
    Odd(name: "mixed line ends", text: "a,b\n1,2\r\n3,4\r5,6\n", values: numbers(1, 3, 5)),
    Odd(name: "byte order mark", text: "\u{FEFF}a,b\n1,2\n", values: numbers(1)),
    Odd(name: "byte order mark and quoted header", text: "\u{FEFF}\"a\",\"b,c\"\n1,2\n", values: numbers(1)),
    Odd(name: "blank lines at the end", text: "a,b\n1,2\n\n\n\r\n", values: numbers(1)),
    Odd(name: "blank lines inside and before", text: "\n\na,b\n1,2\n\n3,4\n", values: numbers(1, 3)),
    Odd(name: "header only", text: "a,b\n", values: numbers()),
    Odd(name: "header only, no newline", text: "a,b", values: numbers()),
    Odd(name: "one column", text: "a\n1\n2\n", values: numbers(1, 2)),
    Odd(name: "one column, quoted empty cell is missing", text: "a\n1\n\"\"\n", values: numbers(1, nil)),
    Odd(name: "semicolons", text: "a;b\n1;2\n", values: numbers(1)),
    Odd(name: "tabs", text: "a\tb\n1\t2\n", values: numbers(1)),
    Odd(name: "bars", text: "a|b\n1|2\n", values: numbers(1)),
    Odd(
      name: "semicolons and decimal comma", text: "a;b\n1,5;2,5\n", values: numbers(1.5),
      options: ReadOptions(locale: .comma)),
    Odd(
      name: "grouped thousands with the comma locale", text: "a;b\n1.234,56;x\n1.000;y\n",
      values: numbers(1234.56, 1000),
      options: ReadOptions(locale: .comma)),
    Odd(
      name: "wrong groups are text", text: "a;b\n1.23,5;x\n", values: texts("1.23,5"),
      options: ReadOptions(locale: .comma)),
    Odd(name: "decimal comma not stated is text", text: "a;b\n1,5;2\n", values: texts("1,5")),
    Odd(name: "commas inside quotes", text: "a,b\n\"1,5\",2\n", values: texts("1,5")),
    Odd(name: "doubled quotes", text: "a,b\n\"say \"\"hi\"\"\",2\n", values: texts("say \"hi\"")),
    Odd(name: "a quote in the middle is a character", text: "a,b\n5\" pipe,2\n", values: texts("5\" pipe")),
    Odd(name: "line break inside quotes", text: "a,b\n\"x\ny\",2\n", values: texts("x\ny")),
    Odd(name: "CRLF inside quotes", text: "a,b\n\"x\r\ny\",2\n", values: texts("x\r\ny")),
    Odd(name: "quoted numbers", text: "a,b\n\"1\",2\n\" 2.5 \",2\n", values: numbers(1, 2.5)),
    Odd(name: "blanks around numbers", text: "a,b\n 1 ,2\n\t3,4\n", values: numbers(1, 3)),
    Odd(name: "a blank cell is missing", text: "a,b\n ,2\n1,2\n", values: numbers(nil, 1)),
    Odd(
      name: "words for missing among numbers", text: "a\nNA\nN/A\nnull\nNULL\nNone\n#N/A\n1\n",
      values: numbers(nil, nil, nil, nil, nil, nil, 1)),
    Odd(name: "North America is not missing", text: "a\nNA\nEMEA\n", values: texts("NA", "EMEA")),
    Odd(name: "a plan called None is not missing", text: "a\nNone\nPro\n", values: texts("None", "Pro")),
    Odd(name: "NULL is missing in text", text: "a\nNULL\nPro\n", values: texts(nil, "Pro")),
    Odd(name: "nothing but missing", text: "a,b\n,1\nNA,2\n", values: numbers(nil, nil)),
    Odd(name: "leading zeros are a code", text: "a\n007\n12\n", values: texts("007", "12")),
    Odd(name: "postcodes", text: "a\n08001\n28001\n", values: texts("08001", "28001")),
    Odd(name: "1E5 is a code", text: "a\n1E5\n12e3\n7\n", values: texts("1E5", "12e3", "7")),
    Odd(name: "1E5 beside decimals is a number", text: "a\n1E5\n0.5\n", values: numbers(100_000, 0.5)),
    Odd(name: "signed exponents", text: "a\n1e-05\n1e+16\n", values: numbers(1e-5, 1e16)),
    Odd(
      name: "16 digits are an identifier", text: "a\n1234567890123456\n", values: texts("1234567890123456")),
    Odd(name: "15 digits are a number", text: "a\n123456789012345\n", values: numbers(123_456_789_012_345)),
    Odd(name: "18-character ids", text: "a\n0015g00000ABCdEAAX\n", values: texts("0015g00000ABCdEAAX")),
    Odd(name: "telephone numbers", text: "a\n+34600111222\n", values: texts("+34600111222")),
    Odd(name: "hexadecimal", text: "a\n0x1p3\n0x10\n", values: texts("0x1p3", "0x10")),
    Odd(name: "underscores", text: "a\n1_000\n", values: texts("1_000")),
    Odd(name: "percent", text: "a\n12%\n", values: texts("12%")),
    Odd(name: "thousands with commas", text: "a\n\"1,234\"\n", values: texts("1,234")),
    Odd(name: "points without digits around", text: "a\n.5\n5.\n", values: numbers(0.5, 5)),
    Odd(name: "lone point", text: "a\n.\n1\n", values: texts(".", "1")),
    Odd(name: "nothing but NaN is text", text: "a\nNaN\nNaN\n", values: texts("NaN", "NaN")),
    Odd(name: "a stray word makes text", text: "a\n1\nabc\n", values: texts("1", "abc")),
    Odd(
      name: "17 digits of a fraction", text: "a\n0.30000000000000004\n", values: numbers(0.30000000000000004)),
    Odd(name: "booleans", text: "a\ntrue\nfalse\n\n", values: .boolean([1, 0])),
    Odd(name: "capital booleans", text: "a\nTRUE\nNA\nFALSE\n", values: .boolean([1, -1, 0])),
    Odd(name: "booleans of two spellings are text", text: "a\nTrue\nfalse\n", values: texts("True", "false")),
    Odd(name: "yes and no are text", text: "a\nyes\nno\n", values: texts("yes", "no")),
    Odd(name: "dates", text: "a\n1970-01-02\n\"\"\n2024-02-29\n", values: days(1, nil, 19_782)),
    Odd(name: "no such day", text: "a\n2023-02-29\n", values: texts("2023-02-29")),
    Odd(name: "ambiguous dates", text: "a\n01/02/2024\n", values: texts("01/02/2024")),
    Odd(
      name: "day first, stated", text: "a\n02/01/1970\n", values: days(1),
      options: ReadOptions(dateOrder: .dayMonthYear)),
    Odd(
      name: "month first, stated", text: "a\n1/2/1970\n", values: days(1),
      options: ReadOptions(dateOrder: .monthDayYear)),
    Odd(
      name: "one-digit hour", text: "a\n1970-01-01 3:00\n",
      values: .date(Dates(seconds: [10_800], hasTimeOfDay: true))),
    Odd(
      name: "offsets", text: "a\n1970-01-01T02:00:00+02:00\n1970-01-01T00:00:01Z\n",
      values: .date(Dates(seconds: [0, 1], hasTimeOfDay: true))),
    Odd(name: "hour 24", text: "a\n1970-01-01T24:00:00\n", values: texts("1970-01-01T24:00:00")),
    Odd(name: "a column without a name", text: ",b\nx,1\n", column: "column_1", values: texts("x")),
    Odd(name: "names are trimmed", text: " a , b\n1,2\n", column: "b", values: numbers(2)),
    Odd(name: "separator at every end", text: "a,b,\n1,2,\n", column: "column_3", values: numbers(nil)),
    Odd(name: "formula", text: "a\n=1+1\n", values: texts("=1+1")),
    Odd(
      name: "hostile text", text: "a\n\"<script>;DROP TABLE x;--\"\n../../x\n",
      values: texts("<script>;DROP TABLE x;--", "../../x")),
    Odd(name: "right-to-left mark and emoji", text: "a\n\u{202E}abc\n👩‍👩‍👧\n", values: texts("\u{202E}abc", "👩‍👩‍👧")),
    Odd(
      name: "stated text keeps digits", text: "a\n1\n2\n", values: texts("1", "2"),
      options: ReadOptions(kinds: ["a": .text])),
    Odd(
      name: "stated number reads a code", text: "a\n007\n1E5\n+5\n", values: numbers(7, 100_000, 5),
      options: ReadOptions(kinds: ["a": .numeric])),
    Odd(
      name: "10,000 characters", text: "a\n\(String(repeating: "é", count: 10_000))\n",
      values: texts(String(repeating: "é", count: 10_000))),
  ]

  @Test("the right table", arguments: odd)
  func reads(_ odd: Odd) throws {
    #expect(try Table.read(csv: odd.text, options: odd.options).table[odd.column]?.values == odd.values)
  }

  struct Bad: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    let error: TableError
    var options = ReadOptions()
    var testDescription: String { name }

    init(_ name: String, _ text: String, _ error: TableError, _ options: ReadOptions = ReadOptions()) {
      self.init(name, Array(text.utf8), error, options)
    }
    init(_ name: String, _ bytes: [UInt8], _ error: TableError, _ options: ReadOptions = ReadOptions()) {
      self.name = name
      self.bytes = bytes
      self.error = error
      self.options = options
    }
  }

  static func at(_ line: Int, _ column: String? = nil) -> SourcePlace {
    SourcePlace(file: "text", line: line, column: column)
  }

  static let bad: [Bad] = [
    Bad("empty", "", .emptyFile("text")),
    Bad("blank lines only", "\n\r\n\n", .emptyFile("text")),
    Bad("byte order mark only", "\u{FEFF}", .emptyFile("text")),
    Bad("too few cells", "a,b\n1,2\n3\n", .raggedRow(found: 1, expected: 2, place: at(3))),
    Bad("too many cells", "a,b\n1,2,3\n", .raggedRow(found: 3, expected: 2, place: at(2))),
    Bad(
      "too many after a quoted break", "a,b\n\"x\ny\",2\n1,2,3\n",
      .raggedRow(found: 3, expected: 2, place: at(4))),
    Bad("unclosed quote", "a,b\n1,\"x\n2,3\n", .unclosedQuote(place: at(2))),
    Bad("unclosed quote in the header", "a,\"b\n1,2\n", .unclosedQuote(place: at(1))),
    Bad("unclosed quote at the very end", "a,b\n1,\"", .unclosedQuote(place: at(2))),
    Bad("text after a quote", "a,b\n\"x\"y,2\n", .textAfterQuote(place: at(2))),
    Bad("text after a quote of two lines", "a,b\n\"x\nz\"y,2\n", .textAfterQuote(place: at(3))),
    Bad("the same name twice", "a,b,a\n1,2,3\n", .duplicateColumn(name: "a", place: at(1, "a"))),
    Bad("NUL in a cell", "a,b\n1,x\u{0}y\n", .nulByte(place: at(2))),
    Bad("NUL in a quoted cell", "a,b\n1,\"x\u{0}y\"\n", .nulByte(place: at(2, "b"))),
    Bad("Latin-1", Array("a,b\n1,2\n3,caf".utf8) + [0xE9, 10], .invalidUTF8(place: at(3, "b"))),
    Bad(
      "Latin-1 in the header", Array("a,caf".utf8) + [0xE9] + Array("\n1,2\n".utf8),
      .invalidUTF8(place: at(1, "2"))),
    Bad("surrogate", Array("a,b\n1,".utf8) + [0xED, 0xA0, 0x80, 10], .invalidUTF8(place: at(2, "b"))),
    Bad("UTF-16, little end first", [0xFF, 0xFE, 97, 0, 10, 0], .notText(file: "text", .utf16)),
    Bad("UTF-16, big end first", [0xFE, 0xFF, 0, 97], .notText(file: "text", .utf16)),
    Bad("UTF-16 without a mark", [97, 0, 44, 0, 98, 0, 10, 0], .nulByte(place: at(1))),
    Bad("UTF-32", [0xFF, 0xFE, 0, 0, 97, 0, 0, 0], .notText(file: "text", .utf32)),
    Bad("gzip", [0x1F, 0x8B, 8, 0], .notText(file: "text", .gzip)),
    Bad("spreadsheet", [0x50, 0x4B, 3, 4, 20, 0], .notText(file: "text", .zip)),
    Bad("database", "SQLite format 3\u{0}...", .notText(file: "text", .sqlite)),
    Bad("NaN among numbers", "a,b\n1,1\n2,NaN\n", .notFinite(text: "NaN", place: at(3, "b"))),
    Bad("infinity among numbers", "a\n1\n-inf\n", .notFinite(text: "-inf", place: at(3, "a"))),
    Bad("Infinity among numbers", "a\n1.5\nInfinity\n", .notFinite(text: "Infinity", place: at(3, "a"))),
    Bad("1e999 among numbers", "a\n1\n1e999\n", .notFinite(text: "1e999", place: at(3, "a"))),
    Bad(
      "a word where a number is stated", "a\n1\nx y\n",
      .wrongKind(text: "x y", expected: .numeric, place: at(3, "a")),
      ReadOptions(kinds: ["a": .numeric])),
    Bad(
      "no such day where a date is stated", "a\n2024-02-30\n",
      .wrongKind(text: "2024-02-30", expected: .date, place: at(2, "a")), ReadOptions(kinds: ["a": .date])),
    Bad(
      "yes where a boolean is stated", "a\nyes\n",
      .wrongKind(text: "yes", expected: .boolean, place: at(2, "a")),
      ReadOptions(kinds: ["a": .boolean])),
    Bad(
      "the first of two faults in a block is told", "a,b\nx,1\n1\n",
      .wrongKind(text: "x", expected: .numeric, place: at(2, "a")),
      ReadOptions(separator: 44, kinds: ["a": .numeric])),
  ]

  @Test("the right error at the right place", arguments: bad)
  func refuses(_ bad: Bad) {
    for threads in 1...2 {
      var options = bad.options
      options.threads = threads
      #expect(throws: bad.error) { try Table.read(csv: bad.bytes, name: "text", options: options) }
    }
  }

  @Test("files that are missing, folders, and paths below a file")
  func sources() {
    #expect(throws: TableError.missingFile("/no/such/file.csv")) {
      try Table.read(.file("/no/such/file.csv"))
    }
    #expect(throws: TableError.isDirectory("/tmp")) { try Table.read(.file("/tmp")) }
    #expect(throws: TableError.missingFile("/etc/passwd/x")) { try Table.read(.file("/etc/passwd/x")) }
    #expect(throws: TableError.missingFile("/no/such/file")) { try fileBytes("/no/such/file") }
    #expect(throws: TableError.isDirectory("/tmp")) { try fileBytes("/tmp") }
    #expect(throws: TableError.badLocation("sqlite:x")) { try TableLocation("sqlite:x") }
    #expect(throws: TableError.badLocation("")) { try TableLocation("") }
  }

  @Test("100,000 columns")
  func wide() throws {
    let names = (0..<100_000).map { "c\($0)" }.joined(separator: ",")
    let values = (0..<100_000).map { "\($0)" }.joined(separator: ",")
    let table = try Table.read(csv: "\(names)\n\(values)\n").table
    #expect(table.columns.count == 100_000)
    #expect(table.columns[99_999].values == Self.numbers(99_999))
  }

  @Test("a field of 20 MB with line breaks; of 100 MB in the long run, PULSO_LONG=1")
  func huge() throws {
    let megabytes = unsafe getenv("PULSO_LONG") == nil ? 20 : 100
    let field = [UInt8](repeating: 10, count: megabytes << 20)
    let bytes = Array("a,b\n1,\"".utf8) + field + Array("\"\n2,x\n".utf8)
    let table = try Table.read(csv: bytes, name: "text").table
    #expect(table["a"]?.values == Self.numbers(1, 2))
  }
}
