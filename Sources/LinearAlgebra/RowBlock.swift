import CLAPACK

/// A cache-sized block of rows of a design, standardised while it is loaded: the working store of one thread
/// in a pass over the rows. Element (i, j) is (xᵢⱼ − centerⱼ) · inverseScaleⱼ, behind a column of ones where
/// there is an intercept. Nothing else in Pulso ever makes a standardised copy of a design.
///
/// Columns start on 64-byte boundaries, so that BLAS sums in the same order wherever the block lies.
@safe public struct RowBlock: ~Copyable {
  /// Rows that fit in.
  public let capacity: Int
  /// Columns, the one of ones included.
  public let columns: Int
  /// Rows loaded.
  public private(set) var count = 0
  private let hasIntercept: Bool
  private let storage: UnsafeMutablePointer<Double>

  public init(capacity: Int, designColumns: Int, hasIntercept: Bool) {
    SingleThreadedBLAS.ensure()
    self.capacity = (max(1, capacity) + 7) & ~7
    self.hasIntercept = hasIntercept
    columns = designColumns + (hasIntercept ? 1 : 0)
    let bytes = max(1, self.capacity * columns) * MemoryLayout<Double>.stride
    unsafe storage = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
      .assumingMemoryBound(to: Double.self)
  }

  deinit {
    unsafe storage.deallocate()
  }

  /// Loads `rows` of the listed columns of `design`.
  public mutating func load(
    rows: Range<Int>, of design: Design, columns list: [Int], centers: [Double], inverseScales: [Double]
  ) {
    precondition(rows.count <= capacity && rows.lowerBound >= 0 && rows.upperBound <= design.rows)
    precondition(list.count == columns - (hasIntercept ? 1 : 0))
    precondition(centers.count == list.count && inverseScales.count == list.count)
    count = rows.count
    let first = fillOnes()
    for (position, column) in list.enumerated() {
      let target = unsafe storage + (first + position) * capacity
      unsafe design.read(
        column: column, rows, center: centers[position], scale: inverseScales[position], into: target)
    }
  }

  /// Loads the rows with these indices.
  public mutating func load(
    indices: ArraySlice<Int32>, of design: Design, columns list: [Int], centers: [Double],
    inverseScales: [Double]
  ) {
    precondition(indices.count <= capacity)
    precondition(indices.allSatisfy { $0 >= 0 && Int($0) < design.rows })
    precondition(list.count == columns - (hasIntercept ? 1 : 0))
    precondition(centers.count == list.count && inverseScales.count == list.count)
    count = indices.count
    let first = fillOnes()
    for (position, column) in list.enumerated() {
      let target = unsafe storage + (first + position) * capacity
      unsafe design.read(column: column, indices, into: target)
      let center = centers[position]
      let scale = inverseScales[position]
      for i in 0..<count { unsafe target[i] = (target[i] - center) * scale }
    }
  }

