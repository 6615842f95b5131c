public import Calendar
internal import GRDB
public import Segmentation

extension History {
  /// Applies migration to today's assignments, in place, and keeps the result: one transaction, all or
  /// nothing.
  ///
  /// The last day may be run again: its effect is taken back first, so that the same input leaves the same
  /// history. An earlier day is refused. `context` gives what else is known of the account at an index.
  /// Accounts of the history that are missing from `assignments` have departed. Ids must be unique.
  /// Cost O(n log n) for n accounts, writes only what changed.
  public func record(
    _ run: Run, preset: Preset, rules: MigrationRules = MigrationRules(),
    assignments: inout [Assignment], context: (Int) -> RunContext
  ) throws(HistoryError) -> RunOutcome {
    var placed = assignments
    let outcome = try writing { database in
      if let last = try Self.lastRun(database, path), run.date < last {
        throw HistoryError.olderThanLast(date: run.date, last: last)
      }
      let replaced = try Self.takeBack(run.date, database)
      var night = try Night(database, run: run, preset: preset, rules: rules, path: path)
      try night.pass(&placed, context)
      night.outcome.replacedRun = replaced
      try database.execute(
        sql: "INSERT INTO run (date, preset, id_column, accounts) VALUES (?, ?, ?, ?)",
        arguments: [run.date.description, run.preset, run.idColumn, placed.count])
      return night.outcome
    }
    assignments = placed
    return outcome
  }

  /// The day of the last run; nil in a new history.
  public func lastRun() throws(HistoryError) -> CalendarDate? {
    try reading { try Self.lastRun($0, path) }
  }

  static func lastRun(_ database: Database, _ path: String) throws -> CalendarDate? {
    guard let text = try String.fetchOne(database, sql: "SELECT max(date) FROM run") else { return nil }
    guard let date = CalendarDate(iso8601: text) else {
      throw HistoryError.corrupted(path: path, table: "run", column: "date", value: text)
    }
    return date
  }

  /// Undoes the run of `date`, if there is one: what it replaced stands again.
  private static func takeBack(_ date: CalendarDate, _ database: Database) throws -> Bool {
    let day = date.description
    try database.execute(sql: "DELETE FROM run WHERE date = ?", arguments: [day])
    guard database.changesCount > 0 else { return false }
    try database.execute(
      literal: """
        DELETE FROM standing WHERE since = \(day);
        INSERT INTO standing SELECT \(sql: Standing.columnList) FROM former WHERE until = \(day);
        DELETE FROM former WHERE until = \(day);
        DELETE FROM event WHERE date = \(day);
        DELETE FROM project WHERE start = \(day);
        UPDATE project SET concluded = NULL WHERE concluded = \(day);
        """)
    return true
  }
}
