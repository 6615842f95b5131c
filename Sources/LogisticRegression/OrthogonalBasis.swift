import LinearAlgebra

/// S = Q R for the standardised columns S of a problem: Q's columns are orthonormal in the rows' weights and
/// orthogonal to the ones, R is upper triangular. Nearly dependent columns keep in Q every digit that the data
/// have, where the Hessian of S would square their condition.
///
/// Modified Gram–Schmidt with each column taken twice ("twice is enough", Giraud et al. 2005). Cost 4 n p²,
/// memory a copy of the design; used only where ``RankAnalysis`` finds nearly dependent columns.
struct OrthogonalBasis {
  /// The same likelihood over Q.
  let problem: Problem
  /// R⁻¹
  let inverse: Matrix

  init(_ problem: Problem) {
    let n = problem.rows
    let p = problem.columns.count
    let weights = problem.weights ?? Array(repeating: 1, count: n)
    let total = problem.totalWeight
    var basis = Matrix(rows: n, columns: p)
    var triangle = Matrix(rows: p, columns: p)
    for j in 0..<p {
      let source = problem.columns[j] * n
      var column = (0..<n).map {
        (problem.design.values[source + $0] - problem.centers[j]) * problem.inverseScales[j]
      }
      for _ in 0..<2 {
        var mean = 0.0
        for i in 0..<n { mean += weights[i] * column[i] }
        mean /= total
        for i in 0..<n { column[i] -= mean }
        for k in 0..<j {
          var product = 0.0
          for i in 0..<n { product += weights[i] * basis.values[k * n + i] * column[i] }
          product /= total
          triangle[k, j] += product
          for i in 0..<n { column[i] -= product * basis.values[k * n + i] }
        }
      }
      var square = 0.0
      for i in 0..<n { square += weights[i] * column[i] * column[i] }
      let norm = (square / total).squareRoot()
      triangle[j, j] = norm
      for i in 0..<n { basis.values[j * n + i] = column[i] / norm }
    }
    var inverse = Matrix(rows: p, columns: p)
    for j in 0..<p {
      for i in stride(from: j, through: 0, by: -1) {
        var value = i == j ? 1.0 : 0.0
        for k in (i + 1)..<max(i + 1, j + 1) { value -= triangle[i, k] * inverse[k, j] }
        inverse[i, j] = value / triangle[i, i]
      }
    }
    self.inverse = inverse
    var changed = problem
    changed.design = basis
    changed.columns = Array(0..<p)
    changed.centers = Array(repeating: 0, count: p)
    changed.inverseScales = Array(repeating: 1, count: p)
    changed.basis = inverse
    self.problem = changed
  }
}
