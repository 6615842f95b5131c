import LinearAlgebra
import StableNumerics

extension Problem {
  /// What `direction` (a Newton step, or how far ridge estimates run) proves: separation, if along it no row moves
  /// against its own outcome and some row moves with it. nil where it proves nothing.
  ///
  /// On separated data a Newton step shifts the running rows' linear predictors by about 1 each time while
  /// the others come to rest; a shift below `resting` counts as rest. With finite estimates the step itself goes
  /// to zero instead, so that large estimates are never taken for infinite ones.
  func separation(along direction: [Double], resting: Double) -> Separation? {
    let plan = RowPlan(rows: rows, columns: dimension)
    let counts = mapBlocks(count: plan.parts, threads: threads) { part in
      var result = Counts()
      var block = RowBlock(capacity: plan.blockRows, designColumns: columns.count, hasIntercept: true)
      var shift = [Double](repeating: 0, count: block.capacity)
      for range in plan.blocks(of: part) {
        block.load(
          rows: range, of: design, columns: columns, centers: centers, inverseScales: inverseScales)
        block.multiply(direction, into: &shift)
        for (i, row) in range.enumerated() where weights.map({ $0[row] > 0 }) ?? true {
          result.rows += 1
          let y = outcomes[row]
          let moves = shift[i].magnitude > resting
          if moves && ((y > 0 && shift[i] < 0) || (y < 1 && shift[i] > 0)) { result.against += 1 }
          if moves { result.moving += 1 }
          if moves && y > 0 { result.events += 1 }
          result.largest = max(result.largest, shift[i].magnitude)
        }
      }
      return result
    }
    var total = Counts()
    for count in counts {
      total.rows += count.rows
      total.moving += count.moving
      total.events += count.events
      total.against += count.against
      total.largest = max(total.largest, count.largest)
    }
    guard total.against == 0, total.largest > 0.1 else { return nil }
    let gamma = basis.map { $0.times(Array(direction.dropFirst())) } ?? Array(direction.dropFirst())
    let slopes = gamma.enumerated().map { (term: $0.offset, size: $0.element.magnitude) }
    let largest = slopes.map(\.size).max() ?? 0
    let named = slopes.filter { $0.size > 1e-4 * largest && $0.size > 0 }
      .sorted { ($1.size, $0.term) < ($0.size, $1.term) }
    return Separation(
      kind: total.moving == total.rows ? .complete : .quasi, terms: named.map { names[$0.term] },
      rows: total.moving, events: total.events)
  }

  private struct Counts: Sendable {
    var rows = 0
    var moving = 0
    var events = 0
    var against = 0
    var largest = 0.0
  }
}
