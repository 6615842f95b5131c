public import Calendar

/// What can go wrong with a history file.
public enum HistoryError: Error, Sendable, Equatable {
  case missing(path: String)
  /// Not SQLite, or a database of something else.
  case notAHistory(path: String)
  /// Written by a later version, with migrations that this one doesn't know.
  case newerVersion(path: String)
  /// Another run held the file for longer than the wait.
  case locked(path: String, seconds: Double)
  /// A day before the last run can't be run any more.
  case olderThanLast(date: CalendarDate, last: CalendarDate)
  /// There is no run on or before the day.
  case noRun(onOrBefore: CalendarDate, first: CalendarDate?)
  case unknownAccount(String)
  /// A stored value that this version can't read.
  case corrupted(path: String, table: String, column: String, value: String)
  case cannotCreate(path: String, reason: String)
  case inputOutput(path: String, reason: String)
}
