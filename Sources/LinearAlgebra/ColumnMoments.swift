import StableNumerics

/// Weighted moments of a column's numbers, each times ``unit``.
public struct ColumnMoments: Sendable {
  /// 1, or the power of two that brings an extreme column to where squares neither overflow nor vanish.
  public private(set) var unit = 1.0
  /// Σ w
  public private(set) var weight = 0.0
  public private(set) var mean = 0.0
  /// Σ w (x − mean)²
  public private(set) var squares = 0.0
  public private(set) var low = Double.infinity
  public private(set) var high = -Double.infinity

  /// √(Σ w (x − mean)² / Σ w)
  public var deviation: Double { (squares / weight).squareRoot() }

  init(unit: Double = 1) { self.unit = unit }

  /// Chan, Golub & LeVeque 1983.
  mutating func merge(_ other: ColumnMoments) {
    low = min(low, other.low)
    high = max(high, other.high)
    guard other.weight > 0 else { return }
    let total = weight + other.weight
    let difference = other.mean - mean
    mean += difference * (other.weight / total)
    squares += other.squares + difference * difference * (weight / total * other.weight)
    weight = total
  }
}

extension Design {
  /// The moments of each column.
  public func moments(weights: [Double]?, threads: Int) -> [ColumnMoments] {
    precondition(weights.map { $0.count == rows } ?? true)
    return mapStretches(threads: threads) { j, rows in moments(of: j, rows, weights: weights, unit: 1) }
      .enumerated().map { j, parts in
        var found = ColumnMoments()
        for part in parts { found.merge(part) }
        let extent = max(found.low.magnitude, found.high.magnitude)
        guard extent > 0, extent > 0x1p300 || extent < 0x1p-300, found.high - found.low < .infinity else {
          return found
        }
        let unit = Double(
          sign: .plus, exponent: -min(max(Int(extent.exponent), -1000), 1000), significand: 1)
        return moments(of: j, 0..<rows, weights: weights, unit: unit)
      }
  }

  /// The moments of a column's rows.
  ///
  /// One pass: sums of w (x − c) and w (x − c)² about the first number c of every 2,048 that has a weight. As c is
  /// one of them, what the correction takes away is at most 2,048 times what it leaves where weights are even, and
  /// mostly about as much.
  private func moments(
    of column: Int, _ rows: Range<Int>, weights: [Double]?, unit: Double
  ) -> ColumnMoments {
    switch precision {
    case .double: moments(Double.self, column, rows, weights: weights, unit: unit)
    case .single: moments(Float.self, column, rows, weights: weights, unit: unit)
    }
  }

  private func moments<Scalar: LaneScalar>(
    _: Scalar.Type, _ column: Int, _ rows: Range<Int>, weights: [Double]?, unit: Double
  ) -> ColumnMoments {
    var result = ColumnMoments(unit: unit)
    unsafe withMemory { memory in
      forEachPiece(of: rows) { piece in
        let source = unsafe piece.column(column, in: memory, of: Scalar.self)
        for start in stride(from: 0, to: piece.rows.count, by: 2048) {
          let count = min(2048, piece.rows.count - start)
          let first = piece.rows.lowerBound + start
          unsafe result.merge(
            ColumnMoments(
              source + start, count, weights: weights?.span.extracting(first..<first + count), unit))
        }
      }
    }
    return result
  }
}

extension ColumnMoments {
  fileprivate init<Scalar: LaneScalar>(
    _ source: UnsafePointer<Scalar>, _ count: Int, weights: Span<Double>?, _ unit: Double
  ) {
    typealias Lanes = SIMD8<Double>
    self.unit = unit
    let whole = count & ~7
    var first = 0
    if let weights { while first < count - 1, weights[first] == 0 { first += 1 } }
    let shift = unsafe Double(source[first]) * unit
    var lows = Lanes(repeating: shift)
    var highs = lows
    var total = Lanes(repeating: 0)
    var sums = total
    var squareSums = total
    let bytes = unsafe weights?.bytes
    for i in stride(from: 0, to: whole, by: 8) {
      let x = unsafe Scalar.lanes(source + i) * unit
      lows.replace(with: x, where: x .< lows)
      highs.replace(with: x, where: x .> highs)
      let difference = x - shift
      var weighted = difference
      if let bytes {
        let w = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: i * 8, as: Lanes.self)
        total += w
        weighted *= w
      }
      sums += weighted
      squareSums += weighted * difference
    }
    low = lows.min()
    high = highs.max()
    weight = weights == nil ? Double(whole) : total.sum()
    var (sum, square) = (sums.sum(), squareSums.sum())
    for i in whole..<count {
      let x = unsafe Double(source[i]) * unit
      let w = weights?[i] ?? 1
      low = min(low, x)
      high = max(high, x)
      weight += w
      sum += w * (x - shift)
      square += w * (x - shift) * (x - shift)
    }
    guard weight > 0 else { return }
    mean = shift + sum / weight
    squares = max(0, square - sum * (sum / weight))
  }
}
