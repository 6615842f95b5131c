/// The columns of a design as zᵢⱼ = (xᵢⱼ − centerⱼ) · inverseScaleⱼ, computed from the design's own memory each
/// time they are used: a pass over the rows reads 8 n p bytes and writes none.
///
///   η  = θ₀ + Σⱼ zⱼ θⱼ      ``addPredictors(_:_:to:)``
///   Zᵀr                     ``accumulateTransposed(_:_:into:)``
///   Zᵀ W Z                  ``RowBlock/load(_:of:rootWeights:from:)``, then ``RowBlock/accumulateGram(into:)``
///
/// Place 0 of θ and of sums belongs to an implied column of ones. Two columns are taken at a time, eight rows at
/// a time; sums run in an order that depends on the range of rows alone.
@safe public struct StandardizedColumns: Sendable {
  public let design: Matrix
  /// The columns of `design` that take part, in order.
  public let columns: [Int]
  public let centers: [Double]
  public let inverseScales: [Double]

  typealias Lanes = SIMD8<Double>

  public init(_ design: Matrix, columns: [Int], centers: [Double], inverseScales: [Double]) {
    precondition(centers.count == columns.count && inverseScales.count == columns.count)
    precondition(columns.allSatisfy { $0 >= 0 && $0 < design.columns })
    self.design = design
    self.columns = columns
    self.centers = centers
    self.inverseScales = inverseScales
  }

  /// result[i] += θ₀ + Σⱼ zᵢⱼ θⱼ for the rows of `rows`, the first of which is `result[0]`.
  public func addPredictors(_ rows: Range<Int>, _ theta: [Double], to result: inout [Double]) {
    precondition(theta.count == columns.count + 1 && result.count >= rows.count)
    let count = rows.count
    let whole = count & ~7
    unsafe result.withUnsafeMutableBufferPointer { buffer in
      let result = buffer.baseAddress!
      for i in 0..<count { unsafe result[i] += theta[0] }
      withPairs(rows) { a, b in
        let left = a.scale * theta[a.position + 1]
        // An odd last column is its own partner, with no slope.
        let right = b.position == a.position ? 0 : b.scale * theta[b.position + 1]
        var i = 0
        while i < whole {
          let sum = unsafe load(result + i) + (a.centered(i) * left + b.centered(i) * right)
          unsafe UnsafeMutableRawPointer(result + i).storeBytes(of: sum, as: Lanes.self)
          i += 8
        }
        for i in whole..<count {
          unsafe result[i] += a.centered(single: i) * left + b.centered(single: i) * right
        }
      }
    }
  }

  /// sum[0] += Σ rᵢ, sum[j] += Σ zᵢⱼ rᵢ over the rows of `rows`, the first of which is `right[0]`.
  public func accumulateTransposed(_ rows: Range<Int>, _ right: [Double], into sum: inout [Double]) {
    precondition(sum.count == columns.count + 1 && right.count >= rows.count)
    let count = rows.count
    let whole = count & ~7
    unsafe right.withUnsafeBufferPointer { buffer in
      let right = buffer.baseAddress!
      var ones = Lanes(repeating: 0)
      for i in stride(from: 0, to: whole, by: 8) { unsafe ones += load(right + i) }
      sum[0] += ones.sum()
      for i in whole..<count { sum[0] += unsafe right[i] }
      withPairs(rows) { a, b in
        var left = Lanes(repeating: 0)
        var other = Lanes(repeating: 0)
        var i = 0
        while i < whole {
          let r = unsafe load(right + i)
          unsafe left += a.lanes(i) * r
          unsafe other += b.lanes(i) * r
          i += 8
        }
        sum[a.position + 1] += left.sum()
        for i in whole..<count { sum[a.position + 1] += unsafe a[i] * right[i] }
        guard b.position != a.position else { return }
        sum[b.position + 1] += other.sum()
        for i in whole..<count { sum[b.position + 1] += unsafe b[i] * right[i] }
      }
    }
  }

  /// A stretch of one column.
  @safe struct Stretch {
    let position: Int
    private let start: UnsafePointer<Double>
    let center: Double
    let scale: Double

    init(position: Int, start: UnsafePointer<Double>, center: Double, scale: Double) {
      self.position = position
      unsafe self.start = start
      self.center = center
      self.scale = scale
    }

    /// Eight elements from the i-th on; unchecked, as are the others.
    @unsafe @inline(__always) func lanes(_ i: Int) -> Lanes { unsafe centered(i) * scale }
    /// Before they are scaled: whoever multiplies by a number of its own scales that once.
    @unsafe @inline(__always) func centered(_ i: Int) -> Lanes { unsafe load(start + i) - center }
    @unsafe @inline(__always) func centered(single i: Int) -> Double { unsafe start[i] - center }
    @unsafe @inline(__always) subscript(i: Int) -> Double { unsafe (start[i] - center) * scale }
  }

  /// Column `position` from the row `first` on; good as long as `values` is.
  func stretch(
    _ position: Int, from first: Int, in values: UnsafeBufferPointer<Double>
  ) -> Stretch {
    unsafe Stretch(
      position: position, start: values.baseAddress! + (columns[position] * design.rows + first),
      center: centers[position], scale: inverseScales[position])
  }

  /// Runs `body` for columns 0 and 1, 2 and 3, …; the last with itself where their number is odd.
  @inline(__always)
  private func withPairs(_ rows: Range<Int>, _ body: (Stretch, Stretch) -> Void) {
    precondition(rows.lowerBound >= 0 && rows.upperBound <= design.rows)
    unsafe design.values.withUnsafeBufferPointer { values in
      for position in stride(from: 0, to: columns.count, by: 2) {
        unsafe body(
          stretch(position, from: rows.lowerBound, in: values),
          stretch(min(position + 1, columns.count - 1), from: rows.lowerBound, in: values))
      }
    }
  }
}

/// Eight numbers from `start` on, wherever it lies.
@inline(__always)
func load(_ start: UnsafePointer<Double>) -> SIMD8<Double> {
  unsafe UnsafeRawPointer(start).loadUnaligned(as: SIMD8<Double>.self)
}
