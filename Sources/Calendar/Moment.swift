/// A minute of a day, in the local time of whoever reads it: `2026-03-02T10:00`. No zone, no leap second.
public struct Moment: Sendable, Hashable, Comparable, CustomStringConvertible {
  public let date: CalendarDate
  /// Minutes since midnight, 0 ..< 1440.
  public let minute: Int

  /// Nil when the day has no such minute.
  public init?(_ date: CalendarDate, hour: Int, minute: Int = 0) {
    guard (0..<24).contains(hour), (0..<60).contains(minute) else { return nil }
    self.init(date: date, minute: hour * 60 + minute)
  }

  private init(date: CalendarDate, minute: Int) {
    self.date = date
    self.minute = minute
  }

  /// `YYYY-MM-DDTHH:MM`, nothing else.
  public init?(iso8601 text: String) {
    let halves = text.split(separator: "T", omittingEmptySubsequences: false)
    guard halves.count == 2, halves[1].utf8.count == 5, let date = CalendarDate(iso8601: String(halves[0]))
    else { return nil }
    let parts = halves[1].split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy { 48...57 ~= $0 } }),
      let hour = Int(parts[0]), let minute = Int(parts[1])
    else { return nil }
    self.init(date, hour: hour, minute: minute)
  }

  public func adding(minutes count: Int) -> Moment {
    let total = minute + count
    let days = total >= 0 ? total / 1440 : (total - 1439) / 1440
    return Moment(date: date.adding(days: days), minute: total - days * 1440)
  }

  public func adding(hours count: Int) -> Moment { adding(minutes: count * 60) }

  public static func < (a: Moment, b: Moment) -> Bool {
    (a.date, a.minute) < (b.date, b.minute)
  }

  public var description: String {
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : String(value) }
    return "\(date)T\(two(minute / 60)):\(two(minute % 60))"
  }
}

extension CalendarDate {
  /// 1 Monday … 7 Sunday, as ISO 8601 counts; 1970-01-01 was a Thursday.
  public var weekday: Int {
    let shifted = (daysSince1970 + 3) % 7
    return (shifted < 0 ? shifted + 7 : shifted) + 1
  }

  public var isWorkingDay: Bool { weekday <= 5 }
}
