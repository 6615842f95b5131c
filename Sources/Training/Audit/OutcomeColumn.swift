public import Tables

/// Reading what happened from a column.
public enum OutcomeColumn {
  /// 1 where the value is `positive`, 0 where it is another, NaN where it is missing. Without `positive` the
  /// event is found by itself in a column of two values, one of which says yes (1, true, churned, sí…).
  public static func values(_ column: Column, positive: String?) throws(OutcomeError) -> [Double] {
    let labels = labels(column)
    let distinct = Set(labels.compactMap { $0 }).sorted()
    let event: String
    if let positive {
      guard let match = distinct.first(where: { isSame($0, positive) }) else {
        throw .positiveUnknown(column: column.name, value: positive, known: Array(distinct.prefix(10)))
      }
      event = match
    } else {
      guard distinct.count <= 2,
        let match = distinct.first(where: { eventWords.contains($0.lowercased()) })
      else { throw .positiveNeeded(column: column.name, known: Array(distinct.prefix(10))) }
      event = match
    }
    return labels.map { $0.map { $0 == event ? 1 : 0 } ?? .nan }
  }

  /// The same text, or the same number (`1` and `1.0`).
  private static func isSame(_ a: String, _ b: String) -> Bool {
    if a == b { return true }
    guard let x = Double(a), let y = Double(b) else { return false }
    return x == y
  }

  static let eventWords: Set<String> = [
    "1", "true", "yes", "y", "si", "sí", "churn", "churned", "lost", "left", "baja", "perdido",
  ]

  /// The column as text, nil for missing.
  static func labels(_ column: Column) -> [String?] {
    switch column.values {
    case .text(let text): text.codes.indices.map { text[$0] }
    case .boolean(let flags): flags.map { $0 < 0 ? nil : $0 == 1 ? "true" : "false" }
    case .numeric(let numbers): numbers.map { $0.isNaN ? nil : shortest($0) }
    case .date: Array(repeating: nil, count: column.count)
    }
  }

  private static func shortest(_ value: Double) -> String {
    let text = value.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}

/// Why a column is no outcome.
public enum OutcomeError: Error, Sendable, Equatable {
  /// Which value is the event isn't clear; `known` are the first distinct ones.
  case positiveNeeded(column: String, known: [String])
  case positiveUnknown(column: String, value: String, known: [String])
}
