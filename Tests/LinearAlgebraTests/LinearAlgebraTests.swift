import LinearAlgebra
import StableNumerics
import Testing

@Suite("Factorisations and row blocks")
struct LinearAlgebraTests {
  private func random(_ rows: Int, _ columns: Int, seed: UInt64) -> Matrix {
    var random = SplitMix64(seed: seed)
    return Matrix(
      rows: rows, columns: columns, values: (0..<rows * columns).map { _ in random.uniform() - 0.5 })
  }

  /// ZᵀZ by three loops.
  private func gram(_ z: Matrix) -> Matrix {
    var result = Matrix(rows: z.columns, columns: z.columns)
    for a in 0..<z.columns {
      for b in 0..<z.columns {
        for i in 0..<z.rows { result[a, b] += z[i, a] * z[i, b] }
      }
    }
    return result
  }

  @Test("Solve, inverse, root and determinant of one factor agree")
  func cholesky() throws {
    var a = gram(random(40, 6, seed: 1))
    for i in 0..<6 { for j in 0..<6 { a[i, j] *= pow10(i) * pow10(j) } }
    let factor = try Cholesky(a)
    let x = factor.solve([1, -2, 3, -4, 5, -6])
    for (value, expected) in zip(a.times(x), [1.0, -2, 3, -4, 5, -6]) {
      #expect((value - expected).magnitude < 1e-9)
    }
    let identity = a.times(factor.inverse())
    for i in 0..<6 { #expect((identity[i, i] - 1).magnitude < 1e-9) }
    let root = factor.inverseRoot()
    let product = root.times(root.transposed)
    for i in product.values.indices {
      #expect((product.values[i] - factor.inverse().values[i]).magnitude < 1e-12)
    }
    let eigen = try SymmetricEigen(gram(random(40, 6, seed: 1)))
    let sum = eigen.values.reduce(0) { $0 + log($1) } + 2 * (0..<6).reduce(0) { $0 + log(pow10($1)) }
    #expect((factor.logDeterminant - sum).magnitude < 1e-10)
    // Equilibrated: six orders of magnitude in the scales leave the condition alone.
    #expect(factor.reciprocalCondition > 0.05)
  }

  private func pow10(_ i: Int) -> Double { (0..<i).reduce(1.0) { value, _ in value * 10 } }

  @Test("A dependent column is found, in INFO or in the condition")
  func dependent() throws {
    for seed in 0..<200 {
      var z = random(30, 4, seed: UInt64(seed))
      for i in 0..<30 { z[i, 3] = z[i, 0] + z[i, 1] }
      do throws(LAPACKError) {
        #expect(try Cholesky(gram(z)).reciprocalCondition < 1e-14)
      } catch {
        #expect(error == .notPositiveDefinite(order: 4))
      }
    }
    #expect(throws: LAPACKError.notPositiveDefinite(order: 2)) {
      try Cholesky(Matrix(rows: 2, columns: 2, values: [1, 0, 0, 0]))
    }
  }

  @Test("What is not finite never reaches LAPACK")
  func notFinite() {
    for value in [Double.nan, .infinity] {
      #expect(throws: LAPACKError.notFinite(routine: "dpotrf")) {
        try Cholesky(Matrix(rows: 1, columns: 1, values: [value]))
      }
      #expect(throws: LAPACKError.notFinite(routine: "dsyev")) {
        try SymmetricEigen(Matrix(rows: 1, columns: 1, values: [value]))
      }
    }
  }

  @Test("A row block is the standardised rows, and its products are plain sums", arguments: [3, 70])
  func rowBlock(_ columns: Int) {
    let design = random(50, columns, seed: 7)
    let list = (0..<columns).filter { $0 != 1 }
    let centers = list.map { Double($0) / 10 }
    let scales = list.map { 1 + Double($0) }
    var block = RowBlock(capacity: 20, designColumns: list.count, hasIntercept: true)
    block.load(rows: 15..<32, of: Design(design), columns: list, centers: centers, inverseScales: scales)
    var plain = Matrix(rows: 17, columns: list.count + 1, repeating: 1)
    for i in 0..<17 {
      for (k, j) in list.enumerated() { plain[i, k + 1] = (design[15 + i, j] - centers[k]) * scales[k] }
    }
    for i in 0..<17 { for k in 0...list.count { #expect(block[i, k] == plain[i, k]) } }
    var sum = [Double](repeating: 0, count: (list.count + 1) * (list.count + 1))
    block.accumulateGram(into: &sum)
    let expected = gram(plain)
    for j in 0...list.count {
      for i in j...list.count { #expect((sum[j * (list.count + 1) + i] - expected[i, j]).magnitude < 1e-9) }
    }
    let theta = (0...list.count).map { Double($0) - 1 }
    var eta = [Double](repeating: 0, count: block.capacity)
    block.multiply(theta, into: &eta)
    let image = plain.times(theta)
    for i in 0..<17 { #expect((eta[i] - image[i]).magnitude < 1e-8) }
    var picked = RowBlock(capacity: 20, designColumns: list.count, hasIntercept: true)
    picked.load(
      indices: [15, 31, 20][...], of: Design(design), columns: list, centers: centers, inverseScales: scales)
    for k in 0...list.count {
      #expect(picked[0, k] == plain[0, k] && picked[1, k] == plain[16, k] && picked[2, k] == plain[5, k])
    }
  }
}

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif
