internal import GRDB

/// Rows inserted many at a time, which takes less than half of one at a time: a statement starts, and a table is
/// searched from its root, once for all of them.
struct RowInsertion {
  private let one, many: SQLStatement
  private let ownColumns: Int32

  private static let rowsAtOnce = 64

  /// `target` names the table and its columns, of which the first has the value `shared` in every row.
  init(_ database: Database, _ verb: String = "INSERT", into target: String, columns: Int32, shared: String)
    throws
  {
    ownColumns = columns - 1
    let row = "(?1\(String(repeating: ", ?", count: Int(ownColumns))))"
    func statement(rows: Int) throws -> SQLStatement {
      let statement = try SQLStatement(
        database,
        "\(verb) INTO \(target) VALUES \(Array(repeating: row, count: rows).joined(separator: ", "))")
      statement.bind(1, shared)
      return statement
    }
    one = try statement(rows: 1)
    many = try statement(rows: Self.rowsAtOnce)
  }

  /// Inserts `rows` in their order. `bind` binds the columns of one after the shared one, to the parameters of a
  /// statement from a number on.
  func insert<Row>(_ rows: [Row], bind: (Row, SQLStatement, Int32) -> Void) throws {
    let single = rows.count - rows.count % Self.rowsAtOnce
    for start in stride(from: 0, to: single, by: Self.rowsAtOnce) {
      var parameter: Int32 = 2
      for row in rows[start..<start + Self.rowsAtOnce] {
        bind(row, many, parameter)
        parameter += ownColumns
      }
      try many.run()
    }
    for row in rows[single...] {
      bind(row, one, 2)
      try one.run()
    }
  }
}
