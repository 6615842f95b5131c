/// A company that sells software by subscription, with its accounts and their histories, drawn from a seed.
///
/// Account i is a function of the configuration and i alone, so that a world of any size is made in blocks, in
/// any order, on any number of threads.
public struct World: Sendable {
  public let configuration: WorldConfiguration
  let calendar: WorldCalendar

  public init(configuration: WorldConfiguration) {
    self.configuration = configuration
    calendar = configuration.calendar
  }

  /// The history of account `index`, 0 ..< `configuration.accounts`; O(months).
  public func history(of index: Int) -> AccountHistory {
    let company = Company(index: index, configuration: configuration, calendar: calendar)
    var simulator = AccountSimulator(company: company, configuration: configuration, calendar: calendar)
    return simulator.run()
  }
}
