import Foundation
import StableNumerics

/// Maximum-likelihood logistic regression by plain Newton steps and Cholesky: a witness of the test's own,
/// beside the solver that the product uses.
struct NewtonFit {
  let coefficients: [Double]
  /// −∂² log-likelihood at the coefficients.
  let information: [[Double]]
  let standardErrors: [Double]

  init(design: [[Double]], events: [Bool]) {
    let p = design.first?.count ?? 0
    var beta = [Double](repeating: 0, count: p)
    var hessian = [[Double]](repeating: [Double](repeating: 0, count: p), count: p)
    for _ in 0..<12 {
      var gradient = [Double](repeating: 0, count: p)
      for i in 0..<p { for j in 0..<p { hessian[i][j] = 0 } }
      for (row, event) in zip(design, events) {
        var eta = 0.0
        for j in 0..<p { eta += row[j] * beta[j] }
        let mu = expit(eta)
        let weight = mu * (1 - mu)
        for j in 0..<p where row[j] != 0 {
          gradient[j] += row[j] * ((event ? 1 : 0) - mu)
          for k in 0...j { hessian[j][k] += weight * row[j] * row[k] }
        }
      }
      let step = Self.solve(Self.cholesky(hessian), gradient)
      for j in 0..<p { beta[j] += step[j] }
    }
    coefficients = beta
    let factor = Self.cholesky(hessian)
    standardErrors = (0..<p).map { j in
      let unit = (0..<p).map { $0 == j ? 1.0 : 0.0 }
      return Self.solve(factor, unit)[j].squareRoot()
    }
    information = (0..<p).map { i in (0..<p).map { j in i >= j ? hessian[i][j] : hessian[j][i] } }
  }

  /// (β − b)ᵀ I (β − b): χ² with as many degrees of freedom as coefficients when b is the truth.
  func waldStatistic(against truth: [Double]) -> Double {
    let delta = zip(coefficients, truth).map { $0 - $1 }
    var sum = 0.0
    for i in delta.indices { for j in delta.indices { sum += delta[i] * information[i][j] * delta[j] } }
    return sum
  }

  /// The lower triangle L of A = L Lᵀ; reads the lower triangle of `a`.
  private static func cholesky(_ a: [[Double]]) -> [[Double]] {
    var l = a
    for i in a.indices {
      for j in 0...i {
        var sum = a[i][j]
        for k in 0..<j { sum -= l[i][k] * l[j][k] }
        l[i][j] = i == j ? sum.squareRoot() : sum / l[j][j]
      }
    }
    return l
  }

  private static func solve(_ l: [[Double]], _ b: [Double]) -> [Double] {
    var x = b
    for i in x.indices {
      for k in 0..<i { x[i] -= l[i][k] * x[k] }
      x[i] /= l[i][i]
    }
    for i in x.indices.reversed() {
      for k in (i + 1)..<max(x.count, i + 1) { x[i] -= l[k][i] * x[k] }
      x[i] /= l[i][i]
    }
    return x
  }
}
