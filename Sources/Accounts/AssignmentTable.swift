public import Segmentation
public import Tables

/// A segments table, read back as `pulso segment` wrote it; further columns are left aside.
public struct AssignmentTable: Sendable {
  /// In the order of the rows.
  public let assignments: [Assignment]
  /// The account's id: the table's first column.
  public let idColumn: String

  /// - Throws: ``AccountsError/noSegments(missing:columns:)`` where a column of the contract is missing, or
  ///   the error of the first cell that can't be read.
  public init(_ table: Table) throws(AccountsError) {
    let names = table.columnNames
    guard let first = table.columns.first else { throw .noSegments(missing: "account_id", columns: []) }
    for name in ["arr", "importance", "need", "quadrant", "pyramid_level", "tier", "coverage"]
    where !names.contains(name) {
      throw .noSegments(missing: name, columns: names)
    }
    idColumn = first.name
    assignments = try Self.read(table, id: first)
  }

  private static func read(_ table: Table, id: Column) throws(AccountsError) -> [Assignment] {
    let texts = TextCells(table)
    let ids = try texts.required(id.name, "an id") { $0 }
    let quadrants = try texts.required("quadrant", "a quadrant", Quadrant.init(rawValue:))
    let levels = try texts.required("pyramid_level", "a pyramid level", PyramidLevel.init(rawValue:))
    let tiers = try texts.required("tier", "tier_1 to tier_5", Tier.init(code:))
    let coverages = try texts.required("coverage", "a coverage", Coverage.init(rawValue:))
    let criteria = try texts.optional("criteria_tier", "tier_1 to tier_3", Tier.init(code:))
    let sure = try texts.optional("quadrant_sure", "yes or no", yesNo)
    let reasons = try texts.optional("tier_reason", "a reason") { $0 }
    let flags = try texts.optional("flags", "flags") { Flags(codes: $0.split(separator: ";")) }
    let numbers = try ["arr", "importance", "need", "tier_score"].map { name throws(AccountsError) in
      try texts.numbers(name)
    }
    var assignments: [Assignment] = []
    assignments.reserveCapacity(table.rowCount)
    for row in 0..<table.rowCount {
      func number(_ column: Int) -> Double? {
        let value = numbers[column]?[row] ?? .nan
        return value.isNaN ? nil : value
      }
      assignments.append(
        Assignment(
          id: ids[row], arr: number(0), importance: number(1), need: number(2), quadrant: quadrants[row],
          isQuadrantSure: sure[row] ?? true, pyramidLevel: levels[row],
          criteriaTier: criteria[row] ?? tiers[row], tier: tiers[row], tierScore: number(3),
          tierReason: reasons[row] ?? "", coverage: coverages[row], flags: flags[row] ?? []))
    }
    return assignments
  }
}

/// Columns of a table that we wrote ourselves, read strictly.
private struct TextCells {
  let table: Table

  init(_ table: Table) { self.table = table }

  func required<Value>(
    _ name: String, _ expected: String, _ parse: (String) -> Value?
  ) throws(AccountsError) -> [Value] {
    var values: [Value] = []
    values.reserveCapacity(table.rowCount)
    for (row, value) in try optional(name, expected, parse).enumerated() {
      guard let value else { throw .missingID(row: row, column: name) }
      values.append(value)
    }
    return values
  }

  /// Nil where a cell is blank, or the column missing.
  func optional<Value>(
    _ name: String, _ expected: String, _ parse: (String) -> Value?
  ) throws(AccountsError) -> [Value?] {
    guard let column = table[name] else { return Array(repeating: nil, count: table.rowCount) }
    let text: CodedText
    switch column.values {
    case .text(let coded): text = coded
    case .numeric(let numbers): text = CodedText(numbers.map { $0.isNaN ? nil : CellReader.text($0) })
    case .boolean(let flags): text = CodedText(flags.map { $0 < 0 ? nil : $0 == 1 ? "yes" : "no" })
    case .date(let dates):
      text = CodedText(
        dates.seconds.map {
          $0 == Dates.missing ? nil : Dates.iso8601($0, hasTimeOfDay: dates.hasTimeOfDay)
        })
    }
    let levels = text.levels.map(parse)
    for (row, code) in text.codes.enumerated() where code >= 0 && levels[Int(code)] == nil {
      throw .badCell(
        field: name, column: name, row: row, text: text.levels[Int(code)], expected: expected)
    }
    return text.codes.map { $0 < 0 ? nil : levels[Int($0)] }
  }

  func numbers(_ name: String) throws(AccountsError) -> [Double]? {
    guard let column = table[name] else { return nil }
    if case .numeric(let values) = column.values { return values }
    return try optional(name, "a number") { Double($0).flatMap { $0.isFinite ? $0 : nil } }.map { $0 ?? .nan }
  }
}
