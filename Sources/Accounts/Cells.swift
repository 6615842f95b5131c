internal import Tables

/// A column as numbers, NaN being missing. Coded text is read once a level, not once a row.
enum NumberCells: Sendable {
  case direct([Double], factor: Double)
  case coded([Int32], [Double])

  subscript(row: Int) -> Double? {
    let value: Double
    switch self {
    case .direct(let values, let factor):
      // To a millionth, so that 29.85 x 12 reads 358.2.
      value = factor == 1 ? values[row] : (values[row] * factor * 1e6).rounded() / 1e6
    case .coded(let codes, let levels):
      guard codes[row] >= 0 else { return nil }
      value = levels[Int(codes[row])]
    }
    return value.isNaN ? nil : value
  }
}

/// A column as values of a closed set, or any other value read from its text, nil being missing.
enum ChoiceCells<Value: Sendable>: Sendable {
  case coded([Int32], [Value?])
  case boolean([Int8], no: Value?, yes: Value?)

  subscript(row: Int) -> Value? {
    switch self {
    case .coded(let codes, let levels): codes[row] < 0 ? nil : levels[Int(codes[row])]
    case .boolean(let values, let no, let yes): values[row] < 0 ? nil : values[row] == 1 ? yes : no
    }
  }
}

/// Reads cells of one field and collects those that can't be read.
struct CellReader {
  let field: String
  let column: Column
  let factor: Double
  private(set) var problems: [(row: Int, error: AccountsError)] = []

  init(field: String, column: Column, factor: Double = 1) {
    self.field = field
    self.column = column
    self.factor = factor
  }

  private mutating func refuse(_ row: Int, _ text: String, _ expected: String) {
    problems.append(
      (
        row,
        .badCell(field: field, column: column.name, row: row + 1, text: text, expected: expected)
      ))
  }

  private mutating func refuse(codes: [Int32], levels: [String], bad: Set<Int32>, _ expected: String) {
    guard !bad.isEmpty else { return }
    for row in codes.indices where bad.contains(codes[row]) {
      refuse(row, levels[Int(codes[row])], expected)
    }
  }

  /// Numbers within `range`; text through `parse`.
  mutating func numbers(
    in range: ClosedRange<Double>, expected: String, parse: (String) -> Double?
  ) -> NumberCells {
    switch column.values {
    case .numeric(let values):
      for row in values.indices where !values[row].isNaN && !range.contains(values[row] * factor) {
        refuse(row, "\(values[row])", expected)
      }
      return .direct(values, factor: factor)
    case .text(let text):
      var bad: Set<Int32> = []
      let numbers = text.levels.enumerated().map { code, level -> Double in
        guard let value = parse(level).map({ $0 * factor }), range.contains(value) else {
          bad.insert(Int32(code))
          return .nan
        }
        return value
      }
      refuse(codes: text.codes, levels: text.levels, bad: bad, expected)
      return .coded(text.codes, numbers)
    case .boolean(let values):
      return .direct(values.map { $0 < 0 ? .nan : $0 == 1 ? range.upperBound : 0 }, factor: 1)
    case .date(let dates):
      for row in dates.seconds.indices where dates.seconds[row] != Dates.missing {
        refuse(row, Dates.iso8601(dates.seconds[row], hasTimeOfDay: dates.hasTimeOfDay), expected)
      }
      return .direct(Array(repeating: .nan, count: dates.seconds.count), factor: 1)
    }
  }

  /// Values read from the text of a cell; a number or a boolean is read from how it is written.
  mutating func choices<Value: Sendable>(expected: String, _ parse: (String) -> Value?) -> ChoiceCells<Value>
  {
    switch column.values {
    case .text(let text): return choices(text, expected: expected, parse)
    case .boolean(let values): return .boolean(values, no: parse("no"), yes: parse("yes"))
    case .numeric(let values):
      return choices(CodedText(values.map { $0.isNaN ? nil : Self.text($0) }), expected: expected, parse)
    case .date(let dates):
      let texts = dates.seconds.map {
        $0 == Dates.missing ? nil : Dates.iso8601($0, hasTimeOfDay: dates.hasTimeOfDay)
      }
      return choices(CodedText(texts), expected: expected, parse)
    }
  }

  private mutating func choices<Value: Sendable>(
    _ text: CodedText, expected: String, _ parse: (String) -> Value?
  ) -> ChoiceCells<Value> {
    let levels = text.levels.map(parse)
    let bad = Set(levels.indices.filter { levels[$0] == nil }.map { Int32($0) })
    refuse(codes: text.codes, levels: text.levels, bad: bad, expected)
    return .coded(text.codes, levels)
  }

  /// Days; a time of day is dropped.
  mutating func days() -> ChoiceCells<CalendarDate> {
    guard case .date(let dates) = column.values else {
      return choices(expected: "a date such as 2026-03-31") { CalendarDate(iso8601: String($0.prefix(10))) }
    }
    var codes: [Int32] = []
    var levels: [CalendarDate] = []
    var known: [Int: Int32] = [:]
    codes.reserveCapacity(dates.seconds.count)
    for seconds in dates.seconds {
      guard seconds != Dates.missing else {
        codes.append(-1)
        continue
      }
      let day = Int((Double(seconds) / 86_400).rounded(.down))
      if let code = known[day] {
        codes.append(code)
      } else {
        let code = Int32(levels.count)
        known[day] = code
        levels.append(CalendarDate(daysSince1970: day))
        codes.append(code)
      }
    }
    return .coded(codes, levels)
  }

  /// A number as a table would write it: 7, not 7.0.
  static func text(_ value: Double) -> String {
    let text = value.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
