import Calendar

/// A cell read as a date or a time.
///
/// `2024-02-29`, and after `T` or one space a time `10:00`, `10:00:00`, `3:00` or `10:00:00.25`, and after
/// that nothing (UTC), `Z`, or an offset `+02:00`, `+0200` or `+02`. Fractions of a second are cut off. With
/// a ``DateOrder``, also `29/02/2024` or `02/29/2024`, with `/`, `-` or `.`, alone or before a time.
struct DateCell {
  var secondsSince1970: Int64
  var hasTimeOfDay: Bool

  /// Reads `range`, without surrounding blanks and quotes; nil when it is no date, as with 30 February.
  static func read(_ bytes: Span<UInt8>, _ range: Range<Int>, order: DateOrder?) -> DateCell? {
    guard range.count >= 8, range.count <= 40 else { return nil }
    var reader = CellReader(position: range.lowerBound, end: range.upperBound)
    guard
      let date = isoDate(bytes, &reader) ?? order.flatMap({ localDate(bytes, &reader, range.lowerBound, $0) })
    else {
      return nil
    }
    let midnight = Int64(date.daysSince1970) * 86_400
    if reader.isAtEnd { return DateCell(secondsSince1970: midnight, hasTimeOfDay: false) }
    guard reader.skip(bytes, UInt8(ascii: "T")) || reader.skip(bytes, UInt8(ascii: " ")),
      let time = timeOfDay(bytes, &reader)
    else {
      return nil
    }
    return DateCell(secondsSince1970: midnight + time, hasTimeOfDay: true)
  }

  private static func isoDate(_ bytes: Span<UInt8>, _ reader: inout CellReader) -> CalendarDate? {
    guard let year = reader.number(bytes, digits: 4...4), reader.skip(bytes, UInt8(ascii: "-")),
      let month = reader.number(bytes, digits: 2...2), reader.skip(bytes, UInt8(ascii: "-")),
      let day = reader.number(bytes, digits: 2...2)
    else { return nil }
    return CalendarDate(year: year, month: month, day: day)
  }

  private static func localDate(
    _ bytes: Span<UInt8>, _ reader: inout CellReader, _ start: Int, _ order: DateOrder
  ) -> CalendarDate? {
    reader.position = start
    guard let first = reader.number(bytes, digits: 1...2), let mark = reader.next(bytes),
      mark == UInt8(ascii: "/") || mark == UInt8(ascii: "-") || mark == UInt8(ascii: "."),
      let second = reader.number(bytes, digits: 1...2), reader.skip(bytes, mark),
      let year = reader.number(bytes, digits: 4...4)
    else { return nil }
    return switch order {
    case .dayMonthYear: CalendarDate(year: year, month: second, day: first)
    case .monthDayYear: CalendarDate(year: year, month: first, day: second)
    }
  }

  /// Seconds after midnight UTC, to the end of the cell.
  private static func timeOfDay(_ bytes: Span<UInt8>, _ reader: inout CellReader) -> Int64? {
    guard let hour = reader.number(bytes, digits: 1...2), hour < 24, reader.skip(bytes, UInt8(ascii: ":")),
      let minute = reader.number(bytes, digits: 2...2), minute < 60
    else { return nil }
    var seconds = Int64(hour * 3600 + minute * 60)
    if reader.skip(bytes, UInt8(ascii: ":")) {
      guard let second = reader.number(bytes, digits: 2...2), second < 60 else { return nil }
      seconds += Int64(second)
      if reader.skip(bytes, UInt8(ascii: ".")), reader.number(bytes, digits: 1...9) == nil { return nil }
    }
    if reader.isAtEnd { return seconds }
    if reader.skip(bytes, UInt8(ascii: "Z")) { return reader.isAtEnd ? seconds : nil }
    guard let sign = reader.next(bytes), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
      let hours = reader.number(bytes, digits: 2...2), hours < 24
    else { return nil }
    var minutes = 0
    if !reader.isAtEnd {
      _ = reader.skip(bytes, UInt8(ascii: ":"))
      guard let found = reader.number(bytes, digits: 2...2), found < 60 else { return nil }
      minutes = found
    }
    let offset = Int64(hours * 3600 + minutes * 60)
    return reader.isAtEnd ? (sign == UInt8(ascii: "+") ? seconds - offset : seconds + offset) : nil
  }
}

/// Reads digits and marks from a cell.
private struct CellReader {
  var position: Int
  let end: Int

  var isAtEnd: Bool { position >= end }

  mutating func next(_ bytes: Span<UInt8>) -> UInt8? {
    guard position < end else { return nil }
    position += 1
    return bytes[position - 1]
  }

  mutating func skip(_ bytes: Span<UInt8>, _ byte: UInt8) -> Bool {
    guard position < end, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  /// As many digits as there are, if that is a count in `digits`.
  mutating func number(_ bytes: Span<UInt8>, digits: ClosedRange<Int>) -> Int? {
    var value = 0
    var count = 0
    while position < end, count < digits.upperBound {
      let digit = bytes[position] &- UInt8(ascii: "0")
      if digit > 9 { break }
      value = value * 10 + Int(digit)
      position += 1
      count += 1
    }
    return digits.contains(count) ? value : nil
  }
}
