/// How a table is read. The defaults fit what spreadsheets, CRM exports, R and pandas write.
public struct ReadOptions: Sendable {
  /// The byte between cells; nil finds it among `,` `;` tab and `|`.
  public var separator: UInt8?
  /// How numbers are written.
  public var locale: NumberLocale
  /// In which order `01/02/2024` is meant; without it such cells stay text. ISO dates are always read.
  public var dateOrder: DateOrder?
  /// Kinds stated by the user or by a model, by column name. Without one, the kind is inferred from every
  /// cell of the column. Names that the table lacks are ignored.
  public var kinds: [String: ColumnKind]
  /// The kind of every column that `kinds` doesn't name; nil infers it.
  public var otherKinds: ColumnKind?
  /// The columns to keep, in the file's order; nil keeps all.
  public var wanted: Set<String>?
  public var onBadRow: BadRowPolicy
  /// How many threads read; the result is the same for any number.
  public var threads: Int

  public init(
    separator: UInt8? = nil, locale: NumberLocale = .point, dateOrder: DateOrder? = nil,
    kinds: [String: ColumnKind] = [:], otherKinds: ColumnKind? = nil, wanted: Set<String>? = nil,
    onBadRow: BadRowPolicy = .stop, threads: Int = 1
  ) {
    self.separator = separator
    self.locale = locale
    self.dateOrder = dateOrder
    self.kinds = kinds
    self.otherKinds = otherKinds
    self.wanted = wanted
    self.onBadRow = onBadRow
    self.threads = threads
  }
}

/// How numbers are written.
public enum NumberLocale: String, Sendable, CaseIterable, Codable {
  /// `1234.56`
  case point
  /// `1234,56` and `1.234,56`
  case comma
}

/// Which of the numbers in `01/02/2024` is the day.
public enum DateOrder: String, Sendable, CaseIterable, Codable {
  case dayMonthYear = "dmy"
  case monthDayYear = "mdy"
}

/// What to do with a row that cannot be read: one with too few or too many cells, or with a cell that is not
/// of the column's stated kind.
public enum BadRowPolicy: String, Sendable, CaseIterable, Codable {
  /// The first bad row is thrown as an error.
  case stop
  /// Bad rows are left out and returned with their reason.
  case skip
}

/// A table as it was read, and the rows that were left out under ``BadRowPolicy/skip``, in file order.
public struct TableReading: Sendable {
  public let table: Table
  public let rejects: [RejectedRow]
  /// Where the table's rows stand in the text; nil for a table that was made in memory.
  public let places: RowPlaces?

  public init(table: Table, rejects: [RejectedRow] = [], places: RowPlaces? = nil) {
    self.table = table
    self.rejects = rejects
    self.places = places
  }
}

/// A row that was left out.
public struct RejectedRow: Sendable, Equatable {
  public let line: Int
  public let reason: TableError
  /// The row as it stood in the file, without its line end; bytes that are not UTF-8 are replaced.
  public let text: String

  public init(line: Int, reason: TableError, text: String) {
    self.line = line
    self.reason = reason
    self.text = text
  }
}
