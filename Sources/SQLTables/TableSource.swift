public import Tables

/// Reads a table from anywhere the user may name: a CSV path, `-`, or a database.
public enum TableSource {
  public static func read(_ argument: String, options: ReadOptions = ReadOptions()) throws(TableError)
    -> TableReading
  {
    try read(TableLocation(argument), options: options)
  }

  public static func read(_ location: TableLocation, options: ReadOptions = ReadOptions())
    throws(TableError) -> TableReading
  {
    if case .sqlite(let file, let source) = location {
      return try SQLiteReader(file: file, source: source, name: location.name).read(options: options)
    }
    return try Table.read(location, options: options)
  }

  /// A database's table as CSV in pieces of a few megabytes, each with the header: memory stays flat however
  /// long the table is. The first piece comes even where there are no rows.
  public static func forEachPiece(
    ofDatabase file: String, _ source: TableLocation.SQLSource, name: String,
    _ body: ([UInt8]) throws -> Void
  ) throws {
    try SQLiteReader(file: file, source: source, name: name).forEachPiece(size: 1 << 22, body)
  }
}

/// Writes a table anywhere the user may name: a CSV path, `-`, or a table of a database.
public enum TableSink {
  /// CSV is made on up to `threads` threads.
  public static func write(
    _ table: Table, to argument: String, options: CSVOptions = CSVOptions(), threads: Int = 1
  ) throws(SinkError) {
    guard argument.hasPrefix("sqlite:") else {
      do throws(OutputError) {
        return try table.write(to: OutputLocation(argument), options: options, threads: threads)
      } catch {
        throw .output(error)
      }
    }
    let location: TableLocation
    do throws(TableError) {
      location = try TableLocation(argument)
    } catch {
      throw .location(error)
    }
    guard case .sqlite(let file, .table(let name)) = location else {
      throw .location(.badLocation(argument))
    }
    do throws(OutputError) {
      try SQLiteWriter(file: file, table: name).write(table)
    } catch {
      throw .output(error)
    }
  }
}

/// Why a table could not be written: the place named was wrong, or writing failed.
public enum SinkError: Error, Sendable, Equatable {
  case location(TableError)
  case output(OutputError)
}
