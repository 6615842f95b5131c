import CLAPACK
#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// The Cholesky factor of a symmetric positive definite matrix A, equilibrated first:
/// D A D = L Lᵀ with Dᵢ = Aᵢᵢ^(−1/2), so that the scale of a row never decides whether it counts as singular.
///
/// Cost: q³/3 for q rows. Source: LAPACK dpotrf, dpocon; equilibration after van der Sluis (1969), who shows
/// it to be within a factor q of the best diagonal scaling.
public struct Cholesky: Sendable {
  public let order: Int
  /// 1 / (‖DAD‖₁ ‖(DAD)⁻¹‖₁), estimated (dpocon). Below about 1e-15 the factor tells little.
  public let reciprocalCondition: Double
  private let scale: [Double]
  private var factor: [Double]

  /// Factors `matrix`, of which the lower triangle is read.
  public init(_ matrix: Matrix) throws(LAPACKError) {
    precondition(matrix.rows == matrix.columns, "a symmetric matrix is square")
    SingleThreadedBLAS.ensure()
    let q = matrix.rows
    try checkFinite(matrix.values, before: "dpotrf")
    var scale = [Double](repeating: 1, count: q)
    for i in 0..<q {
      let diagonal = matrix[i, i]
      guard diagonal > 0 else { throw .notPositiveDefinite(order: i + 1) }
      scale[i] = 1 / diagonal.squareRoot()
    }
    var a = [Double](repeating: 0, count: q * q)
    var columnSums = [Double](repeating: 0, count: q)
    for j in 0..<q {
      for i in j..<q {
        let value = matrix[i, j] * scale[i] * scale[j]
        a[j * q + i] = value
        columnSums[j] += value.magnitude
        if i != j { columnSums[i] += value.magnitude }
      }
    }
    var count = Int32(q)
    var leading = Int32(max(1, q))
    var lower = CChar(UInt8(ascii: "L"))
    var info: Int32 = 0
    unsafe dpotrf_(&lower, &count, &a, &leading, &info, 1)
    try check(info, of: "dpotrf")

    var reciprocal = 0.0
    var norm = columnSums.max() ?? 1
    var work = [Double](repeating: 0, count: max(1, 3 * q))
    var integers = [Int32](repeating: 0, count: max(1, q))
    unsafe dpocon_(&lower, &count, &a, &leading, &norm, &reciprocal, &work, &integers, &info, 1)
    try check(info, of: "dpocon")
    self.order = q
    self.scale = scale
    self.factor = a
    reciprocalCondition = q == 0 ? 1 : reciprocal
  }

  /// x with A x = b.
  public func solve(_ right: [Double]) -> [Double] {
    precondition(right.count == order, "the right side has one number for each row")
    var x = right
    for i in 0..<order { x[i] *= scale[i] }
    // Forward, then backward substitution: q² each, too small a work for a call.
    for j in 0..<order {
      let value = x[j] / factor[j * order + j]
      x[j] = value
      for i in (j + 1)..<max(j + 1, order) { x[i] -= value * factor[j * order + i] }
    }
    for j in stride(from: order - 1, through: 0, by: -1) {
      var value = x[j]
      for i in (j + 1)..<max(j + 1, order) { value -= factor[j * order + i] * x[i] }
      x[j] = value / factor[j * order + j]
    }
    for i in 0..<order { x[i] *= scale[i] }
    return x
  }

  /// D L⁻ᵀ, the matrix M with M Mᵀ = A⁻¹: rows z of a design have the leverage ‖z M‖².
  public func inverseRoot() -> Matrix {
    var columns = Matrix(rows: order, columns: order)
    // Column k of L⁻ᵀ solves Lᵀ x = eₖ, whose entries below k vanish.
    for k in 0..<order {
      var x = [Double](repeating: 0, count: order)
      x[k] = 1
      for j in stride(from: k, through: 0, by: -1) {
        var value = x[j]
        for i in (j + 1)..<max(j + 1, k + 1) { value -= factor[j * order + i] * x[i] }
        x[j] = value / factor[j * order + j]
      }
      for i in 0..<order { columns[i, k] = x[i] * scale[i] }
    }
    return columns
  }

  /// A⁻¹, exactly symmetric.
  public func inverse() -> Matrix {
    let root = inverseRoot()
    var result = Matrix(rows: order, columns: order)
    for i in 0..<order {
      for j in 0...i {
        var sum = 0.0
        for k in i..<order { sum += root[i, k] * root[j, k] }
        result[i, j] = sum
        result[j, i] = sum
      }
    }
    return result
  }

  /// log |A|.
  public var logDeterminant: Double {
    var sum = 0.0
    for i in 0..<order {
      sum += log(factor[i * order + i]) - log(scale[i])
    }
    return 2 * sum
  }
}
