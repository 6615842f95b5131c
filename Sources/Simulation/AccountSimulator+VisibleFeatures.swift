import Foundation

extension AccountHistory {
  /// The seats in force on `day`; 0 before the first contract.
  func seats(on day: Int) -> Int {
    periods.last { $0.firstDay <= day }?.seats ?? 0
  }
}

extension AccountSimulator {
  /// The facts that ``VisibleFeature`` defines, on `day`, when only earlier events are recorded. Events are in
  /// order of time, so each window is read backwards from its end.
  func visibleFeatures(on day: Int) -> VisibleFeatures {
    var features = VisibleFeatures()
    let running = history.periods.last { $0.firstDay <= day }

    var coreWeeks = 0
    var activeUsers = 0
    var sessions = 0
    var earlierSessions = 0
    var modulesUsed: [String] = []
    for week in history.usage.reversed() {
      guard week.lastDay >= day - 90 else { break }
      if week.lastDay >= day - 30 {
        sessions += week.sessions
        if week.module == Module.core {
          coreWeeks += 1
          activeUsers += week.activeUsers
        }
      } else if week.lastDay >= day - 60 {
        earlierSessions += week.sessions
      }
      if !modulesUsed.contains(week.module) { modulesUsed.append(week.module) }
    }
    if coreWeeks > 0, let seats = running?.seats, seats > 0 {
      features[.activePerSeat] = Double(activeUsers) / Double(coreWeeks) / Double(seats)
    }
    features[.usageTrend] = log(Double(1 + sessions) / Double(1 + earlierSessions))
    features[.featuresUsed] = Double(modulesUsed.count)

    let tickets = history.tickets.reversed().prefix { $0.openedDay >= day - 90 }
    features[.urgentTickets] = Double(tickets.count { $0.priority == "urgent" })
    features[.logTickets] = log1p(Double(tickets.count))

    let lastNPS = history.sentiment.last { $0.kind == .nps }
    features[.lastNPS] = lastNPS.map { Double($0.hundredths) / 100 - 7 } ?? 0
    features[.noNPS] = lastNPS == nil ? 1 : 0
    var tones = 0
    var toneSum = 0
    for row in history.sentiment.reversed() {
      guard row.day >= day - 90 else { break }
      guard row.kind == .emailTone else { continue }
      tones += 1
      toneSum += row.hundredths
    }
    features[.emailTone] = tones > 0 ? Double(toneSum) / 100 / Double(tones) : 0

    let views = history.content.reversed().prefix { $0.day >= day - 90 }
    features[.logContent] = log1p(Double(views.count { $0.isCompleted }))

    features[.onboarding] = day - company.startDay < 90 ? 1 : 0
    features[.paysYearly] = company.paysYearly ? 1 : 0
    features[.starter] = running?.plan == .starter ? 1 : 0
    features[.enterprise] = running?.plan == .enterprise ? 1 : 0
    features[.legacy] = running?.plan == .legacy ? 1 : 0
    return features
  }
}
