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
  }

  public var rule: Rule
  /// Nil: the command's.
  public var horizon: CalendarSpan?

  public init(rule: Rule = .lapse(grace: 1), horizon: CalendarSpan? = nil) {
    self.rule = rule
    self.horizon = horizon
  }
}

/// When an account counts as grown: what it has at the end of the horizon is at least `growth` more than on
/// the as-of date. An account that left hasn't grown.
public struct ExpansionLabel: Sendable, Equatable {
  public enum Measure: String, Sendable, CaseIterable {
    case mrr, seats
    /// Either of the two.
    case either
  }

  public var measure: Measure
  /// 0.1 is ten percent.
  public var growth: Double
  public var horizon: CalendarSpan?

  public init(measure: Measure = .either, growth: Double = 0.1, horizon: CalendarSpan? = nil) {
    self.measure = measure
    self.growth = growth
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
