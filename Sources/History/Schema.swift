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
    migrator.registerMigration("2 places and happenings stored once, order of rows") { database in
      try database.execute(sql: secondSchema)
    }
    migrator.registerMigration("3 tier count of a run") { database in
      try database.execute(sql: "ALTER TABLE run ADD COLUMN tier_count INTEGER")
    }
    return migrator
  }

  /// `standing` holds one row an account, as of the last run. A row that a run replaces moves to `former`,
  /// which only ever grows at its end: a night costs what changed, however long the history is. Dates are
  /// ISO 8601, codes are the contract's. Superseded in part by ``secondSchema``.
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

  /// Numbers of places and happenings are not checked as foreign keys: a look-up a row was a tenth of a night,
  /// and reading names a number that is none.
  ///
  /// What a standing says in codes, and what an event says beside its day and account, is stored once for all
  /// that share it. The views `standing_in_words` and `event_in_words` put both back together for whoever
  /// looks into the file with SQLite's own shell.
  private static let secondSchema = """
    CREATE TABLE place (
      id INTEGER PRIMARY KEY,
      quadrant TEXT NOT NULL,
      quadrant_sure INTEGER NOT NULL,
      pyramid_level TEXT NOT NULL,
      criteria_tier TEXT NOT NULL,
      tier TEXT NOT NULL,
      tier_reason TEXT NOT NULL,
      coverage TEXT NOT NULL,
      flags TEXT NOT NULL,
      earned TEXT NOT NULL,
      held TEXT NOT NULL,
      cause TEXT NOT NULL,
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
    ) STRICT;

    INSERT INTO place (\(placeColumns))
    SELECT \(placeColumns) FROM standing UNION SELECT \(placeColumns) FROM former;
    CREATE INDEX place_by_content ON place (tier_reason, flags, tier);

    ALTER TABLE standing RENAME TO standing_1;
    CREATE TABLE standing (
      account TEXT NOT NULL,
      place INTEGER NOT NULL,
      arr REAL,
      importance REAL,
      need REAL,
      tier_score REAL,
      health REAL,
      since TEXT NOT NULL,
      PRIMARY KEY (account)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO standing
    SELECT s.account, p.id, s.arr, s.importance, s.need, s.tier_score, s.health, s.since
    FROM standing_1 s JOIN place p ON \(samePlace) ORDER BY s.account;
    DROP TABLE standing_1;

    ALTER TABLE former RENAME TO former_1;
    CREATE TABLE former (
      account TEXT NOT NULL,
      place INTEGER NOT NULL,
      arr REAL,
      importance REAL,
      need REAL,
      tier_score REAL,
      health REAL,
      since TEXT NOT NULL,
      until TEXT NOT NULL,
      PRIMARY KEY (until, account)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO former
    SELECT s.account, p.id, s.arr, s.importance, s.need, s.tier_score, s.health, s.since, s.until
    FROM former_1 s JOIN place p ON \(samePlace) ORDER BY s.until, s.account;
    DROP TABLE former_1;
    DROP INDEX place_by_content;

    CREATE TABLE happening (
      id INTEGER PRIMARY KEY,
      kind TEXT NOT NULL,
      "from" TEXT,
      "to" TEXT,
      reason TEXT NOT NULL,
      author TEXT NOT NULL
    ) STRICT;
    INSERT INTO happening (kind, "from", "to", reason, author)
    SELECT DISTINCT kind, "from", "to", reason, author FROM event;
    CREATE INDEX happening_by_content ON happening (kind, reason, author);

    ALTER TABLE event RENAME TO event_1;
    CREATE TABLE event (
      date TEXT NOT NULL,
      account TEXT NOT NULL,
      number INTEGER NOT NULL,
      happening INTEGER NOT NULL,
      PRIMARY KEY (date, account, number)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO event
    SELECT e.date, e.account, e.number, h.id FROM event_1 e JOIN happening h
      ON h.kind = e.kind AND h."from" IS e."from" AND h."to" IS e."to"
      AND h.reason = e.reason AND h.author = e.author
    ORDER BY e.date, e.account, e.number;
    DROP TABLE event_1;
    DROP INDEX happening_by_content;

    CREATE TABLE row_order (
      id INTEGER PRIMARY KEY,
      ranks BLOB NOT NULL
    ) STRICT;
    ALTER TABLE run ADD COLUMN row_order INTEGER;

    CREATE VIEW standing_in_words AS
    SELECT account, since, arr, importance, need, tier_score, health, \(placeColumns)
    FROM standing JOIN place ON place.id = standing.place;
    CREATE VIEW event_in_words AS
    SELECT date, account, number, kind, "from", "to", reason, author
    FROM event JOIN happening ON happening.id = event.happening;
    """

  private static let placeNames = [
    "quadrant", "quadrant_sure", "pyramid_level", "criteria_tier", "tier", "tier_reason", "coverage", "flags",
    "earned", "held", "cause", "at_risk", "designation", "overridden", "last_downgrade", "grace_since",
    "grace_until", "grace_basis", "adjustment", "adjustment_since", "adjustment_until", "adjustment_active",
  ]
  private static let placeColumns = placeNames.joined(separator: ", ")
  private static let samePlace = placeNames.map { "p.\($0) IS s.\($0)" }.joined(separator: " AND ")
}
