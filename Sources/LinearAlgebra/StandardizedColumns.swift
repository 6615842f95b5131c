import StableNumerics

/// The columns of a design as zᵢⱼ = (xᵢⱼ − centerⱼ) · inverseScaleⱼ, computed from the design's own memory each
/// time they are used: a pass over the rows reads 8 n p bytes and writes none.
///
///   η  = θ₀ + Σⱼ zⱼ θⱼ      ``predictors(_:_:offset:into:)``
///   Zᵀr                     ``accumulateTransposed(_:_:into:)``
///   Zᵀ W Z                  ``RowBlock/load(_:of:rootWeights:from:)``, then ``RowBlock/accumulateGram(into:)``
///
/// Place 0 of θ and of sums belongs to an implied column of ones. Two columns are taken at a time, eight rows at
/// a time; sums run in an order that depends on the range of rows alone.
@safe public struct StandardizedColumns: Sendable {
  public let design: Design
  /// The columns of `design` that take part, in order.
  public let columns: [Int]
  public let centers: [Double]
  public let inverseScales: [Double]

  typealias Lanes = SIMD8<Double>

  public init(_ design: Design, columns: [Int], centers: [Double], inverseScales: [Double]) {
    precondition(centers.count == columns.count && inverseScales.count == columns.count)
    precondition(columns.allSatisfy { $0 >= 0 && $0 < design.columns })
    self.design = design
    self.columns = columns
    self.centers = centers
    self.inverseScales = inverseScales
  }

  /// result[i] = offset + θ₀ + Σⱼ zᵢⱼ θⱼ for the rows of `rows`, the first of which is `result[0]`; `offset`, where
  /// there is one, has a number for each row of the design.
  public func predictors(
    _ rows: Range<Int>, _ theta: [Double], offset: [Double]? = nil, into result: inout [Double]
  ) {
    precondition(theta.count == columns.count + 1 && result.count >= rows.count)
    precondition(offset.map { $0.count == design.rows } ?? true)
    unsafe result.withUnsafeMutableBufferPointer { buffer in
      guard let result = buffer.baseAddress else { return }
      unsafe result.update(repeating: theta[0], count: rows.count)
      if let offset { for (i, row) in rows.enumerated() { unsafe result[i] += offset[row] } }
      switch design.precision {
      case .double: unsafe addPredictors(Double.self, rows, theta, to: result)
      case .single: unsafe addPredictors(Float.self, rows, theta, to: result)
      }
    }
  }

