/// The non-decreasing function closest to the points by weighted squares, through pooling adjacent
/// violators (Ayer and others 1955): scikit-learn's `IsotonicRegression`.
public struct IsotonicRegression: Sendable, Equatable {
  /// Strictly ascending; only the ends of each level stretch are kept.
  public let x: [Double]
  /// Never descends.
  public let values: [Double]

  /// Points with the same x count as their mean. O(n log n).
  public init(x: [Double], y: [Double], weights: [Double]? = nil) throws(MetricError) {
    guard y.count == x.count else { throw .lengthsDiffer(expected: x.count, found: y.count) }
    if let weights, weights.count != x.count {
      throw .lengthsDiffer(expected: x.count, found: weights.count)
    }
    var points: [(x: Double, y: Double, weight: Double)] = []
    for row in x.indices {
      guard x[row].isFinite, y[row].isFinite else { throw .notFinite(row: row) }
      let weight = weights?[row] ?? 1
      guard weight >= 0, weight.isFinite else { throw .notAWeight(row: row, value: weight) }
      if weight > 0 { points.append((x[row], y[row], weight)) }
    }
    guard !points.isEmpty else { throw .noRows }
    points.sort { ($0.x, $0.y, $0.weight) < ($1.x, $1.y, $1.weight) }

    var blocks: [Block] = []
    var start = 0
    while start < points.count {
      var block = Block(first: points[start].x, last: points[start].x, sum: 0, weight: 0)
      while start < points.count, points[start].x == block.first {
        block.sum += points[start].weight * points[start].y
        block.weight += points[start].weight
        start += 1
      }
      while let previous = blocks.last, previous.mean >= block.mean {
        block = Block(
          first: previous.first, last: block.last, sum: previous.sum + block.sum,
          weight: previous.weight + block.weight)
        blocks.removeLast()
      }
      blocks.append(block)
    }
    self.x = blocks.flatMap { $0.first == $0.last ? [$0.first] : [$0.first, $0.last] }
    values = blocks.flatMap { $0.first == $0.last ? [$0.mean] : [$0.mean, $0.mean] }
  }

  /// Linear between the points, flat beyond them.
  public func callAsFunction(_ point: Double) -> Double {
    var low = 0
    var high = x.count
    while low < high {
      let middle = (low + high) / 2
      if x[middle] <= point { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return values[0] }
    guard low < x.count else { return values[x.count - 1] }
    let share = (point - x[low - 1]) / (x[low] - x[low - 1])
    return values[low - 1] + share * (values[low] - values[low - 1])
  }

  private struct Block {
    let first: Double
    let last: Double
    var sum: Double
    var weight: Double
    var mean: Double { sum / weight }
  }
}
