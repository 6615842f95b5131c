import Calendar
import Foundation

extension CalendarDate {
  /// The clock's day in UTC, or that of SOURCE_DATE_EPOCH where it is set.
  static var today: CalendarDate {
    let epoch = ProcessInfo.processInfo.environment["SOURCE_DATE_EPOCH"].flatMap(Double.init)
    let seconds = epoch ?? Date().timeIntervalSince1970
    return CalendarDate(daysSince1970: Int((min(max(seconds, 0), 1e12) / 86_400).rounded(.down)))
  }
}
