public import Calendar
internal import GRDB
public import Segmentation

extension History {
  /// The table of the last run on or before `date`, by account, as it was written that day (MIG-19).
  ///
  /// Cost O(accounts + changes since `date`).
  public func assignments(asOf date: CalendarDate) throws(HistoryError) -> (run: Run, rows: [Assignment]) {
    try reading { database in
      let run = try Self.run(asOf: date, database, path)
      return (run, try Self.standings(asOf: run.date, database, path).map(\.assignment))
    }
  }

  /// The order of every table that comes from a history: by the UTF-8 bytes of the id.
  public static func ordered(_ assignments: [Assignment]) -> [Assignment] {
    assignments.sorted { precedes($0.id, $1.id) }
  }

  static func precedes(_ a: String, _ b: String) -> Bool {
    a.utf8.lexicographicallyPrecedes(b.utf8)
  }

  /// Every run, by day.
  public func runs() throws(HistoryError) -> [Run] {
    try reading { database in
      try Row.fetchAll(database, sql: "SELECT date, preset, id_column FROM run ORDER BY date").map {
        try Self.run($0, path)
      }
    }
  }

  /// The last run on or before `date`.
  static func run(asOf date: CalendarDate, _ database: Database, _ path: String) throws -> Run {
    let row = try Row.fetchOne(
      database, sql: "SELECT date, preset, id_column FROM run WHERE date <= ? ORDER BY date DESC LIMIT 1",
      arguments: [date.description])
    if let row { return try run(row, path) }
    let first = try String.fetchOne(database, sql: "SELECT min(date) FROM run")
    throw HistoryError.noRun(onOrBefore: date, first: first.flatMap(CalendarDate.init(iso8601:)))
  }

  /// What held after the run of that day, by account.
  static func standings(asOf run: CalendarDate, _ database: Database, _ path: String) throws -> [Standing] {
    var reader = StandingReader(path: path)
    let cursor = try Row.fetchCursor(
      database,
      sql: """
        SELECT \(Standing.columnList) FROM standing WHERE since <= ?1
        UNION ALL
        SELECT \(Standing.columnList) FROM former WHERE until > ?1 AND since <= ?1
        ORDER BY 1
        """, arguments: [run.description])
    var standings: [Standing] = []
    while let row = try cursor.next() { standings.append(try reader.standing(row)) }
    return standings
  }

  private static func run(_ row: Row, _ path: String) throws -> Run {
    let text: String = row[0]
    guard let date = CalendarDate(iso8601: text) else {
      throw HistoryError.corrupted(path: path, table: "run", column: "date", value: text)
    }
    return Run(date: date, preset: row[1], idColumn: row[2])
  }
}
