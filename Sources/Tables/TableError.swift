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
  case unequalColumns(name: String, count: Int, expected: Int)
  case duplicateColumn(name: String, place: SourcePlace?)
  case unknownColumn(name: String, known: [String], place: SourcePlace?)
}
