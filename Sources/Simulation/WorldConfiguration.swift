public import Tables

/// What fixes a world: the same configuration gives the same bytes, whatever the machine's thread count.
public struct WorldConfiguration: Sendable, Equatable {
  /// Companies that ever sign; the later ones sign while the world runs.
  public let accounts: Int
  /// Months in which outcomes are drawn.
  public let months: Int
  public let seed: UInt64
  /// The first day of the first month with outcomes. Events begin a quarter earlier, so that a 90-day
  /// window before that day is whole.
  public let start: CalendarDate

  public static let accountRange = 1...100_000_000
  public static let monthRange = 1...240
  public static let startYears = 1971...2200

  /// Refuses what lies outside the ranges, and a start that isn't the first day of a month.
  public init(accounts: Int, months: Int, seed: UInt64, start: CalendarDate) throws(SimulationError) {
    guard Self.accountRange.contains(accounts) else {
      throw .outOfRange(parameter: .accounts, value: accounts, allowed: Self.accountRange)
    }
    guard Self.monthRange.contains(months) else {
      throw .outOfRange(parameter: .months, value: months, allowed: Self.monthRange)
    }
    let (year, _, day) = start.components
    guard Self.startYears.contains(year) else {
      throw .outOfRange(parameter: .startYear, value: year, allowed: Self.startYears)
    }
    guard day == 1 else { throw .startInsideMonth(start) }
    self.accounts = accounts
    self.months = months
    self.seed = seed
    self.start = start
  }

  var calendar: WorldCalendar { WorldCalendar(start: start, months: months) }
}

/// What can be wrong with a ``WorldConfiguration``.
public enum SimulationError: Error, Sendable, Equatable {
  public enum Parameter: String, Sendable {
    case accounts, months
    case startYear = "start year"
  }

  case outOfRange(parameter: Parameter, value: Int, allowed: ClosedRange<Int>)
  case startInsideMonth(CalendarDate)
}
