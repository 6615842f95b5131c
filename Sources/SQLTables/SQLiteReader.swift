import GRDB
import Tables

/// Reads one table or query of an SQLite file.
///
/// INTEGER and REAL values are numbers, NULL is missing, and the kinds of TEXT columns are inferred as in a
/// CSV file, so that a table read through a database and through CSV is the same. Integers of 16 digits and
/// more are identifiers and stay text.
struct SQLiteReader {
  let file: String
  let source: TableLocation.SQLSource
  /// As the user named it.
  let name: String

  func read(options: ReadOptions) throws(TableError) -> TableReading {
    var options = options
    options.separator = UInt8(ascii: ",")
    options.locale = .point
    return try Tables.Table.read(csv: try csv(), name: name, options: options)
  }

  private var sql: String {
    switch source {
    case .table(let table): "SELECT * FROM \(table.asSQLIdentifier)"
    case .query(let query): query
    }
  }

  private func csv() throws(TableError) -> [UInt8] {
    var whole: [UInt8] = []
    do {
      try forEachPiece(size: .max) { whole = $0 }
    } catch let error as TableError {
      throw error
    } catch {
      throw .database(file: name, reason: "\(error)")
    }
    return whole
  }

  /// The table as CSV in pieces, each with the header and, but for the last, at least `size` bytes.
  func forEachPiece(size: Int, _ body: ([UInt8]) throws -> Void) throws {
    var configuration = Configuration()
    configuration.readonly = true
    var failure: (any Error)?
    do {
      let queue = try DatabaseQueue(path: file, configuration: configuration)
      try queue.read { database in
        let statement = try database.makeStatement(sql: sql)
        var text = CSVText()
        appendHeader(of: statement, to: &text)
        let rows = try Row.fetchCursor(statement)
        while failure == nil, let row = try rows.next() {
          try append(row, of: statement, to: &text)
          if text.bytes.count < size { continue }
          do { try body(text.bytes) } catch { failure = error }
          text.removeAll()
          appendHeader(of: statement, to: &text)
        }
        if failure != nil { return }
        do { try body(text.bytes) } catch { failure = error }
      }
    } catch let error as TableError {
      throw error
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CANTOPEN {
      throw TableError.missingFile(file)
    } catch let error as DatabaseError {
      throw TableError.database(file: name, reason: error.message ?? "SQLite error \(error.resultCode)")
    } catch {
      throw TableError.database(file: name, reason: "\(error)")
    }
    if let failure { throw failure }
  }

  private func appendHeader(of statement: Statement, to text: inout CSVText) {
    for column in statement.columnNames { text.text(column) }
    text.endRow()
  }

  private func append(_ row: Row, of statement: Statement, to text: inout CSVText) throws(TableError) {
    for index in 0..<statement.columnCount {
      let value: DatabaseValue = row[index]
      switch value.storage {
      case .null: text.missing()
      case .int64(let integer): text.integer(Int(integer))
      case .double(let number): number.isFinite ? text.number(number) : text.text(number.description)
      case .string(let string): text.text(string)
      case .blob:
        throw .database(file: name, reason: "column \(statement.columnNames[index]) holds binary data")
      }
    }
    text.endRow()
  }
}
