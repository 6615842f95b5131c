public import Calendar
internal import GRDB
public import Segmentation

extension History {
  /// The table of the last run on or before `date`, row by row as it was written that day (MIG-19).
  ///
  /// Cost O(accounts + changes since `date`).
  public func assignments(asOf date: CalendarDate) throws(HistoryError) -> (run: Run, rows: [Assignment]) {
    try reading { database in
      let (run, order) = try Self.run(asOf: date, database, path)
      let places = try Places(database, path: path)
      let rows = try Self.standings(asOf: run.date, database).map {
        $0.assignment(try places.place(of: $0))
      }
      guard let order else { return (run, rows) }
      return (run, try Self.order(order, count: rows.count, database, path).apply(rows))
    }
  }

  static func precedes(_ a: String, _ b: String) -> Bool {
    let (left, right) = (a.utf8Span, b.utf8Span)
    let (a, b) = (left.span, right.span)
    for index in 0..<min(a.count, b.count) where a[index] != b[index] { return a[index] < b[index] }
    return a.count < b.count
  }

  /// Every run, by day.
  public func runs() throws(HistoryError) -> [Run] {
    try reading { database in
      try Row.fetchAll(database, sql: "SELECT \(Self.runColumns) FROM run ORDER BY date").map {
        try Self.run($0, path)
      }
    }
  }

  /// The last run on or before `date`, and the number of its rows' order; nil where that is by id.
  static func run(asOf date: CalendarDate, _ database: Database, _ path: String) throws -> (Run, order: Int?)
  {
    let row = try Row.fetchOne(
      database,
      sql: "SELECT \(runColumns), row_order FROM run WHERE date <= ? ORDER BY date DESC LIMIT 1",
      arguments: [date.description])
    if let row { return (try run(row, path), row[4]) }
    let first = try String.fetchOne(database, sql: "SELECT min(date) FROM run")
    throw HistoryError.noRun(onOrBefore: date, first: first.flatMap(CalendarDate.init(iso8601:)))
  }

  /// What held after the run of that day, by account.
  static func standings(asOf run: CalendarDate, _ database: Database) throws -> [Standing] {
    let rows = try SQLStatement(
      database,
      """
      SELECT \(Standing.columns) FROM standing WHERE since <= ?1
      UNION ALL
      SELECT \(Standing.columns) FROM former WHERE until > ?1 AND since <= ?1
      ORDER BY 1
      """)
    rows.bind(1, run.description)
    var standings: [Standing] = []
    while try rows.step() { standings.append(Standing(rows)) }
    return standings
  }

  static func order(_ number: Int, count: Int, _ database: Database, _ path: String) throws -> RowOrder {
    let row = try SQLStatement(database, "SELECT ranks FROM row_order WHERE id = ?")
    row.bind(1, number)
    defer { row.reset() }
    guard try row.step(), let order = RowOrder(bytes: row.blob(0), count: count) else {
      throw HistoryError.corrupted(path: path, table: "row_order", column: "ranks", value: "\(number)")
    }
    return order
  }

  private static let runColumns = "date, preset, id_column, tier_count"

  private static func run(_ row: Row, _ path: String) throws -> Run {
    let text: String = row[0]
    guard let date = CalendarDate(iso8601: text) else {
      throw HistoryError.corrupted(path: path, table: "run", column: "date", value: text)
    }
    return Run(date: date, preset: row[1], idColumn: row[2], tierCount: row[3])
  }
}
