public import Calendar
internal import GRDB
public import Segmentation

extension History {
  /// The events from `since` on, in the order of day, account and happening; those of one account with those
  /// of the accounts that ended in it (MIG-14, MIG-17).
  public func events(of account: String? = nil, since: CalendarDate? = nil) throws(HistoryError)
    -> [TierEvent]
  {
    try reading { database in
      var filter = "date >= ?"
      var arguments: StatementArguments = [since?.description ?? ""]
      if let account {
        try Self.checkKnown(account, database)
        let family = try Self.family(of: account, database)
        filter += " AND account IN (\(family.map { _ in "?" }.joined(separator: ", ")))"
        arguments += StatementArguments(family)
      }
      let happenings = try Happenings(database, path: path)
      return try Row.fetchAll(
        database,
        sql: "SELECT date, account, happening FROM event WHERE \(filter) ORDER BY date, account, number",
        arguments: arguments
      ).map { row in
        let day: String = row[0]
        guard let date = CalendarDate(iso8601: day) else {
          throw HistoryError.corrupted(path: path, table: "event", column: "date", value: day)
        }
        return try happenings.event(row[2], of: row[1], on: date)
      }
    }
  }

  /// The account and all that ended in it.
  private static func family(of account: String, _ database: Database) throws -> [String] {
    try String.fetchAll(
      database,
      sql: """
        WITH RECURSIVE family(id) AS (
          SELECT ? UNION SELECT merge.absorbed FROM merge JOIN family ON merge.account = family.id)
        SELECT id FROM family ORDER BY id
        """, arguments: [account])
  }
}
