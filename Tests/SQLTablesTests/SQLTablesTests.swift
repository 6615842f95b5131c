import SQLTables
import Tables
import Testing

#if canImport(Glibc)
  import Glibc
#endif

@Suite("Tables in SQLite")
struct SQLTablesTests {
  let path = "/tmp/pulso-sql-test-\(getpid())-\(UInt32.random(in: 0 ... .max)).sqlite"

  @Test("a table through a database is the table through CSV, whatever it is called")
  func roundTrip() throws {
    defer { unsafe unlink(path) }
    let table = try Table(columns: [
      Column(name: "id", values: .text(CodedText(["007", "a,b", "x\"y", nil]))),
      Column(name: "arr; \"x\"", values: .numeric([5, -0.1, .nan, 1e22])),
      Column(name: "day", values: .date(Dates(seconds: [0, 86_400, Dates.missing, 0], hasTimeOfDay: false))),
    ])
    for name in ["accounts", "a\"b", "x; DROP TABLE accounts; --", "select"] {
      try TableSink.write(table, to: "sqlite:\(path)?table=\(name)")
      #expect(try TableSource.read("sqlite:\(path)?table=\(name)").table == table)
    }
    // Replaced, not appended to.
    try TableSink.write(table, to: "sqlite:\(path)?table=accounts")
    let query = "sqlite:\(path)?query=SELECT count(*) AS n FROM accounts"
    #expect(try TableSource.read(query).table["n"]?.values == .numeric([4]))
  }

  @Test("identifiers of 16 digits stay text, infinities are refused with their place")
  func values() throws {
    let name = "sqlite::memory:?query=SELECT 1234567890123456 AS id"
    #expect(try TableSource.read(name).table["id"]?.values == .text(CodedText(["1234567890123456"])))
    let infinite = "sqlite::memory:?query=SELECT 1.5 AS x UNION ALL SELECT 9e999"
    #expect(
      throws: TableError.notFinite(text: "inf", place: SourcePlace(file: infinite, line: 3, column: "x"))
    ) { try TableSource.read(infinite) }
  }

  @Test("a long table in pieces is the table")
  func pieces() throws {
    let sql = """
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000)
      SELECT i, 'a text, quoted, of 30 bytes ' || i AS t FROM n
      """
    var pieces: [[UInt8]] = []
    try TableSource.forEachPiece(ofDatabase: ":memory:", .query(sql), name: "n") { pieces.append($0) }
    #expect(pieces.count > 1)
    #expect(pieces.allSatisfy { $0.starts(with: Array("i,t\n".utf8)) })
    let joined = Array("i,t\n".utf8) + pieces.flatMap { $0.dropFirst(4) }
    let whole = try TableSource.read("sqlite::memory:?query=\(sql)").table
    #expect(try Table.read(csv: joined, name: "n").table == whole)
    #expect(whole.rowCount == 200_000)
    // What the reader of a piece throws comes out as it is.
    struct Stop: Error {}
    #expect(throws: Stop.self) {
      try TableSource.forEachPiece(ofDatabase: ":memory:", .query(sql), name: "n") { _ in throw Stop() }
    }
  }

  @Test("missing files, missing tables, wrong SQL and places that cannot be written")
  func failures() throws {
    defer { unsafe unlink(path) }
    #expect(throws: TableError.missingFile("/no/such.sqlite")) {
      try TableSource.read("sqlite:/no/such.sqlite?table=x")
    }
    let missing = "sqlite::memory:?table=x"
    #expect(throws: TableError.database(file: missing, reason: "no such table: x")) {
      try TableSource.read(missing)
    }
    let table = try Table(columns: [Column(name: "a", values: .numeric([1]))])
    #expect(throws: SinkError.self) { try TableSink.write(table, to: "sqlite:/no/such/x.sqlite?table=a") }
    #expect(throws: SinkError.location(.badLocation("sqlite:x?query=SELECT 1"))) {
      try TableSink.write(table, to: "sqlite:x?query=SELECT 1")
    }
  }
}
