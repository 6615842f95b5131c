internal import GRDB

extension History {
  /// `PULS`: SQLite's application id of a history.
  static let mark = 0x5055_4c53

  /// Named, in order, never edited once released: a change is a new migration.
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1 runs, standings, events, decisions") { database in
      try database.execute(sql: "PRAGMA application_id = \(mark)")
      try database.execute(sql: firstSchema)
    }
    return migrator
  }

  /// `standing` holds one row an account, as of the last run. A row that a run replaces moves to `former`,
  /// which only ever grows at its end: a night costs what changed, however long the history is. Dates are
  /// ISO 8601, codes are the contract's.
  private static let firstSchema = """
    CREATE TABLE run (
      date TEXT PRIMARY KEY,
      preset TEXT NOT NULL,
      id_column TEXT NOT NULL,
      accounts INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE standing (
      account TEXT NOT NULL,
      since TEXT NOT NULL,
      \(standingColumns),
      PRIMARY KEY (account)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE former (
      account TEXT NOT NULL,
      since TEXT NOT NULL,
      \(standingColumns),
      until TEXT NOT NULL,
      PRIMARY KEY (until, account)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE event (
      date TEXT NOT NULL,
      account TEXT NOT NULL,
      number INTEGER NOT NULL,
      kind TEXT NOT NULL,
      "from" TEXT,
      "to" TEXT,
      reason TEXT NOT NULL,
      author TEXT NOT NULL,
      PRIMARY KEY (date, account, number)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE override (
      id INTEGER PRIMARY KEY,
      account TEXT NOT NULL,
      tier TEXT NOT NULL,
      author TEXT NOT NULL,
      reason TEXT NOT NULL,
      since TEXT NOT NULL,
      until TEXT
    ) STRICT;

    CREATE TABLE designation (
      id INTEGER PRIMARY KEY,
      account TEXT NOT NULL,
      kind TEXT NOT NULL,
      author TEXT NOT NULL,
      reason TEXT NOT NULL,
      since TEXT NOT NULL,
      until TEXT
    ) STRICT;

    CREATE TABLE merge (
      id INTEGER PRIMARY KEY,
      date TEXT NOT NULL,
      account TEXT NOT NULL,
      absorbed TEXT NOT NULL,
      author TEXT NOT NULL,
      reason TEXT NOT NULL
    ) STRICT;

    CREATE TABLE project (
      id INTEGER PRIMARY KEY,
      account TEXT NOT NULL,
      kind TEXT NOT NULL,
      owner TEXT,
      start TEXT NOT NULL,
      healthy_from REAL NOT NULL,
      done TEXT,
      concluded TEXT
    ) STRICT;
    CREATE INDEX project_by_account ON project (account);

    CREATE TABLE review (
      id INTEGER PRIMARY KEY,
      account TEXT NOT NULL,
      date TEXT NOT NULL,
      author TEXT NOT NULL,
      note TEXT NOT NULL
    ) STRICT;
    """

  private static let standingColumns = """
    arr REAL,
      importance REAL,
      need REAL,
      quadrant TEXT NOT NULL,
      quadrant_sure INTEGER NOT NULL,
      pyramid_level TEXT NOT NULL,
      criteria_tier TEXT NOT NULL,
      tier TEXT NOT NULL,
      tier_score REAL,
      tier_reason TEXT NOT NULL,
      coverage TEXT NOT NULL,
      flags TEXT NOT NULL,
      earned TEXT NOT NULL,
      held TEXT NOT NULL,
      cause TEXT NOT NULL,
      health REAL,
      at_risk INTEGER NOT NULL,
      designation TEXT,
      overridden TEXT,
      last_downgrade TEXT,
      grace_since TEXT,
      grace_until TEXT,
      grace_basis TEXT,
      adjustment TEXT,
      adjustment_since TEXT,
      adjustment_until TEXT,
      adjustment_active INTEGER
    """
}