  /// Loads `rows` of `source`, behind ones, each row times its root weight: `rootWeights[first]` is the first row's.
  public mutating func load(
    _ rows: Range<Int>, of source: StandardizedColumns, rootWeights: [Double], from first: Int
  ) {
    precondition(rows.count <= capacity && rows.lowerBound >= 0 && rows.upperBound <= source.design.rows)
    precondition(hasIntercept && columns == source.columns.count + 1)
    precondition(first >= 0 && first + rows.count <= rootWeights.count)
    count = rows.count
    unsafe rootWeights.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      let roots = unsafe base + first
      unsafe storage.update(from: roots, count: count)
      unsafe source.write(rows, times: roots, to: storage + capacity, stride: capacity)
    }
  }

  private func fillOnes() -> Int {
    guard hasIntercept else { return 0 }
    for i in 0..<count { unsafe storage[i] = 1 }
    return 1
  }

  /// result = Z θ (+ what `result` holds, where `adding`); `result` has room for `capacity` numbers.
  public func multiply(_ theta: [Double], into result: inout [Double], adding: Bool = false) {
    precondition(theta.count == columns && result.count >= count)
    guard count > 0 else { return }
    guard columns > 0 else {
      if !adding { for i in 0..<count { result[i] = 0 } }
      return
    }
    unsafe cblas_dgemv(
      CblasColMajor, CblasNoTrans, Int32(count), Int32(columns), 1, storage, Int32(capacity), theta, 1,
      adding ? 1 : 0, &result, 1)
  }

  /// sum += Zᵀ r.
  public func accumulateTransposed(_ right: [Double], into sum: inout [Double]) {
    precondition(sum.count == columns && right.count >= count)
    guard count > 0, columns > 0 else { return }
    unsafe cblas_dgemv(
      CblasColMajor, CblasTrans, Int32(count), Int32(columns), 1, storage, Int32(capacity), right, 1, 1,
      &sum, 1)
  }

  /// sum += Zᵀ R for R of `count` rows and `models` columns, column after column.
  public func accumulateTransposed(_ right: [Double], models: Int, into sum: inout Matrix) {
    precondition(sum.rows == columns && sum.columns == models && right.count >= count * models)
    guard count > 0, columns > 0, models > 0 else { return }
    unsafe cblas_dgemm(
      CblasColMajor, CblasTrans, CblasNoTrans, Int32(columns), Int32(models), Int32(count), 1, storage,
      Int32(capacity), right, Int32(count), 1, &sum.values, Int32(columns))
  }

  /// Z ← diag(factors) Z.
  public mutating func scaleRows(by factors: [Double]) {
    precondition(factors.count >= count)
    unsafe factors.withUnsafeBufferPointer { factors in
      let scale = factors.baseAddress!
      for j in 0..<columns {
        let column = unsafe storage + j * capacity
        for i in 0..<count { unsafe column[i] *= scale[i] }
      }
    }
  }

  /// Rows of a block for ``accumulateGram(into:)``: BLAS cuts a product in slices of about as many, and a block
  /// of these stays in the first two caches between its loading and its use.
  public static let gramRows = 256

  /// sum += Zᵀ Z, column-major with `columns` rows; only its lower triangle is promised.
  ///
  /// Measured on OpenBLAS 0.3.21 with AVX-512, one thread, in 10⁹ n q² a second (dgemm on all of it / dsyrk / the
  /// two halves by dgemm): q = 11: 23/6/30, q = 31: 17/12/25, q = 64: 18/24/23, q = 101: 20/35/23.
  public func accumulateGram(into sum: inout [Double]) {
    precondition(sum.count == columns * columns)
    guard count > 0, columns > 0 else { return }
    let q = Int32(columns)
    let leading = Int32(capacity)
    if columns > 56 {
      unsafe cblas_dsyrk(
        CblasColMajor, CblasLower, CblasTrans, q, Int32(count), 1, storage, leading, 1, &sum, q)
      return
    }
    // The left half of the columns whole, then the lower right corner: three quarters of the product.
    let left = columns / 2
    let right = Int32(columns - left)
    let corner = unsafe storage + left * capacity
    unsafe sum.withUnsafeMutableBufferPointer { sum in
      if left > 0 {
        unsafe cblas_dgemm(
          CblasColMajor, CblasTrans, CblasNoTrans, q, Int32(left), Int32(count), 1, storage, leading, storage,
          leading, 1, sum.baseAddress!, q)
      }
      unsafe cblas_dgemm(
        CblasColMajor, CblasTrans, CblasNoTrans, right, right, Int32(count), 1, corner, leading, corner,
        leading, 1, sum.baseAddress! + (left * columns + left), q)
    }
  }

  /// result[k · count + i] = (Z B)ᵢₖ for a matrix B with a row for each column of Z.
  public func multiply(_ right: Matrix, into result: inout [Double]) {
    precondition(right.rows == columns && result.count >= count * right.columns)
    guard count > 0, columns > 0, right.columns > 0 else { return }
    unsafe cblas_dgemm(
      CblasColMajor, CblasNoTrans, CblasNoTrans, Int32(count), Int32(right.columns), Int32(columns), 1,
      storage, Int32(capacity), right.values, Int32(columns), 0, &result, Int32(count))
  }

  /// Element (i, j), for callers that need single numbers.
  public subscript(row: Int, column: Int) -> Double {
    precondition(row >= 0 && row < count && column >= 0 && column < columns)
    return unsafe storage[column * capacity + row]
  }
}
