import StableNumerics

/// Count, mean and variance of a column: what a difference of means needs.
public struct Moments: Sendable, Equatable, Codable {
  public let count: Int
  public let mean: Double
  /// Divisor n − 1; 0 where there is one value or none.
  public let variance: Double

  public init(count: Int, mean: Double, variance: Double) {
    self.count = count
    self.mean = mean
    self.variance = variance
  }

  /// Of the values that aren't NaN; the same to the last bit in any order. Two passes over a sorted copy.
  public init(_ values: [Double]) {
    self.init(ascending: StableNumerics.ascending(values.filter { !$0.isNaN }))
  }

  /// Of values that stand in ascending order, none of them NaN.
  public init(ascending values: [Double]) {
    let mean = values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    self.init(
      count: values.count, mean: mean, variance: values.count < 2 ? 0 : squares / Double(values.count - 1))
  }
}

/// Cohen's d: (mean₂ − mean₁) over the pooled standard deviation; 0.2 is small, 0.5 medium, 0.8 large.
/// Infinite where the means differ and neither side varies; 0 where a side is empty.
public func cohensD(_ first: Moments, _ second: Moments) -> Double {
  guard first.count > 0, second.count > 0, first.mean != second.mean else { return 0 }
  let freedom = Double(first.count + second.count - 2)
  let pooled =
    freedom > 0
    ? (Double(first.count - 1) * first.variance + Double(second.count - 1) * second.variance) / freedom : 0
  let difference = second.mean - first.mean
  return pooled > 0 ? difference / pooled.squareRoot() : (difference > 0 ? .infinity : -.infinity)
}

/// Cramér's V of a contingency table given as rows of counts: √(χ²/n/(min(rows, columns) − 1)), 0 for
/// independence, 1 for one determining the other. 0 where a side has a single level.
public func cramersV(_ table: [[Double]]) -> Double {
  let width = table.map(\.count).max() ?? 0
  let rowTotals = table.map { $0.reduce(0, +) }
  let columnTotals = (0..<width).map { column in
    table.reduce(0) { $0 + (column < $1.count ? $1[column] : 0) }
  }
  let total = rowTotals.reduce(0, +)
  let smaller = min(rowTotals.count { $0 > 0 }, columnTotals.count { $0 > 0 })
  guard smaller > 1 else { return 0 }
  var chiSquare = 0.0
  for (row, counts) in table.enumerated() {
    for column in 0..<width {
      let expected = rowTotals[row] * columnTotals[column] / total
      guard expected > 0 else { continue }
      let difference = (column < counts.count ? counts[column] : 0) - expected
      chiSquare += difference * difference / expected
    }
  }
  return min(1, (chiSquare / total / Double(smaller - 1)).squareRoot())
}

/// Pearson's correlation over the rows where both values are present; nil where fewer than three are or
/// one doesn't vary.
public func pearsonCorrelation(_ first: [Double], _ second: [Double]) -> Double? {
  // Sorted, so that the order of the rows leaves no trace in the last bit.
  let pairs = zip(first, second).filter { !$0.isNaN && !$1.isNaN }.sorted { $0 < $1 }
  guard pairs.count >= 3 else { return nil }
  let count = Double(pairs.count)
  let mean = (pairs.reduce(0) { $0 + $1.0 } / count, pairs.reduce(0) { $0 + $1.1 } / count)
  var (xx, xy, yy) = (0.0, 0.0, 0.0)
  for (x, y) in pairs {
    xx += (x - mean.0) * (x - mean.0)
    xy += (x - mean.0) * (y - mean.1)
    yy += (y - mean.1) * (y - mean.1)
  }
  let scale = xx.squareRoot() * yy.squareRoot()
  guard scale > 0, scale.isFinite else { return nil }
  return max(-1, min(1, xy / scale))
}
