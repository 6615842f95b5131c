import Foundation
import StableNumerics
import Tables

/// Lives one account's life, month by month.
///
/// A latent health, h ← μ + φ(h − μ) + σε with φ = 0.85 and σ = 0.35, drives usage, tickets, sentiment and
/// content, each with noise of its own. On the first day of each month the outcome is drawn from
/// ``LogisticTruth`` over what those tables show by then, never from the health itself.
struct AccountSimulator {
  static let healthMemory = 0.85
  static let healthNoise = 0.35
  /// The chance a month that an account which neither leaves nor grows buys less.
  static let downgradeRate = 0.004
  /// What holidays do to the log-odds that a seat is used in a week, January to December.
  static let season = [-0.1, 0, 0.05, 0, 0.05, 0, -0.2, -0.4, 0.05, 0.1, 0.05, -0.35]

  let calendar: WorldCalendar
  var random: SplitMix64
  var health: Double
  var modules: [String]
  var history: AccountHistory

  init(company: Company, configuration: WorldConfiguration, calendar: WorldCalendar) {
    self.calendar = calendar
    random = SplitMix64(seed: configuration.seed, stream: UInt64(company.index) * 2 + 1)
    let spread = Self.healthNoise / (1 - Self.healthMemory * Self.healthMemory).squareRoot()
    health = company.usualHealth + spread * random.normal()
    modules = company.modules
    history = AccountHistory(company: company)
  }

  mutating func run() -> AccountHistory {
    signAndReach(calendar.firstDay)
    for month in calendar.months where company.startDay < month.endDay {
      if live(through: month) { break }
    }
    return history
  }

  var company: Company { history.company }

  /// One month; true when the account leaves in it.
  private mutating func live(through month: WorldCalendar.Month) -> Bool {
    health =
      company.usualHealth + Self.healthMemory * (health - company.usualHealth)
      + Self.healthNoise * random.normal()
    var leavingDay: Int?
    var change: (day: Int, event: AccountHistory.Period.Event)?
    if month.hasOutcome, company.startDay < month.firstDay {
      let outcome = drawOutcome(on: month.firstDay)
      // Never on the first day of a month: an outcome is later than what it was drawn from.
      let day = month.firstDay + 1 + random.below(27)
      if outcome.churned {
        leavingDay = day
      } else if outcome.expanded == true {
        change = (day, .upgrade)
      } else if random.chance(Self.downgradeRate) {
        change = (day, .downgrade)
      }
      history.outcomes.append(outcome)
    }
    let firstDay = max(month.firstDay, company.startDay)
    let endDay = leavingDay ?? month.endDay
    if let change, change.day < endDay {
      renew(before: change.day)
      alterContract(on: change.day, change.event)
    }
    renew(before: endDay)
    recordSignals(from: firstDay, to: endDay, month: month)
    guard let leavingDay else { return false }
    let plan = history.periods[history.periods.count - 1].plan
    begin(
      AccountHistory.Period(firstDay: leavingDay, endDay: leavingDay, plan: plan, seats: 0, event: .cancel))
    return true
  }

  private mutating func drawOutcome(on day: Int) -> AccountHistory.Outcome {
    let features = visibleFeatures(on: day)
    let churnLogOdds = LogisticTruth.churn.linearPredictor(features)
    let expansionLogOdds = LogisticTruth.expansion.linearPredictor(features)
    let churned = random.chance(expit(churnLogOdds))
    let expanded = random.chance(expit(expansionLogOdds))
    return AccountHistory.Outcome(
      firstDay: day, features: features, churnLogOdds: churnLogOdds, expansionLogOdds: expansionLogOdds,
      churned: churned, expanded: churned ? nil : expanded)
  }
}

// The contract.
extension AccountSimulator {
  /// The first contract, and what became of it before the world begins.
  private mutating func signAndReach(_ day: Int) {
    history.periods.append(
      AccountHistory.Period(
        firstDay: company.startDay, endDay: nil, plan: company.plan, seats: company.seats, event: .new))
    let past = day - company.startDay
    if past > 365, random.chance(0.25) {
      let change = company.startDay + 180 + random.below(past - 200)
      renew(before: change)
      alterContract(on: change, .upgrade)
    }
    renew(before: day)
  }

  /// Ends the running period and begins `next`.
  private mutating func begin(_ next: AccountHistory.Period) {
    history.periods[history.periods.count - 1].endDay = next.firstDay
    history.periods.append(next)
  }

  /// The renewals due before `end`: a yearly contract renews on each anniversary on its running terms.
  private mutating func renew(before end: Int) {
    guard company.paysYearly else { return }
    while true {
      let running = history.periods[history.periods.count - 1]
      let due = company.anniversary(after: running.firstDay)
      guard due < end else { return }
      begin(
        AccountHistory.Period(
          firstDay: due, endDay: nil, plan: running.plan, seats: running.seats, event: .renewal))
    }
  }

  /// More seats (three in four times) or the next plan; or, for a downgrade, fewer seats.
  private mutating func alterContract(on day: Int, _ event: AccountHistory.Period.Event) {
    let running = history.periods[history.periods.count - 1]
    var plan = running.plan
    var seats = Double(running.seats)
    if event == .downgrade {
      seats = min(seats - 1, (seats * (0.6 + 0.3 * random.uniform())).rounded(.down))
    } else if let next = plan.next, random.chance(0.25) {
      plan = next
      if modules.count < Module.addOns.count {
        modules.append(random.pick(Module.addOns.filter { !modules.contains($0) }))
      }
    } else {
      seats = (seats * (1.15 + 0.45 * random.uniform())).rounded(.up)
    }
    begin(
      AccountHistory.Period(firstDay: day, endDay: nil, plan: plan, seats: max(1, Int(seats)), event: event))
  }
}

extension Company {
  /// The first anniversary of the signing that lies after `day`; O(1).
  func anniversary(after day: Int) -> Int {
    let start = CalendarDate(daysSince1970: startDay)
    var years = max(1, (day - startDay) / 366)
    while true {
      let date = start.adding(months: 12 * years).daysSince1970
      if date > day { return date }
      years += 1
    }
  }
}
