public import Calendar
internal import GRDB
public import Segmentation

extension History {
  /// Applies migration to today's assignments, in place, and keeps the result: one transaction, all or
  /// nothing.
  ///
  /// The last day may be run again: its effect is taken back first, so that the same input leaves the same
  /// history. An earlier day is refused. `context` gives what else is known of the account at an index,
  /// from its assignment before migration; with more than one of `threads` it is asked on another thread than
  /// this, while the database writes, and nothing depends on their number. After an error `assignments` are in between and of no use.
  /// Without `keepingEvents` the outcome has none; they stand in the history all the same.
  /// `decisions` are those that the assignments were made by; nil reads them again, which takes its time where
  /// many projects are open. Accounts of the history that are missing from `assignments` have departed. Ids must be unique. The order
  /// of `assignments` is kept with the run, for ``assignments(asOf:)``. Cost O(n log n) for n accounts, writes
  /// only what changed.
  public func record(
    _ run: Run, preset: Preset, rules: MigrationRules = MigrationRules(), decisions: Decisions? = nil,
    assignments: inout [Assignment], keepingEvents: Bool = true, threads: Int = 1,
    context: @escaping @Sendable (Int, Assignment) -> RunContext
  ) throws(HistoryError) -> RunOutcome {
    try writing { database in
      if let last = try Self.lastRun(database, path), run.date < last {
        throw HistoryError.olderThanLast(date: run.date, last: last)
      }
      let replaced = try Self.takeBack(run.date, database)
      var night = try Night(
        database, run: run, preset: preset, rules: rules,
        decisions: decisions ?? Self.decisions(database, on: run.date, path: path), path: path,
        keepingEvents: keepingEvents, context: context)
      try night.pass(&assignments, threads: threads)
      night.outcome.replacedRun = replaced
      try database.execute(
        sql:
          "INSERT INTO run (date, preset, id_column, accounts, row_order, tier_count) VALUES (?, ?, ?, ?, ?, ?)",
        arguments: [
          run.date.description, run.preset, run.idColumn, assignments.count,
          try Self.store(night.order, database), preset.tierCount,
        ])
      return night.outcome
    }
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

  /// The number under which the order stands; nil where rows stand by id. An order like the last one is not
  /// stored again.
  private static func store(_ order: RowOrder, _ database: Database) throws -> Int? {
    if order.isByID { return nil }
    let bytes = order.bytes
    let last = try SQLStatement(database, "SELECT id, ranks FROM row_order ORDER BY id DESC LIMIT 1")
    defer { last.reset() }
    if try last.step(), last.blob(1) == bytes { return last.int(0) }
    let insert = try SQLStatement(database, "INSERT INTO row_order (ranks) VALUES (?)")
    insert.bind(1, bytes)
    try insert.run()
    return Int(database.lastInsertedRowID)
  }

  /// Undoes the run of `date`, if there is one: what it replaced stands again.
  private static func takeBack(_ date: CalendarDate, _ database: Database) throws -> Bool {
    let day = date.description
    try database.execute(sql: "DELETE FROM run WHERE date = ?", arguments: [day])
    guard database.changesCount > 0 else { return false }
    try database.execute(
      literal: """
        DELETE FROM standing WHERE since = \(day);
        INSERT INTO standing
        SELECT \(sql: Standing.columns), since FROM former WHERE until = \(day) ORDER BY account;
        DELETE FROM former WHERE until = \(day);
        DELETE FROM event WHERE date = \(day);
        DELETE FROM project WHERE start = \(day);
        UPDATE project SET concluded = NULL WHERE concluded = \(day);
        DELETE FROM row_order WHERE id NOT IN (SELECT row_order FROM run WHERE row_order IS NOT NULL);
        """)
    return true
  }
}
