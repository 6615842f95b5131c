import LinearAlgebra

/// S = Q R for the standardised columns S of a problem: Q's columns are orthonormal in the rows' weights and
/// orthogonal to the ones, R is upper triangular. Nearly dependent columns keep in Q every digit that the data
/// have, where the Hessian of S would square their condition.
///
/// Modified Gram–Schmidt with each column taken twice ("twice is enough", Giraud et al. 2005). Cost 4 n p²,
/// memory a copy of the design;
/// used only where ``RankAnalysis`` finds nearly dependent columns, and not for a design in a file.
struct OrthogonalBasis {
  /// The same likelihood over Q.
  let problem: Problem
  /// R⁻¹ of the columns that Q stands for.
  let inverse: Matrix
  /// The positions that add nothing to those before them, with the positions that make them up; none without
  /// `limits`.
  let dependent: [Int: [Int]]

  /// `limits` are the residual deviations, in standard deviations of the column, up to which it counts as
  /// dependent.
  init(_ problem: Problem, limits: [Double]? = nil) {
    let n = problem.rows
    let weights = problem.weights ?? Array(repeating: 1, count: n)
    let total = problem.totalWeight
    var kept: [Int] = []
    var basis: [Double] = []
    var columnsOfR: [[Double]] = []
    var left: [(position: Int, coordinates: [Double])] = []
    for j in problem.columns.indices {
      var column = problem.design.column(problem.columns[j]).map {
        ($0 - problem.centers[j]) * problem.inverseScales[j]
      }
      var coordinates = [Double](repeating: 0, count: kept.count)
      for _ in 0..<2 {
        var mean = 0.0
        for i in 0..<n { mean += weights[i] * column[i] }
        mean /= total
        for i in 0..<n { column[i] -= mean }
        for k in kept.indices {
          var product = 0.0
          for i in 0..<n { product += weights[i] * basis[k * n + i] * column[i] }
          product /= total
          coordinates[k] += product
          for i in 0..<n { column[i] -= product * basis[k * n + i] }
        }
      }
      var square = 0.0
      for i in 0..<n { square += weights[i] * column[i] * column[i] }
      let norm = (square / total).squareRoot()
      if let limits, norm <= limits[j] {
        left.append((j, coordinates))
        continue
      }
      kept.append(j)
      columnsOfR.append(coordinates + [norm])
      basis += column.map { $0 / norm }
    }
    let p = kept.count
    var inverse = Matrix(rows: p, columns: p)
    for j in 0..<p {
      for i in stride(from: j, through: 0, by: -1) {
        var value = i == j ? 1.0 : 0.0
        for k in (i + 1)..<max(i + 1, j + 1) { value -= columnsOfR[k][i] * inverse[k, j] }
        inverse[i, j] = value / columnsOfR[i][i]
      }
    }
    self.inverse = inverse
    var dependent: [Int: [Int]] = [:]
    for (position, coordinates) in left {
      let padded = coordinates + Array(repeating: 0, count: p - coordinates.count)
      dependent[position] = inverse.times(padded).enumerated()
        .filter { $0.element.magnitude > 1e-8 }.map { kept[$0.offset] }
    }
    self.dependent = dependent
    var changed = problem.keeping(kept)
    changed.design = Design(Matrix(rows: n, columns: p, values: basis))
    changed.columns = Array(0..<p)
    changed.centers = Array(repeating: 0, count: p)
    changed.inverseScales = Array(repeating: 1, count: p)
    changed.basis = inverse
    self.problem = changed
  }
}
