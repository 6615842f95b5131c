import StableNumerics

/// One row that passed the checks: 0 or 1, a finite score, a weight above 0.
struct CheckedRow {
  let score: Double
  let outcome: Double
  let weight: Double
  /// Where the row stood in the input.
  let index: Int
}

/// Checks rows once and sorts them by score, then outcome, then weight: sums over them come out the same to
/// the last bit in whatever order the rows came. Rows of weight 0 are no rows. O(n).
func checkedRows(
  outcomes: [Double], scores: [Double], weights: [Double]?
) throws(MetricError) -> [CheckedRow] {
  guard scores.count == outcomes.count else {
    throw .lengthsDiffer(expected: outcomes.count, found: scores.count)
  }
  if let weights, weights.count != outcomes.count {
    throw .lengthsDiffer(expected: outcomes.count, found: weights.count)
  }
  var rows: [CheckedRow] = []
  rows.reserveCapacity(outcomes.count)
  for row in outcomes.indices {
    let weight = weights?[row] ?? 1
    guard weight >= 0, weight.isFinite else { throw .notAWeight(row: row, value: weight) }
    guard outcomes[row] == 0 || outcomes[row] == 1 else {
      throw .notAnOutcome(row: row, value: outcomes[row])
    }
    guard scores[row].isFinite else { throw .notFinite(row: row) }
    if weight > 0 {
      rows.append(CheckedRow(score: scores[row], outcome: outcomes[row], weight: weight, index: row))
    }
  }
  guard !rows.isEmpty else { throw .noRows }
  // The least of three keys first.
  var order = weights == nil ? nil : ascendingOrder(of: rows.map(\.weight))
  order = ascendingOrder(of: rows.map(\.outcome), after: order)
  return ascendingOrder(of: rows.map(\.score), after: order).map { rows[$0] }
}
