public import Calendar

/// When a first answer is due after a ticket is opened.
///
/// Hours and days are elapsed time; only `sameDay` knows business hours, Monday to Friday.
public enum ResponseTime: Sendable, Hashable {
  /// Within so many hours, around the clock.
  case within(hours: Int)
  /// Between so many hours and so many.
  case between(hours: Int, and: Int)
  /// By the end of the business day it arrived in, or of the next one where it arrived outside.
  case sameDay(opens: Int, closes: Int)
  /// No promise: self-service.
  case selfService

  /// From the first hour an answer may be expected to the last it may be given; nil for self-service.
  public func due(opened: Moment) -> (earliest: Moment, latest: Moment)? {
    switch self {
    case .within(let hours):
      return (opened, opened.adding(hours: hours))
    case .between(let earliest, let latest):
      return (opened.adding(hours: earliest), opened.adding(hours: latest))
    case .sameDay(let opens, let closes):
      var day = opened.date
      if !day.isWorkingDay || opened.minute >= closes * 60 { day = day.adding(days: 1) }
      while !day.isWorkingDay { day = day.adding(days: 1) }
      guard let start = Moment(day, hour: opens), let end = Moment(day, hour: closes) else { return nil }
      return (max(opened, start), end)
    case .selfService:
      return nil
    }
  }

  /// Whether an answer came late, or is late now (`answered` nil, the clock given as `now`).
  public func isBreached(opened: Moment, answered: Moment?, now: Moment) -> Bool {
    guard let due = due(opened: opened) else { return false }
    return (answered ?? now) > due.latest
  }
}

/// The four response times of a preset (SVC-19, CON-08 to CON-10).
public struct ResponseTimes: Sendable, Hashable {
  public var strategic: ResponseTime
  public var core: ResponseTime
  public var scale: ResponseTime
  public var techTouch: ResponseTime

  public subscript(level: ServiceClass) -> ResponseTime {
    switch level {
    case .strategic: strategic
    case .core: core
    case .scale: scale
    case .techTouch: techTouch
    }
  }

  /// The four-tier document: 1 hour around the clock, same business day, 24 to 48 hours, 2 to 3 days.
  public static let oneHour = ResponseTimes(
    strategic: .within(hours: 1), core: .sameDay(opens: 9, closes: 18), scale: .between(hours: 24, and: 48),
    techTouch: .between(hours: 48, and: 72))

  /// The three-tier document: 4 hours, 24 hours, self-service.
  public static let fourHours = ResponseTimes(
    strategic: .within(hours: 4), core: .within(hours: 24), scale: .selfService, techTouch: .selfService)
}

/// What is promised against what is done (COM-05).
public enum ResponsePromise {
  /// The median of the hours that answers took, and whether it keeps the promise; nil without answers.
  public static func check(promisedHours: Double, achievedHours: [Double]) -> (median: Double, isKept: Bool)?
  {
    let sorted = achievedHours.filter { $0.isFinite }.sorted()
    guard !sorted.isEmpty else { return nil }
    let middle = sorted.count / 2
    let median = sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    return (median, median <= promisedHours)
  }
}
