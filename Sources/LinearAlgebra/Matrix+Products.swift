import CLAPACK

extension Matrix {
  /// A x.
  public func times(_ vector: [Double]) -> [Double] {
    precondition(vector.count == columns, "a factor needs a number for each column")
    SingleThreadedBLAS.ensure()
    var result = [Double](repeating: 0, count: rows)
    guard rows > 0, columns > 0 else { return result }
    unsafe cblas_dgemv(
      CblasColMajor, CblasNoTrans, Int32(rows), Int32(columns), 1, values, Int32(rows), vector, 1, 0,
      &result, 1)
    return result
  }

  /// Aᵀ x.
  public func transposedTimes(_ vector: [Double]) -> [Double] {
    precondition(vector.count == rows, "a factor needs a number for each row")
    SingleThreadedBLAS.ensure()
    var result = [Double](repeating: 0, count: columns)
    guard rows > 0, columns > 0 else { return result }
    unsafe cblas_dgemv(
      CblasColMajor, CblasTrans, Int32(rows), Int32(columns), 1, values, Int32(rows), vector, 1, 0, &result, 1
    )
    return result
  }

  /// A B.
  public func times(_ right: Matrix) -> Matrix {
    precondition(columns == right.rows, "inner dimensions agree")
    SingleThreadedBLAS.ensure()
    var result = Matrix(rows: rows, columns: right.columns)
    guard rows > 0, columns > 0, right.columns > 0 else { return result }
    unsafe cblas_dgemm(
      CblasColMajor, CblasNoTrans, CblasNoTrans, Int32(rows), Int32(right.columns), Int32(columns), 1, values,
      Int32(rows), right.values, Int32(columns), 0, &result.values, Int32(rows))
    return result
  }

  /// The symmetric matrix of `order` rows whose lower triangle is the sum, in their order, of those of `parts`.
  public init(order: Int, lowerTriangles parts: [[Double]]) {
    self.init(rows: order, columns: order)
    for part in parts { for j in part.indices { values[j] += part[j] } }
    for j in 0..<order { for i in j..<order { self[j, i] = self[i, j] } }
  }

  public var transposed: Matrix {
    var result = Matrix(rows: columns, columns: rows)
    for j in 0..<columns { for i in 0..<rows { result[j, i] = self[i, j] } }
    return result
  }

  /// The rows with these indices, in this order.
  public func rows(at indices: [Int32]) -> Matrix {
    precondition(indices.allSatisfy { $0 >= 0 && Int($0) < rows })
    var result = [Double]()
    result.reserveCapacity(indices.count * columns)
    for j in 0..<columns {
      let base = j * rows
      for index in indices { result.append(values[base + Int(index)]) }
    }
    return Matrix(rows: indices.count, columns: columns, values: result)
  }
}