  private func addPredictors<Scalar: LaneScalar>(
    _: Scalar.Type, _ rows: Range<Int>, _ theta: [Double], to result: UnsafeMutablePointer<Double>
  ) {
    withPairs(rows, of: Scalar.self) { first, count, a, b in
      let result = unsafe result + first
      let whole = count & ~7
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

  /// sum[0] += Σ rᵢ, sum[j] += Σ zᵢⱼ rᵢ over the rows of `rows`, the first of which is `right[0]`.
  public func accumulateTransposed(_ rows: Range<Int>, _ right: [Double], into sum: inout [Double]) {
    precondition(sum.count == columns.count + 1 && right.count >= rows.count)
    let whole = rows.count & ~7
    unsafe right.withUnsafeBufferPointer { buffer in
      guard let right = buffer.baseAddress else { return }
      var ones = Lanes(repeating: 0)
      for i in stride(from: 0, to: whole, by: 8) { unsafe ones += load(right + i) }
      sum[0] += ones.sum()
      for i in whole..<rows.count { sum[0] += unsafe right[i] }
      switch design.precision {
      case .double: unsafe accumulateTransposed(Double.self, rows, right, into: &sum)
      case .single: unsafe accumulateTransposed(Float.self, rows, right, into: &sum)
      }
    }
  }

  private func accumulateTransposed<Scalar: LaneScalar>(
    _: Scalar.Type, _ rows: Range<Int>, _ right: UnsafePointer<Double>, into sum: inout [Double]
  ) {
    withPairs(rows, of: Scalar.self) { first, count, a, b in
      let right = unsafe right + first
      let whole = count & ~7
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

  /// target[k · stride + i] = zᵢₖ · roots[i] for the rows of `rows`, the first of which is `target[0]`.
  @unsafe func write(
    _ rows: Range<Int>, times roots: UnsafePointer<Double>, to target: UnsafeMutablePointer<Double>,
    stride: Int
  ) {
    switch design.precision {
    case .double: unsafe write(Double.self, rows, times: roots, to: target, stride: stride)
    case .single: unsafe write(Float.self, rows, times: roots, to: target, stride: stride)
    }
  }

  @unsafe private func write<Scalar: LaneScalar>(
    _: Scalar.Type, _ rows: Range<Int>, times roots: UnsafePointer<Double>,
    to target: UnsafeMutablePointer<Double>, stride: Int
  ) {
    unsafe design.withMemory { memory in
      design.forEachPiece(of: rows) { piece in
        let first = piece.rows.lowerBound - rows.lowerBound
        let count = piece.rows.count
        let whole = count & ~7
        let roots = unsafe roots + first
        for position in columns.indices {
          let column = unsafe stretch(position, piece, in: memory, of: Scalar.self)
          let target = unsafe target + (position * stride + first)
          var i = 0
          while i < whole {
            unsafe UnsafeMutableRawPointer(target + i).storeBytes(
              of: column.lanes(i) * load(roots + i), as: Lanes.self)
            i += 8
          }
          for i in whole..<count { unsafe target[i] = column[i] * roots[i] }
        }
      }
    }
  }

  /// A stretch of one column that lies in one piece.
  @safe private struct Stretch<Scalar: LaneScalar> {
    let position: Int
    private let start: UnsafePointer<Scalar>
    let center: Double
    let scale: Double

    init(position: Int, start: UnsafePointer<Scalar>, center: Double, scale: Double) {
      self.position = position
      unsafe self.start = start
      self.center = center
      self.scale = scale
    }

    /// Eight elements from the i-th on; unchecked, as are the others.
    @unsafe @inline(__always) func lanes(_ i: Int) -> Lanes { unsafe centered(i) * scale }
    /// Before they are scaled: whoever multiplies by a number of its own scales that once.
    @unsafe @inline(__always) func centered(_ i: Int) -> Lanes { unsafe Scalar.lanes(start + i) - center }
    @unsafe @inline(__always) func centered(single i: Int) -> Double { unsafe Double(start[i]) - center }
    @unsafe @inline(__always) subscript(i: Int) -> Double { unsafe (Double(start[i]) - center) * scale }
  }

  /// Column `position` in `piece`; good as long as `memory` is.
  @inline(__always)
  private func stretch<Scalar: LaneScalar>(
    _ position: Int, _ piece: Design.Piece, in memory: UnsafeRawPointer, of: Scalar.Type
  ) -> Stretch<Scalar> {
    unsafe Stretch(
      position: position, start: piece.column(columns[position], in: memory, of: Scalar.self),
      center: centers[position], scale: inverseScales[position])
  }

  /// Runs `body` for columns 0 and 1, 2 and 3, …; the last with itself where their number is odd: piece by piece,
  /// each with its first row's place among `rows` and its number of rows.
  @inline(__always)
  private func withPairs<Scalar: LaneScalar>(
    _ rows: Range<Int>, of: Scalar.Type,
    _ body: (_ first: Int, _ count: Int, Stretch<Scalar>, Stretch<Scalar>) -> Void
  ) {
    precondition(rows.lowerBound >= 0 && rows.upperBound <= design.rows)
    unsafe design.withMemory { memory in
      design.forEachPiece(of: rows) { piece in
        for position in stride(from: 0, to: columns.count, by: 2) {
          unsafe body(
            piece.rows.lowerBound - rows.lowerBound, piece.rows.count,
            stretch(position, piece, in: memory, of: Scalar.self),
            stretch(min(position + 1, columns.count - 1), piece, in: memory, of: Scalar.self))
        }
      }
    }
  }
}

/// Eight numbers from `start` on, wherever it lies.
@inline(__always)
func load(_ start: UnsafePointer<Double>) -> SIMD8<Double> {
  unsafe UnsafeRawPointer(start).loadUnaligned(as: SIMD8<Double>.self)
}
