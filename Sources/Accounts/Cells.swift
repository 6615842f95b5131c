internal import Segmentation
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

/// A column as values of a closed set, or any other value read from its text, nil being missing. Without a column
/// every row is missing.
struct ChoiceCells<Value: Sendable>: Sendable {
  /// For each row the number of its level, below 0 where it is missing.
  private(set) var codes: [Int32] = []
  var levels: [Value?] = []

  var count: Int { codes.count }

  @inline(__always)
  subscript(row: Int) -> Value? {
    guard row < codes.count, codes[row] >= 0 else { return nil }
    return levels[Int(codes[row])]
  }
}

/// A column as days, each as its number since 1970. Without a column every row is missing.
struct DayCells: Sendable {
  private var days: [Int32] = []

  init() {}

  init(_ days: some Sequence<Int?>) {
    self.days = days.map { $0.map { Int32(clamping: $0) } ?? .min }
  }

  @inline(__always)
  subscript(row: Int) -> CalendarDate? {
    guard row < days.count, days[row] != .min else { return nil }
    return CalendarDate(daysSince1970: Int(days[row]))
  }
}

/// Reads cells of one field and collects those that can't be read.
struct CellReader {
  let field: String
  let column: Column
  let factor: Double
  /// How amounts are written; nil: as each shows by itself, and refused where it doesn't.
  let locale: NumberLocale?
  private(set) var problems: [AccountsError] = []

  init(field: String, column: Column, factor: Double = 1, locale: NumberLocale? = nil) {
    self.field = field
    self.column = column
    self.factor = factor
    self.locale = locale
  }

  private mutating func refuse(_ row: Int, _ text: String, _ expected: String) {
    problems.append(.badCell(field: field, column: column.name, row: row, text: text, expected: expected))
  }

  /// Refuses every row whose code is one of `bad`, each level with its error.
  private mutating func refuse(codes: [Int32], _ bad: [Int32: (Int) -> AccountsError]) {
    guard !bad.isEmpty else { return }
    for row in codes.indices {
      if let error = bad[codes[row]] { problems.append(error(row)) }
    }
  }

  private func badCell(_ text: String, _ expected: String) -> (Int) -> AccountsError {
    { [field, column] in
      .badCell(field: field, column: column.name, row: $0, text: text, expected: expected)
    }
  }

  /// Numbers within `range`; text as an amount of money would be written, or through `words`.
  mutating func numbers(
    in range: ClosedRange<Double>, expected: String, words: (String) -> Double? = { _ in nil }
  ) -> NumberCells {
    switch column.values {
    case .numeric(let values):
      for row in values.indices where !values[row].isNaN && !range.contains(values[row] * factor) {
        refuse(row, Self.text(values[row]), expected)
      }
      return .direct(values, factor: factor)
    case .text(let text):
      var bad: [Int32: (Int) -> AccountsError] = [:]
      var numbers: [Double] = []
      numbers.reserveCapacity(text.levels.count)
      for (code, level) in text.levels.enumerated() {
        var value = words(level).map { $0 * factor }
        if value == nil {
          do throws(MoneyError) {
            value = try Money.parse(level, locale: locale).amount * factor
          } catch {
            if case .notMoney = error {
            } else {
              bad[Int32(code)] = { [field, column] in
                .badAmount(error, field: field, column: column.name, row: $0)
              }
            }
          }
        }
        if let value, range.contains(value) {
          numbers.append(value)
        } else {
          numbers.append(.nan)
          bad[Int32(code)] = bad[Int32(code)] ?? badCell(level, expected)
        }
      }
      refuse(codes: text.codes, bad)
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
    case .boolean(let values):
      return ChoiceCells(codes: values.map { Int32($0) }, levels: [parse("no"), parse("yes")])
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
    var bad: [Int32: (Int) -> AccountsError] = [:]
    for code in levels.indices where levels[code] == nil {
      bad[Int32(code)] = badCell(text.levels[code], expected)
    }
    refuse(codes: text.codes, bad)
    return ChoiceCells(codes: text.codes, levels: levels)
  }

  /// Levels of service by their codes or by the labels of `vocabulary`: a label that stands only in another
  /// one is refused, since “low touch” means two things.
  mutating func levels<Value: Sendable>(
    of vocabulary: Vocabulary, expected: String, _ parse: (String) -> Value?
  ) -> ChoiceCells<Value> {
    let known = problems.count
    let cells: ChoiceCells<Value> = choices(expected: expected, parse)
    for index in known..<problems.count {
      guard case .badCell(let field, let column, let row, let text, _) = problems[index],
        Vocabulary.allCases.contains(where: { $0.level(of: text) != nil })
      else { continue }
      problems[index] = .unknownWord(text, vocabulary: vocabulary, field: field, column: column, row: row)
    }
    return cells
  }

  /// The currencies that the amounts of a text column state; nil where none does.
  func currencies() -> ChoiceCells<String>? {
    guard case .text(let text) = column.values else { return nil }
    let levels = text.levels.map { level -> String? in
      do throws(MoneyError) {
        return try Money.parse(level, locale: locale).currency
      } catch {
        return nil
      }
    }
    return levels.contains { $0 != nil } ? ChoiceCells(codes: text.codes, levels: levels) : nil
  }

  /// Ids, each once. Coded text tells by its levels alone whether all differ.
  mutating func ids() -> ChoiceCells<String> {
    let cells: ChoiceCells<String> = choices(expected: "an id") { $0 }
    var isTaken = [Bool](repeating: false, count: cells.levels.count)
    for row in cells.codes.indices {
      let code = Int(cells.codes[row])
      if code < 0 {
        problems.append(.missingID(row: row, column: column.name))
      } else if isTaken[code] {
        problems.append(.duplicateID(cells.levels[code] ?? "", row: row, column: column.name))
      } else {
        isTaken[code] = true
      }
    }
    return cells
  }

  /// Days; a time of day is dropped.
  mutating func days() -> DayCells {
    guard case .date(let dates) = column.values else {
      let cells: ChoiceCells<CalendarDate> = choices(expected: "a date such as 2026-03-31") {
        CalendarDate(iso8601: String($0.prefix(10)))
      }
      return DayCells((0..<cells.count).lazy.map { cells[$0]?.daysSince1970 })
    }
    return DayCells(
      dates.seconds.lazy.map {
        $0 == Dates.missing ? nil : Int((Double($0) / 86_400).rounded(.down))
      })
  }

  /// A number as a table would write it: 7, not 7.0.
  static func text(_ value: Double) -> String {
    let text = value.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
