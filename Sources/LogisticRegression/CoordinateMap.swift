import LinearAlgebra

/// Between the solver's θ (intercept at the means, then per standard deviation, possibly in an orthogonal
/// basis) and the estimates in the units of the columns.
struct CoordinateMap: Sendable {
  /// Columns of the design that take part.
  var columns: [Int]
  var centers: [Double]
  var inverseScales: [Double]
  var basis: Matrix?
  /// p, those without an estimate included.
  var termCount: Int

  func original(_ theta: [Double]) -> (intercept: Double, coefficients: [Double]) {
    var intercept = theta[0]
    var coefficients = [Double](repeating: 0, count: termCount)
    for (k, gamma) in perDeviation(theta).enumerated() {
      let slope = gamma * inverseScales[k]
      coefficients[columns[k]] = slope
      intercept -= slope * centers[k]
    }
    return (intercept, coefficients)
  }

  /// Coefficients per standard deviation.
  func perDeviation(_ theta: [Double]) -> [Double] {
    let tail = Array(theta.dropFirst())
    return basis.map { $0.times(tail) } ?? tail
  }

  /// θ of given estimates; nil in a basis, whose inverse is not kept.
  func theta(intercept: Double, coefficients: [Double]) -> [Double]? {
    guard basis == nil else { return nil }
    var theta = [intercept]
    for (k, column) in columns.enumerated() {
      theta[0] += coefficients[column] * centers[k]
      theta.append(coefficients[column] / inverseScales[k])
    }
    return theta.allSatisfy(\.isFinite) ? theta : nil
  }

  /// T with (intercept, coefficients of `columns`) = T θ.
  var matrix: Matrix {
    let q = columns.count + 1
    var result = Matrix(rows: q, columns: q)
    result[0, 0] = 1
    for k in columns.indices {
      for m in columns.indices {
        let value = (basis?[k, m] ?? (k == m ? 1 : 0)) * inverseScales[k]
        result[k + 1, m + 1] = value
        result[0, m + 1] -= value * centers[k]
      }
    }
    return result
  }
}
