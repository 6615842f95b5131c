import Calendar
import Tables

extension RowFilter {
  /// For each row whether all conditions hold. O(rows · conditions); text is compared once a level.
  func matches(in table: Table, file: String) throws(FeatureError) -> [Bool] {
    var result = Array(repeating: true, count: table.rowCount)
    for condition in conditions {
      let column = try table.column(condition.column, file: file)
      let holds = try condition.test(column, file: file)
      for row in result.indices where result[row] { result[row] = holds(row) }
    }
    return result
  }
}

extension RowFilter.Condition {
  func test(_ column: Column, file: String) throws(FeatureError) -> (Int) -> Bool {
    let values = column.values
    switch comparison {
    case .isMissing: return { values.isMissing($0) }
    case .isPresent: return { !values.isMissing($0) }
    default: break
    }
    switch column.values {
    case .numeric(let numbers):
      let wanted = try parsed(column, file, Double.init)
      let holds = order(wanted)
      return { !numbers[$0].isNaN && holds(numbers[$0]) }
    case .date(let dates):
      let wanted = try parsed(column, file) { text in
        CalendarDate(iso8601: text).map { Int64($0.daysSince1970) * 86_400 }
      }
      let holds = order(wanted)
      return { dates.seconds[$0] != Dates.missing && holds(dates.seconds[$0]) }
    case .boolean(let flags):
      let wanted = try parsed(column, file) { (text) -> Int8? in
        switch text.lowercased() {
        case "true", "yes", "1": 1
        case "false", "no", "0": 0
        default: nil
        }
      }
      let holds = order(wanted)
      return { flags[$0] >= 0 && holds(flags[$0]) }
    case .text(let texts):
      let holds = order(self.values)
      let levelHolds = texts.levels.map(holds)
      return { texts.codes[$0] >= 0 && levelHolds[Int(texts.codes[$0])] }
    }
  }

  private func parsed<Value>(
    _ column: Column, _ file: String, _ parse: (String) -> Value?
  ) throws(FeatureError) -> [Value] {
    var result: [Value] = []
    for text in values {
      guard let value = parse(text) else {
        throw .filterValue(value: text, column: column.name, kind: column.kind, file: file)
      }
      result.append(value)
    }
    return result
  }

  /// The comparison as a function of one present value.
  private func order<Value: Comparable>(_ wanted: [Value]) -> (Value) -> Bool {
    guard let first = wanted.first else { return { _ in false } }
    return switch comparison {
    case .equal: { $0 == first }
    case .notEqual: { $0 != first }
    case .less: { $0 < first }
    case .lessOrEqual: { $0 <= first }
    case .greater: { $0 > first }
    case .greaterOrEqual: { $0 >= first }
    case .oneOf: { wanted.contains($0) }
    case .isMissing, .isPresent: { _ in false }
    }
  }
}
