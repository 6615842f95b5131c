public import Calendar
internal import GRDB
public import Segmentation

extension History {
  /// What holds on `date`.
  public func decisions(on date: CalendarDate) throws(HistoryError) -> Decisions {
    try reading { try Self.decisions($0, on: date, path: path) }
  }

  public func record(_ override: TierOverride) throws(HistoryError) {
    try writing {
      try Self.checkKnown(override.account, $0)
      try $0.execute(
        sql: "INSERT INTO override (account, tier, author, reason, since, until) VALUES (?, ?, ?, ?, ?, ?)",
        arguments: [
          override.account, override.tier.code, override.author, override.reason, override.since.description,
          override.until?.description,
        ])
    }
  }

  public func record(_ designation: Designation) throws(HistoryError) {
    try writing {
      try Self.checkKnown(designation.account, $0)
      try $0.execute(
        sql:
          "INSERT INTO designation (account, kind, author, reason, since, until) VALUES (?, ?, ?, ?, ?, ?)",
        arguments: [
          designation.account, designation.kind, designation.author, designation.reason,
          designation.since.description, designation.until?.description,
        ])
    }
  }

  /// From `date` on the two are one; the next run joins their states, and both histories stay (MIG-17).
  public func record(_ merge: AccountMerge, date: CalendarDate) throws(HistoryError) {
    try writing { database in
      for account in [merge.account, merge.absorbed] { try Self.checkKnown(account, database) }
      try database.execute(
        sql: "INSERT INTO merge (date, account, absorbed, author, reason) VALUES (?, ?, ?, ?, ?)",
        arguments: [date.description, merge.account, merge.absorbed, merge.author, merge.reason])
    }
  }

  /// Somebody declared the account's open project done; false where there is none.
  public func finishProject(of account: String, date: CalendarDate) throws(HistoryError) -> Bool {
    try writing {
      try $0.execute(
        sql: "UPDATE project SET done = ? WHERE account = ? AND done IS NULL AND concluded IS NULL",
        arguments: [date.description, account])
      return $0.changesCount > 0
    }
  }

  /// Somebody looked at the account's tier (MIG-13).
  public func recordReview(of account: String, date: CalendarDate, author: String, note: String)
    throws(HistoryError)
  {
    try writing { database in
      try Self.checkKnown(account, database)
      try database.execute(
        sql: "INSERT INTO review (account, date, author, note) VALUES (?, ?, ?, ?)",
        arguments: [account, date.description, author, note])
    }
  }

  /// An account that no run ever saw is most likely a slip of the keys.
  static func checkKnown(_ account: String, _ database: Database) throws {
    let isKnown = try Bool.fetchOne(
      database,
      sql: """
        SELECT EXISTS (SELECT 1 FROM standing WHERE account = ?1)
          OR EXISTS (SELECT 1 FROM former WHERE account = ?1)
        """, arguments: [account])
    if isKnown != true { throw HistoryError.unknownAccount(account) }
  }

  static func decisions(_ database: Database, on date: CalendarDate, path: String) throws -> Decisions {
    var decisions = Decisions()
    let day = date.description
    func value<Value>(_ row: Row, _ table: String, _ column: String, _ make: (String) -> Value?) throws
      -> Value
    {
      let text: String = row[column] ?? "NULL"
      guard let value = make(text) else {
        throw HistoryError.corrupted(path: path, table: table, column: column, value: text)
      }
      return value
    }
    func optionalDate(_ row: Row, _ table: String, _ column: String) throws -> CalendarDate? {
      guard let _: String = row[column] else { return nil }
      return try value(row, table, column, CalendarDate.init(iso8601:))
    }
    let inForce = "WHERE since <= ?1 AND (until IS NULL OR until >= ?1) ORDER BY id"
    for row in try Row.fetchAll(database, sql: "SELECT * FROM override \(inForce)", arguments: [day]) {
      let override = TierOverride(
        account: row["account"], tier: try value(row, "override", "tier", Tier.init(code:)),
        author: row["author"], reason: row["reason"],
        since: try value(row, "override", "since", CalendarDate.init(iso8601:)),
        until: try optionalDate(row, "override", "until"))
      decisions.overrides[override.account] = override
    }
    for row in try Row.fetchAll(database, sql: "SELECT * FROM designation \(inForce)", arguments: [day]) {
      let designation = Designation(
        account: row["account"], kind: row["kind"], author: row["author"], reason: row["reason"],
        since: try value(row, "designation", "since", CalendarDate.init(iso8601:)),
        until: try optionalDate(row, "designation", "until"))
      decisions.designations[designation.account] = designation
    }
    for row in try Row.fetchAll(
      database, sql: "SELECT * FROM merge WHERE date <= ? ORDER BY id", arguments: [day])
    {
      let merge = AccountMerge(
        account: row["account"], absorbed: row["absorbed"], author: row["author"], reason: row["reason"])
      decisions.merges[merge.absorbed] = merge
    }
    // A large book has many projects; its rows are read without GRDB's.
    let open = try SQLStatement(
      database,
      """
      SELECT account, kind, owner, start, healthy_from, done FROM project
      WHERE start < ?1 AND (concluded IS NULL OR concluded >= ?1) ORDER BY id
      """)
    open.bind(1, day)
    while try open.step() {
      func value<Value>(_ column: Int32, _ name: String, _ make: (String) -> Value?) throws -> Value {
        let text = open.text(column) ?? "NULL"
        guard let value = make(text) else {
          throw HistoryError.corrupted(path: path, table: "project", column: name, value: text)
        }
        return value
      }
      let isDone =
        open.isNull(5) ? false : try value(5, "done", CalendarDate.init(iso8601:)) <= date
      decisions.projects[open.text(0) ?? ""] = Project(
        kind: try value(1, "kind", Project.Kind.init(rawValue:)), owner: open.text(2),
        start: try value(3, "start", CalendarDate.init(iso8601:)), isDone: isDone,
        healthyFrom: open.double(4) ?? 0)
    }
    return decisions
  }
}
