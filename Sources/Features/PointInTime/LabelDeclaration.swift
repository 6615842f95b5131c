public import Calendar

/// When an account counts as lost.
public struct ChurnLabel: Sendable, Equatable {
  public enum Rule: Sendable, Equatable {
    /// Its last running subscription ends and none follows within `grace` days.
    case lapse(grace: Int)
    /// Any subscription that runs on the as-of date ends, whatever else runs.
    case anyEnd
    /// A row of this table is dated within the horizon.
    case event(table: String, filter: RowFilter?)
    /// Any of its rows in this table says so, without a date: the same on every as-of date, so fit for one.
    case flag(table: String, filter: RowFilter?)
  }

  public var rule: Rule
  /// Nil: the command's.
  public var horizon: CalendarSpan?

  public init(rule: Rule = .lapse(grace: 1), horizon: CalendarSpan? = nil) {
    self.rule = rule
    self.horizon = horizon
  }
}

/// When an account counts as grown. An account that left hasn't grown.
public struct ExpansionLabel: Sendable, Equatable {
  public enum Rule: Sendable, Equatable {
    /// What it has at the end of the horizon is more by this share than on the as-of date: 0.1 is ten percent.
    case growth(Measure, by: Double)
    /// Any of its rows in this table says so, without a date: the same on every as-of date, so fit for one.
    case flag(table: String, filter: RowFilter?)
  }

  public enum Measure: String, Sendable, CaseIterable {
    case mrr, seats
    /// Either of the two.
    case either
  }

  public var rule: Rule
  /// Nil: the command's.
  public var horizon: CalendarSpan?

  public init(rule: Rule = .growth(.either, by: 0.1), horizon: CalendarSpan? = nil) {
    self.rule = rule
    self.horizon = horizon
  }
}

/// One of several definitions of the same outcome, to be compared with the others: an account meets it when
/// any of its rows in `table` passes the filter.
public struct OutcomeDefinition: Sendable, Equatable {
  public var name: String
  public var table: String
  public var filter: RowFilter?

  public init(name: String, table: String, filter: RowFilter? = nil) {
    self.name = name
    self.table = table
    self.filter = filter
  }
}
