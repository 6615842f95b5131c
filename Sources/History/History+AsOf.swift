public import Calendar
internal import GRDB
public import Segmentation

extension History {
  /// The table of the last run on or before `date`, by account, as it was written that day (MIG-19).
  ///
  /// Cost O(accounts + changes since `date`).
  public func assignments(asOf date: CalendarDate) throws(HistoryError) -> (
    run: CalendarDate, rows: [Assignment]
  ) {
    try reading { database in
      let run = try Self.run(asOf: date, database, path)
      let day = run.description
      var reader = StandingReader(path: path)
      var rows: [Assignment] = []
      let cursor = try Row.fetchCursor(
        database,
        sql: """
          SELECT \(Standing.columnList) FROM standing WHERE since <= ?1
          UNION ALL
          SELECT \(Standing.columnList) FROM former WHERE until > ?1 AND since <= ?1
          ORDER BY 1
          """, arguments: [day])
      while let row = try cursor.next() { rows.append(try reader.standing(row).assignment) }
      return (run, rows)
    }
  }

  /// The last run on or before `date`.
  static func run(asOf date: CalendarDate, _ database: Database, _ path: String) throws -> CalendarDate {
    let text = try String.fetchOne(
      database, sql: "SELECT max(date) FROM run WHERE date <= ?", arguments: [date.description])
    if let text, let run = CalendarDate(iso8601: text) { return run }
    let first = try String.fetchOne(database, sql: "SELECT min(date) FROM run")
    throw HistoryError.noRun(onOrBefore: date, first: first.flatMap(CalendarDate.init(iso8601:)))
  }

  /// Every day that was run, in order.
  public func runs() throws(HistoryError) -> [Run] {
    try reading { database in
      try Row.fetchAll(database, sql: "SELECT date, preset, input FROM run ORDER BY date").map { row in
        let text: String = row[0]
        guard let date = CalendarDate(iso8601: text) else {
          throw HistoryError.corrupted(path: path, table: "run", column: "date", value: text)
        }
        return Run(date: date, preset: row[1], input: row[2])
      }
    }
  }
}
