import Tables

/// The months of a world as days since 1970. Days are plain `Int`s inside the simulation.
struct WorldCalendar: Sendable {
  /// Months of events before the first outcome.
  static let leadMonths = 3

  struct Month: Sendable {
    let firstDay: Int
    /// The first day of the next month.
    let endDay: Int
    /// 1 … 12.
    let monthOfYear: Int
    /// False in the lead months, where nothing is drawn yet.
    let hasOutcome: Bool
  }

  let months: [Month]

  init(start: CalendarDate, months count: Int) {
    months = (-Self.leadMonths..<count).map { offset in
      let first = start.adding(months: offset)
      return Month(
        firstDay: first.daysSince1970, endDay: start.adding(months: offset + 1).daysSince1970,
        monthOfYear: first.components.month, hasOutcome: offset >= 0)
    }
  }

  /// The first day of which anything is recorded but contracts.
  var firstDay: Int { months[0].firstDay }
  /// The day after the last.
  var endDay: Int { months[months.count - 1].endDay }
}
