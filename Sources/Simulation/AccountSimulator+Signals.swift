import Foundation
import StableNumerics

// What the latent health leaves behind in the tables.
extension AccountSimulator {
  /// The events of [`firstDay`, `endDay`), which lies inside `month`.
  mutating func recordSignals(from firstDay: Int, to endDay: Int, month: WorldCalendar.Month) {
    guard firstDay < endDay else { return }
    recordUsage(from: firstDay, to: endDay, season: Self.season[month.monthOfYear - 1])
    let share = Double(endDay - firstDay) / Double(month.endDay - month.firstDay)
    recordTickets(from: firstDay, to: endDay, share: share, isLeaving: endDay < month.endDay)
    if company.isHeard { recordSentiment(from: firstDay, to: endDay, share: share) }
    recordContent(from: firstDay, to: endDay, share: share)
  }

  /// A row a week for the core, and one for each add-on that was used in that week.
  private mutating func recordUsage(from firstDay: Int, to endDay: Int, season: Double) {
    // 1970-01-04 was a Sunday: days with day mod 7 = 3 end a week.
    var lastDay = firstDay + (10 - firstDay % 7) % 7
    while lastDay < endDay {
      defer { lastDay += 7 }
      let seats = history.seats(on: lastDay)
      let adopted = 1 - exp(-Double(lastDay - company.startDay + 10) / 30)
      let usual = expit(0.2 + 0.9 * health + season + 0.15 * random.normal())
      let active = random.binomial(seats, adopted * usual)
      record(Module.core, week: lastDay, active: active, sessionsEach: 2.2)
      guard active > 0 else { continue }
      let appetite = expit(-2.2 + 0.7 * health)
      for module in modules where random.chance(appetite) {
        record(module, week: lastDay, active: 1 + random.binomial(active - 1, 0.25), sessionsEach: 1.4)
      }
    }
  }

  private mutating func record(_ module: String, week lastDay: Int, active: Int, sessionsEach: Double) {
    let sessions = active + random.poisson(Double(active) * (sessionsEach - 1))
    history.usage.append(
      AccountHistory.UsageWeek(
        lastDay: lastDay, module: module, activeUsers: active, sessions: sessions,
        actions: random.poisson(Double(sessions) * 3)))
  }

  private mutating func recordTickets(from firstDay: Int, to endDay: Int, share: Double, isLeaving: Bool) {
    let isNew = firstDay - company.startDay < 90
    let rate = (0.25 + 0.05 * log1p(Double(company.seats))) * exp(-0.5 * health) * (isNew ? 1.8 : 1)
    for day in days(random.poisson(share * min(rate, 20)), from: firstDay, to: endDay) {
      let urgent = expit(-1.9 - 0.5 * health)
      let priority = random.pick(weights: [0.3, 0.4, 0.2, urgent])
      // Log-normal working time, shorter for what is urgent; a reply later than the leaving never comes.
      let closed = day + Int(exp(1.2 - 0.4 * Double(priority) + 0.9 * random.normal()))
      let isClosed = closed < (isLeaving ? endDay : calendar.endDay)
      let answers = isClosed && random.chance(0.33)
      history.tickets.append(
        AccountHistory.Ticket(
          openedDay: day, closedDay: isClosed ? closed : nil,
          priority: AccountHistory.Ticket.priorities[priority],
          category: random.pick(AccountHistory.Ticket.categories),
          isEscalated: random.chance(priority == 3 ? 0.3 : 0.05),
          csat: answers ? grade(4 + 0.5 * health + 0.8 * random.normal(), 1...5) : nil))
    }
  }

  private mutating func recordSentiment(from firstDay: Int, to endDay: Int, share: Double) {
    // One NPS answer a month at most, so that "the last" is one row.
    let hasNPS = random.chance(0.22 * share)
    let csat = random.poisson(0.15 * share)
    let tones = random.poisson(0.5 * share)
    var kinds: [AccountHistory.Sentiment.Kind] = []
    if hasNPS { kinds.append(.nps) }
    kinds += Array(repeating: .csat, count: csat) + Array(repeating: .emailTone, count: tones)
    for day in days(kinds.count, from: firstDay, to: endDay) {
      let kind = kinds.remove(at: random.below(kinds.count))
      let hundredths =
        switch kind {
        case .nps: 100 * grade(7 + 1.6 * health + 1.5 * random.normal(), 0...10)
        case .csat: 100 * grade(4 + 0.5 * health + 0.8 * random.normal(), 1...5)
        case .emailTone: grade(15 + 30 * health + 25 * random.normal(), -100...100)
        }
      history.sentiment.append(AccountHistory.Sentiment(day: day, kind: kind, hundredths: hundredths))
    }
  }

  private mutating func recordContent(from firstDay: Int, to endDay: Int, share: Double) {
    let isNew = firstDay - company.startDay < 90
    let rate = 0.55 * exp(0.4 * health) * (isNew ? 2.5 : 1)
    for day in days(random.poisson(share * min(rate, 20)), from: firstDay, to: endDay) {
      history.content.append(
        AccountHistory.ContentView(
          day: day, contact: random.below(company.contacts.count),
          element: 1 + random.below(AccountHistory.ContentView.elementCount),
          isCompleted: random.chance(0.6)))
    }
  }

  /// `count` days of [`firstDay`, `endDay`), in order.
  private mutating func days(_ count: Int, from firstDay: Int, to endDay: Int) -> [Int] {
    guard count > 0 else { return [] }
    var days: [Int] = []
    for _ in 0..<count { days.append(firstDay + random.below(endDay - firstDay)) }
    return days.sorted()
  }

  /// The nearest whole number inside `range`.
  private func grade(_ value: Double, _ range: ClosedRange<Int>) -> Int {
    min(range.upperBound, max(range.lowerBound, Int(value.rounded())))
  }
}
