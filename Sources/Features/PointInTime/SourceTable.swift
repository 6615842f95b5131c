/// A table that features are made from, as the configuration declares it.
public struct SourceTable: Sendable, Equatable {
  public enum Role: String, Sendable, CaseIterable {
    /// One row an account, without history.
    case accounts
    /// One row for each period of constant contract terms, `start` to `end`.
    case subscriptions
    /// One row for each thing that happened.
    case events
  }

  public let name: String
  /// A path relative to the data folder, or any table location (`sqlite:…`).
  public var file: String
  public var role: Role
  /// The column that names a row. For accounts: the account.
  public var id: String?
  /// The column that names the account, or a row of the table `through`.
  public var account: String
  /// The table whose `id` the column `account` holds, where the account is two steps away.
  public var through: String?
  /// When a row began or happened; nil only for accounts.
  public var start: String?
  /// When a row ended: the first day on which it no longer holds. Blank while it runs.
  public var end: String?
  /// The date column from which on a whole row is known, where that isn't `start`.
  public var knownAt: String?
  /// Columns that are filled in later than `start`, and the date column that says when.
  public var columnsKnownAt: [ColumnKnownAt]
  /// Rows that don't pass are left out.
  public var filter: RowFilter?
  /// Subscriptions: the columns of monthly revenue and of seats, which the label `expanded` compares.
  public var mrr: String?
  public var seats: String?

  public struct ColumnKnownAt: Sendable, Equatable {
    public let column: String
    public let at: String

    public init(column: String, at: String) {
      self.column = column
      self.at = at
    }
  }

  public init(
    name: String, file: String, role: Role, id: String? = nil, account: String = "account_id",
    through: String? = nil, start: String? = nil, end: String? = nil, knownAt: String? = nil,
    columnsKnownAt: [ColumnKnownAt] = [], filter: RowFilter? = nil, mrr: String? = nil, seats: String? = nil
  ) {
    self.name = name
    self.file = file
    self.role = role
    self.id = id
    self.account = account
    self.through = through
    self.start = start
    self.end = end
    self.knownAt = knownAt
    self.columnsKnownAt = columnsKnownAt
    self.filter = filter
    self.mrr = mrr
    self.seats = seats
  }

  /// The date columns.
  var dateColumns: [String] {
    [start, end, knownAt].compactMap { $0 } + columnsKnownAt.map(\.at)
  }

  /// The columns that name rows and accounts; they are texts whatever they look like.
  var keyColumns: [String] {
    [account, id].compactMap { $0 }
  }

  /// Every column that this declaration itself reads.
  var ownColumns: [String] {
    keyColumns + dateColumns + [mrr, seats].compactMap { $0 } + (filter?.columns ?? [])
  }
}
