import Foundation
import StableNumerics
import Tables

/// Rows of every table for some accounts, in the order of the accounts.
struct WorldRows: Sendable {
  private(set) var accounts = RowWriter()
  private(set) var subscriptions = RowWriter()
  private(set) var usage = RowWriter()
  private(set) var tickets = RowWriter()
  private(set) var sentiment = RowWriter()
  private(set) var content = RowWriter()
  private(set) var contacts = RowWriter()
  private(set) var outcomes = RowWriter()
  private(set) var book = RowWriter()

  subscript(table: WorldTable) -> RowWriter {
    switch table {
    case .accounts: accounts
    case .subscriptions: subscriptions
    case .usage: usage
    case .tickets: tickets
    case .sentiment: sentiment
    case .content: content
    case .contacts: contacts
    case .outcomes: outcomes
    case .book: book
    }
  }

  mutating func append(_ history: AccountHistory, calendar: WorldCalendar) {
    let number = history.company.index + 1
    let id = RowWriter.identifier("A-", number)
    appendAccount(history.company)
    for (position, period) in history.periods.enumerated() {
      subscriptions.identifier("S-", number, part: position + 1)
      subscriptions.text(id)
      subscriptions.date(period.firstDay)
      subscriptions.date(period.endDay)
      subscriptions.text(period.plan.rawValue)
      subscriptions.integer(period.seats)
      subscriptions.integer(period.mrr)
      subscriptions.text("USD")
      subscriptions.text(history.company.paysYearly ? "annual" : "monthly")
      subscriptions.text(period.event.rawValue)
      subscriptions.endRow()
    }
    for week in history.usage {
      usage.text(id)
      usage.date(week.lastDay)
      usage.text(week.module)
      usage.integer(week.activeUsers)
      usage.integer(week.sessions)
      usage.integer(week.actions)
      usage.endRow()
    }
    for (position, ticket) in history.tickets.enumerated() {
      tickets.identifier("T-", number, part: position + 1)
      tickets.text(id)
      tickets.date(ticket.openedDay)
      tickets.date(ticket.closedDay)
      tickets.text(ticket.priority)
      tickets.text(ticket.category)
      tickets.boolean(ticket.isEscalated)
      tickets.integer(ticket.csat)
      tickets.endRow()
    }
    appendVoices(history, id)
    for outcome in history.outcomes {
      outcomes.text(id)
      outcomes.date(outcome.firstDay)
      outcomes.integer(outcome.churned ? 1 : 0)
      outcomes.integer(outcome.expanded.map { $0 ? 1 : 0 })
      outcomes.probability(expit(outcome.churnLogOdds))
      outcomes.probability(expit(outcome.expansionLogOdds))
      outcomes.endRow()
    }
    appendBook(history, on: calendar.endDay)
  }

  private mutating func appendAccount(_ company: Company) {
    accounts.identity(company)
    accounts.text(company.country.code)
    accounts.text(company.country.region)
    accounts.text(company.country.language.rawValue)
    accounts.text(company.industry)
    accounts.integer(company.employees)
    accounts.date(company.startDay)
    accounts.identifier("csm-", company.csm, width: 3)
    accounts.endRow()
    for (position, contact) in company.contacts.enumerated() {
      contacts.identifier("C-", company.index + 1, part: position + 1)
      contacts.identifier("A-", company.index + 1)
      contacts.text(contact.role)
      contacts.text(contact.channel)
      contacts.text(contact.service)
      contacts.endRow()
    }
  }

  private mutating func appendVoices(_ history: AccountHistory, _ id: String) {
    for row in history.sentiment {
      sentiment.text(id)
      sentiment.date(row.day)
      sentiment.text(row.kind.rawValue)
      sentiment.number(Double(row.hundredths) / 100)
      sentiment.endRow()
    }
    for view in history.content {
      content.text(id)
      content.identifier("C-", history.company.index + 1, part: view.contact + 1)
      content.date(view.day)
      content.identifier("E-", view.element, width: 2)
      content.text(view.type)
      content.boolean(view.isCompleted)
      content.endRow()
    }
  }

  /// The account's line in the book of `day`; none when it has left.
  private mutating func appendBook(_ history: AccountHistory, on day: Int) {
    let company = history.company
    guard let running = history.periods.last, running.event != .cancel else { return }
    let price = running.plan.price * 12
    let recent = history.usage.reversed().prefix { $0.lastDay >= day - 90 }
    let addOns = Set(recent.map(\.module)).subtracting([Module.core])
    let lastWeek = recent.first { $0.module == Module.core }
    let completed = history.content.count { $0.isCompleted }

    book.identity(company)
    book.integer(running.mrr * 12)
    book.text("USD")
    book.integer(max(running.seats, company.employees) * price)
    book.text(running.plan.rawValue)
    book.date(company.startDay)
    book.date(company.nextRenewal(after: day - 1))
    book.integer(company.employees)
    book.text(company.industry)
    book.text(company.country.region)
    book.integer(running.seats)
    book.integer(min(running.seats, lastWeek?.activeUsers ?? 0))
    book.integer(Module.addOns.count)
    book.integer(addOns.count)
    book.text(company.strategicFit)
    book.boolean(company.isBrand)
    book.boolean(company.isReference)
    book.boolean(company.isInfluential)
    book.boolean(company.isPartner)
    book.integer(company.complexity)
    book.boolean(company.hasPremiumPlan)
    book.boolean(day - company.startDay >= 90 && completed >= 2)
    book.identifier("csm-", company.csm, width: 3)
    book.endRow()
  }
}

extension RowWriter {
  fileprivate mutating func identity(_ company: Company) {
    identifier("A-", company.index + 1)
    text(company.name)
    identifier("A-", company.parent.map { $0 + 1 })
  }
}

extension Company {
  /// The next anniversary for a yearly contract, the next monthly one for the others.
  func nextRenewal(after day: Int) -> Int {
    guard !paysYearly else { return anniversary(after: day) }
    let start = CalendarDate(daysSince1970: startDay)
    var months = max(1, (day - startDay) / 31)
    while true {
      let date = start.adding(months: months).daysSince1970
      if date > day { return date }
      months += 1
    }
  }
}
