/// Where in a table's source something stands; as much of it as is known.
public struct SourcePlace: Sendable, Equatable {
  /// As the user named it: a path, `-`, or `sqlite:…`.
  public var file: String?
  /// The line in the file, counted from 1; line breaks inside quotes count too.
  public var line: Int?
  /// The column's name, or its number from 1 where there is no name.
  public var column: String?

  public init(file: String? = nil, line: Int? = nil, column: String? = nil) {
    self.file = file
    self.line = line
    self.column = column
  }
}

/// What can be wrong with a table. Cases carry facts; the sentence with cause and remedy is written at the
/// command line.
public enum TableError: Error, Sendable, Equatable {
  // The table as a value.
  case unequalColumns(name: String, count: Int, expected: Int)
  case duplicateColumn(name: String, place: SourcePlace?)
  case unknownColumn(name: String, known: [String], place: SourcePlace?)

  // The source.
  case badLocation(String)
  case missingFile(String)
  case isDirectory(String)
  /// The system refused to open or to read it; `reason` is the system's text.
  case unreadable(file: String, reason: String)
  /// Nothing in it, not even a header.
  case emptyFile(String)
  /// Not a text table at all, by its first bytes.
  case notText(file: String, FileSignature)
  /// The database refused; `reason` is SQLite's text.
  case database(file: String, reason: String)

  // A row.
  case raggedRow(found: Int, expected: Int, place: SourcePlace)
  /// A quote is opened at `place` and never closed.
  case unclosedQuote(place: SourcePlace)
  /// Something other than a separator or a line end after a closing quote.
  case textAfterQuote(place: SourcePlace)
  case nulByte(place: SourcePlace)
  case invalidUTF8(place: SourcePlace)
  /// A row of more than `limit` bytes, most likely an unclosed quote.
  case rowTooLong(limit: Int, place: SourcePlace)

  // A cell.
  /// NaN, an infinity or a number beyond the range of a double in a numeric column.
  case notFinite(text: String, place: SourcePlace)
  /// A cell that is not of the column's stated kind.
  case wrongKind(text: String, expected: ColumnKind, place: SourcePlace)
  /// More distinct texts in one column than 32 bits can number.
  case tooManyLevels(place: SourcePlace)
}

/// What a file is when it is not a text table.
public enum FileSignature: String, Sendable {
  case utf16, utf32, gzip, zip, zstandard, sqlite, parquet
}

extension TableError {
  /// The place, where the error has one.
  public var place: SourcePlace? {
    switch self {
    case .unequalColumns, .badLocation: nil
    case .missingFile(let file), .isDirectory(let file), .unreadable(let file, _), .emptyFile(let file),
      .notText(let file, _), .database(let file, _):
      SourcePlace(file: file)
    case .duplicateColumn(_, let place), .unknownColumn(_, _, let place): place
    case .raggedRow(_, _, let place), .unclosedQuote(let place), .textAfterQuote(let place),
      .nulByte(let place), .invalidUTF8(let place), .rowTooLong(_, let place), .notFinite(_, let place),
      .wrongKind(_, _, let place), .tooManyLevels(let place):
      place
    }
  }
}
