/// One column of a ``Table``.
public struct Column: Sendable, Equatable {
  public let name: String
  public let values: ColumnValues

  public init(name: String, values: ColumnValues) {
    self.name = name
    self.values = values
  }

  public var count: Int { values.count }
  public var kind: ColumnKind { values.kind }

  public func selecting(rows: [Int]) -> Column {
    Column(name: name, values: values.selecting(rows: rows))
  }
}

/// What a column holds.
public enum ColumnKind: String, Sendable, CaseIterable, Codable {
  case numeric, text, boolean, date
}

/// The values of a column, packed by kind. Each kind has one spelling for "missing".
public enum ColumnValues: Sendable, Equatable {
  /// Finite numbers; a missing one is NaN. Readers refuse NaN and infinities in the input, so that here
  /// NaN can mean nothing else.
  case numeric([Double])
  /// Dictionary-coded text.
  case text(CodedText)
  /// 1 true, 0 false, −1 missing.
  case boolean([Int8])
  case date(Dates)

  public static func == (a: ColumnValues, b: ColumnValues) -> Bool {
    switch (a, b) {
    case (.numeric(let x), .numeric(let y)):
      x.count == y.count && zip(x, y).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) }
    case (.text(let x), .text(let y)): x == y
    case (.boolean(let x), .boolean(let y)): x == y
    case (.date(let x), .date(let y)): x == y
    default: false
    }
  }

  public var count: Int {
    switch self {
    case .numeric(let values): values.count
    case .text(let values): values.codes.count
    case .boolean(let values): values.count
    case .date(let values): values.seconds.count
    }
  }

  public var kind: ColumnKind {
    switch self {
    case .numeric: .numeric
    case .text: .text
    case .boolean: .boolean
    case .date: .date
    }
  }

  public func isMissing(_ row: Int) -> Bool {
    switch self {
    case .numeric(let values): values[row].isNaN
    case .text(let values): values.codes[row] < 0
    case .boolean(let values): values[row] < 0
    case .date(let values): values.seconds[row] == Dates.missing
    }
  }

  /// Those of `rows` that have a value.
  public func present(among rows: [Int]) -> [Int] {
    switch self {
    case .numeric(let values): rows.kept { !values[$0].isNaN }
    case .text(let values): rows.kept { values.codes[$0] >= 0 }
    case .boolean(let values): rows.kept { values[$0] >= 0 }
    case .date(let values): rows.kept { values.seconds[$0] != Dates.missing }
    }
  }

  func selecting(rows: [Int]) -> ColumnValues {
    switch self {
    case .numeric(let values): .numeric(rows.map { values[$0] })
    case .text(let values): .text(CodedText(codes: rows.map { values.codes[$0] }, levels: values.levels))
    case .boolean(let values): .boolean(rows.map { values[$0] })
    case .date(let values):
      .date(Dates(seconds: rows.map { values.seconds[$0] }, hasTimeOfDay: values.hasTimeOfDay))
    }
  }
}

extension [Int] {
  /// As `filter`, without a copy where all are kept.
  @inline(__always)
  fileprivate func kept(_ isKept: (Int) -> Bool) -> [Int] { allSatisfy(isKept) ? self : filter(isKept) }
}

/// Text as codes into a list of distinct levels. `codes[row]` indexes `levels`; −1 is missing. Levels stand
/// in order of first appearance, and some may be unused after rows were selected.
public struct CodedText: Sendable {
  public let codes: [Int32]
  public let levels: [String]

  public init(codes: [Int32], levels: [String]) {
    self.codes = codes
    self.levels = levels
  }

  /// Codes `values`, nil being missing.
  public init(_ values: some Sequence<String?>) {
    var codes: [Int32] = []
    var levels: [String] = []
    var codeOf: [String: Int32] = [:]
    for value in values {
      guard let value else {
        codes.append(-1)
        continue
      }
      if let code = codeOf[value] {
        codes.append(code)
      } else {
        let code = Int32(levels.count)
        codeOf[value] = code
        levels.append(value)
        codes.append(code)
      }
    }
    self.init(codes: codes, levels: levels)
  }

  /// How many of these rows have each level.
  public func levelCounts(rows: [Int]) -> [Int] {
    var counts = [Int](repeating: 0, count: levels.count)
    for row in rows where codes[row] >= 0 { counts[Int(codes[row])] += 1 }
    return counts
  }

  public subscript(row: Int) -> String? {
    let code = codes[row]
    return code < 0 ? nil : levels[Int(code)]
  }
}

extension CodedText: Equatable {
  /// Equal when every row reads the same, however it is coded.
  public static func == (a: CodedText, b: CodedText) -> Bool {
    a.codes.count == b.codes.count && a.codes.indices.allSatisfy { a[$0] == b[$0] }
  }
}

/// Dates or times as seconds since 1970-01-01T00:00:00Z in the proleptic Gregorian calendar. A time
/// without an offset is read as UTC.
public struct Dates: Sendable, Equatable {
  public static let missing = Int64.min
  public let seconds: [Int64]
  /// False when every value is a plain calendar date; decides how the column is written.
  public let hasTimeOfDay: Bool

  public init(seconds: [Int64], hasTimeOfDay: Bool) {
    self.seconds = seconds
    self.hasTimeOfDay = hasTimeOfDay
  }
}
