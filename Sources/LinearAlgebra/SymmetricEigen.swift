import CLAPACK

/// A = V diag(λ) Vᵀ of a symmetric matrix; eigenvalues ascend. Cost about 9 q³. Source: LAPACK dsyev.
public struct SymmetricEigen: Sendable {
  public let values: [Double]
  /// Column k belongs to `values[k]`.
  public let vectors: Matrix

  /// Decomposes `matrix`, of which the lower triangle is read.
  public init(_ matrix: Matrix) throws(LAPACKError) {
    precondition(matrix.rows == matrix.columns, "a symmetric matrix is square")
    SingleThreadedBLAS.ensure()
    try checkFinite(matrix.values, before: "dsyev")
    let q = matrix.rows
    var a = matrix.values
    var eigenvalues = [Double](repeating: 0, count: max(1, q))
    var order = Int32(q)
    var leading = Int32(max(1, q))
    var work = [Double](repeating: 0, count: max(1, 34 * q))
    var workCount = Int32(work.count)
    var info: Int32 = 0
    var job = CChar(UInt8(ascii: "V"))
    var uplo = CChar(UInt8(ascii: "L"))
    unsafe dsyev_(
      &job, &uplo, &order, &a, &leading, &eigenvalues, &work, &workCount, &info, 1, 1)
    try check(info, of: "dsyev")
    values = Array(eigenvalues.prefix(q))
    vectors = Matrix(rows: q, columns: q, values: a)
  }
}
