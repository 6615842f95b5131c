/// A stretch of the calendar: whole days, or whole months where their length shall follow the calendar.
public struct CalendarSpan: Sendable, Hashable, CustomStringConvertible {
  public let days: Int
  public let months: Int

  public static func days(_ count: Int) -> CalendarSpan { CalendarSpan(days: count, months: 0) }
  public static func months(_ count: Int) -> CalendarSpan { CalendarSpan(days: 0, months: count) }

  private init(days: Int, months: Int) {
    self.days = days
    self.months = months
  }

  /// `30d`, `2w`, `3mo`, `1y`; at least one day, at most a hundred years.
  public init?(_ text: String) {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard let count = Int(digits), (1...36_525).contains(count) else { return nil }
    switch text.dropFirst(digits.count) {
    case "d": self = .days(count)
    case "w": self = .days(count * 7)
    case "mo": self = .months(count)
    case "y": self = .months(count * 12)
    default: return nil
    }
    guard days <= 36_525, months <= 1200 else { return nil }
  }

  public var description: String {
    if months > 0 { return months % 12 == 0 ? "\(months / 12)y" : "\(months)mo" }
    return "\(days)d"
  }
}

extension CalendarDate {
  /// The day that lies `count` spans later; months are counted from this day, so that 31 January plus two
  /// spans of a month is 31 March.
  public func adding(_ span: CalendarSpan, times count: Int = 1) -> CalendarDate {
    span.months == 0 ? adding(days: span.days * count) : adding(months: span.months * count)
  }
}
