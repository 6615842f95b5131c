public import Tables

/// The reasons in a scores table, as `pulso score --reasons` writes them: `term:+0.42`, largest first.
public struct ReasonTable: Sendable {
  public enum Subject: String, Sendable {
    case churn, expansion
  }

  private let columns: [Subject: [CodedText]]
  private let rowOf: [String: Int]

  /// - Parameter id: the column of ids in `scores`.
  public init(_ scores: Table, id: String) {
    var columns: [Subject: [CodedText]] = [:]
    for subject in [Subject.churn, .expansion] {
      var number = 1
      while let column = scores["\(subject.rawValue)_reason_\(number)"], number <= 100 {
        if case .text(let text) = column.values { columns[subject, default: []].append(text) }
        number += 1
      }
    }
    self.columns = columns
    var rowOf: [String: Int] = [:]
    if !columns.isEmpty, let ids = scores[id] {
      var reader = CellReader(field: "id", column: ids)
      let cells = reader.choices(expected: "an id") { $0 }
      rowOf.reserveCapacity(scores.rowCount)
      for row in 0..<scores.rowCount { if let id = cells[row] { rowOf[id] = row } }
    }
    self.rowOf = rowOf
  }

  /// Empty where the table has none for it.
  public func reasons(of account: String, _ subject: Subject) -> [String] {
    guard let row = rowOf[account] else { return [] }
    return (columns[subject] ?? []).compactMap { $0[row] }
  }
}
