import LinearAlgebra
import StableNumerics

/// Which columns add nothing to those before them, and which add so little that a plain Hessian would lose
/// their digits.
///
/// A column is aliased where its residual on the columns before it (the one of ones included) has a standard
/// deviation below 1e-10 of its own or below 16 ulp of its size: properties of the data, not of how far a fit
/// iterates. Like R's `glm`, the later column goes. The Hessian only points out suspects (residual variance
/// below 1e-8); the verdict comes from residuals computed row by row and refined twice.
struct RankAnalysis {
  /// Positions in the problem's columns.
  private(set) var kept: [Int] = []
  private(set) var aliased: [Int] = []
  /// Kept positions whose residual deviation is below 1e-4 of their own: to be orthogonalised.
  private(set) var nearlyDependent: [Int] = []
  /// The positions that make up each aliased one.
  private(set) var combinations: [Int: [Int]] = [:]

  /// `hessian` is that of the null model without an offset, of these rows or of a sample of them; `magnitudes` belong to the
  /// problem's columns.
  init(_ problem: Problem, hessian: Matrix, magnitudes: [Double]) throws(FitError) {
    var accepted = [0]
    var suspects: [Int] = []
    var factor: [[Double]] = []  // rows of L for the accepted, of the Hessian scaled to a unit diagonal
    let q = problem.dimension
    let scale = (0..<q).map { hessian[$0, $0] > 0 ? 1 / hessian[$0, $0].squareRoot() : 0 }
    factor.append([1])
    for j in 1..<max(1, q) {
      var row: [Double] = []
      var rest = scale[j] > 0 ? 1.0 : 0.0
      for (k, i) in accepted.enumerated() {
        var value = hessian[j, i] * scale[j] * scale[i]
        for m in 0..<k { value -= row[m] * factor[k][m] }
        value /= factor[k][k]
        row.append(value)
        rest -= value * value
      }
      if rest > 1e-8 {
        row.append(rest.squareRoot())
        factor.append(row)
        accepted.append(j)
      } else {
        suspects.append(j)
      }
    }
    var near: [Int] = []
    if !suspects.isEmpty {
      let base = accepted
      let cholesky = try linearAlgebra { () throws(LAPACKError) in try Cholesky(hessian.principal(base)) }
      for j in suspects {
        // Only columns before j may stand for it.
        let before = base.filter { $0 < j }
        let solver =
          before.count == base.count
          ? cholesky
          : try linearAlgebra { () throws(LAPACKError) in try Cholesky(hessian.principal(before)) }
        // Where j is a combination, the Hessian tells it exactly, that of a sample too.
        var combination = [Double](repeating: 0, count: q)
        combination[j] = 1
        for (i, part) in zip(before, solver.solve(before.map { hessian[$0, j] })) { combination[i] = -part }
        var residual = problem.gram(times: combination)
        for _ in 0..<3 {
          // The null model's Hessian is the Gram matrix times p (1 − p), its first element.
          let correction = solver.solve(before.map { hessian[0, 0] * residual.product[$0] })
          for (k, i) in before.enumerated() { combination[i] -= correction[k] }
          residual = problem.gram(times: combination)
        }
        let deviation = residual.square.squareRoot()
        if deviation <= Self.limit(magnitudes[j - 1] * problem.inverseScales[j - 1]) {
          aliased.append(j - 1)
          combinations[j - 1] = before.filter { $0 > 0 && combination[$0].magnitude > 1e-8 }.map { $0 - 1 }
        } else {
          accepted.append(j)
          if deviation < 1e-4 { near.append(j - 1) }
        }
      }
    }
    kept = accepted.filter { $0 > 0 }.map { $0 - 1 }.sorted()
    nearlyDependent = near
    if !near.isEmpty, problem.design.isMapped { throw .nearlyDependent(near.map { problem.names[$0] }) }
    if near.count > 1 { separateSuspects(problem, magnitudes) }
  }

  /// The residual deviation, in deviations of the column, up to which a column is aliased; `magnitude` in the same
  /// unit.
  private static func limit(_ magnitude: Double) -> Double { max(1e-10, 16 * 0x1p-52 * magnitude) }

  /// Each suspect was held against the columns above suspicion only: one may still be a combination of another and
  /// those. An orthogonal basis of all kept columns tells.
  private mutating func separateSuspects(_ problem: Problem, _ magnitudes: [Double]) {
    let limits = kept.map { Self.limit(magnitudes[$0] * problem.inverseScales[$0]) }
    let before = kept
    for (place, parts) in OrthogonalBasis(problem.keeping(before), limits: limits).dependent {
      aliased.append(before[place])
      combinations[before[place]] = parts.map { before[$0] }
    }
    aliased.sort()
    kept.removeAll { combinations[$0] != nil }
    nearlyDependent.removeAll { combinations[$0] != nil }
  }
}

extension Problem {
  /// (1/W) ZᵀW Z v and (1/W) ‖Zv‖²_W.
  func gram(times vector: [Double]) -> (product: [Double], square: Double) {
    let plan = RowPlan(rows: rows, columns: dimension)
    let parts = mapBlocks(count: plan.parts, threads: threads) { part in
      var product = [Double](repeating: 0, count: dimension)
      var square = 0.0
      var block = RowBlock(capacity: plan.blockRows, designColumns: columns.count, hasIntercept: true)
      var image = [Double](repeating: 0, count: block.capacity)
      for range in plan.blocks(of: part) {
        block.load(
          rows: range, of: design, columns: columns, centers: centers, inverseScales: inverseScales)
        block.multiply(vector, into: &image)
        for (i, row) in range.enumerated() {
          let weighted = image[i] * (weights.map { $0[row] } ?? 1)
          square += weighted * image[i]
          image[i] = weighted
        }
        block.accumulateTransposed(image, into: &product)
      }
      return (product: product, square: square)
    }
    var product = [Double](repeating: 0, count: dimension)
    var square = 0.0
    for part in parts {
      square += part.square
      for j in product.indices { product[j] += part.product[j] }
    }
    return (product.map { $0 / totalWeight }, square / totalWeight)
  }
}
