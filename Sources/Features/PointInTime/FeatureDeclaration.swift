public import Calendar

/// The five kinds of signals.
public enum FeatureGroup: String, Sendable, CaseIterable {
  case account, usage, tickets, sentiment, content
}

/// A feature as the configuration declares it: one column for each window, and one more for each trend.
public struct FeatureDeclaration: Sendable, Equatable {
  public enum Aggregate: String, Sendable, CaseIterable {
    /// The number of rows; 0 without rows.
    case count
    /// Missing values are left out; 0 without rows.
    case sum
    /// Missing values are left out; missing without rows.
    case mean, min, max
    /// The number of distinct values; 0 without rows.
    case distinct
    /// The value in the latest row that has one; missing without rows.
    case last
    /// Days from the latest row, or from the date `column` in it, to the as-of date.
    case daysSince = "days_since"
    /// Days from the as-of date to the date `column` of the latest row.
    case daysUntil = "days_until"
    /// The fraction of the window's rows that pass the filter; missing without rows.
    case share
    /// The value in the accounts table, which has no history.
    case attribute
  }

  /// How the window is set against the one before it (`lag` earlier).
  public enum Trend: String, Sendable, CaseIterable {
    /// a − b; missing where a or b is.
    case difference
    /// log((1 + a) / (1 + b)); missing where a or b is missing or not above −1.
    case logRatio = "log_ratio"
  }

  public var name: String
  public var group: FeatureGroup
  public var table: String
  public var aggregate: Aggregate
  /// What is aggregated; not for `count`, `share` and plain `days_since`.
  public var column: String?
  public var filter: RowFilter?
  public var windows: [FeatureWindow]
  public var trend: Trend?
  /// How much earlier the window before lies; without it, as long as the window is.
  public var lag: CalendarSpan?
  /// A column declared further up, by which the value (not the trend) is divided; missing where that is 0.
  public var per: String?

  public init(
    name: String, group: FeatureGroup, table: String, aggregate: Aggregate, column: String? = nil,
    filter: RowFilter? = nil, windows: [FeatureWindow] = [.all], trend: Trend? = nil,
    lag: CalendarSpan? = nil, per: String? = nil
  ) {
    self.name = name
    self.group = group
    self.table = table
    self.aggregate = aggregate
    self.column = column
    self.filter = filter
    self.windows = windows
    self.trend = trend
    self.lag = lag
    self.per = per
  }

  /// The columns of the source table that this feature reads.
  var columns: [String] {
    [column].compactMap { $0 } + (filter?.columns ?? [])
  }

  /// The names of the columns made, in order.
  public var outputNames: [String] {
    windows.flatMap { window in
      let name = self.name + window.suffix
      return trend == nil ? [name] : [name, name + "_trend"]
    }
  }
}
