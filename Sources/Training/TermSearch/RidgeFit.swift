import LinearAlgebra
import LogisticRegression
import StableNumerics

/// A ridge logistic fit that grows by columns and keeps what score tests need. For the search's use: the
/// estimates that people read come from `LogisticRegression`.
///
/// Minimises (1/W) Σ wᵢℓᵢ + λ/2 ‖β‖² over columns scaled to unit standard deviation, by Newton steps with
/// halving, from the last solution; two or three steps after new columns entered. Cost a step: rows × terms².
struct RidgeFit {
  private let outcomes: [Double]
  private let weights: [Double]
  private let offset: [Double]
  private let lambda: Double
  private let totalWeight: Double
  /// Scaled columns, the first of ones.
  private var design: [Double]
  private var scales: [Double] = [1]
  private var theta: [Double]
  /// w (y − p)
  private(set) var residuals: [Double] = []
  /// w p (1 − p)
  private(set) var variances: [Double] = []
  /// Rows of the design with its ones, times their variance.
  private(set) var weightedDesign = Matrix(rows: 0, columns: 0)
  /// M with M Mᵀ = (XᵀWX)⁻¹.
  private(set) var root = Matrix(rows: 0, columns: 0)

  init(outcomes: [Double], weights: [Double]?, offset: [Double]?, lambda: Double) {
    self.outcomes = outcomes
    self.weights = weights ?? [Double](repeating: 1, count: outcomes.count)
    self.offset = offset ?? [Double](repeating: 0, count: outcomes.count)
    self.lambda = lambda
    totalWeight = self.weights.reduce(0, +)
    design = [Double](repeating: 1, count: outcomes.count)
    let share = zip(outcomes, self.weights).reduce(0) { $0 + $1.0 * $1.1 } / totalWeight
    theta = [logit(min(max(share, 1e-6), 1 - 1e-6))]
  }

  var intercept: Double { theta[0] }
  /// In the columns' own units.
  var coefficients: [Double] { zip(theta, scales).dropFirst().map { $0 / $1 } }

  /// Of the last `count` coefficients, in the columns' own units.
  func covariance(ofLast count: Int) -> Matrix {
    let first = theta.count - count
    var result = Matrix(rows: count, columns: count)
    for a in 0..<count {
      for b in 0...a {
        var sum = 0.0
        for k in 0..<root.columns { sum += root[first + a, k] * root[first + b, k] }
        sum /= scales[first + a] * scales[first + b]
        result[a, b] = sum
        result[b, a] = sum
      }
    }
    return result
  }

  /// The same where the rows of a cluster (numbered from 0) belong together: Σ over clusters of what their rows
  /// moved the estimates by, squared (Liang & Zeger 1986). Cost: rows × terms.
  func covariance(ofLast count: Int, clusters: [Int32]) -> Matrix {
    let (n, q) = (outcomes.count, theta.count)
    let first = q - count
    let clusterCount = Int(clusters.max() ?? -1) + 1
    var scores = Matrix(rows: clusterCount, columns: q)
    for j in 0..<q {
      for row in 0..<n { scores[Int(clusters[row]), j] += residuals[row] * design[j * n + row] }
    }
    var inverse = Matrix(rows: q, columns: count)
    for a in 0..<count {
      for j in 0..<q {
        for k in 0..<root.columns { inverse[j, a] += root[first + a, k] * root[j, k] }
      }
    }
    let moves = scores.times(inverse)
    var result = Matrix(rows: count, columns: count)
    for a in 0..<count {
      for b in 0...a {
        var sum = 0.0
        for cluster in 0..<clusterCount { sum += moves[cluster, a] * moves[cluster, b] }
        sum /= scales[first + a] * scales[first + b]
        result[a, b] = sum
        result[b, a] = sum
      }
    }
    return result
  }

  mutating func append(_ column: [Double]) {
    let n = Double(column.count)
    let mean = column.reduce(0, +) / n
    let variance = column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / n
    let scale = variance > 0 ? variance.squareRoot() : 1
    design += column.map { $0 / scale }
    scales.append(scale)
    theta.append(0)
  }

  mutating func solve() throws(FitError) {
    let n = outcomes.count
    let q = theta.count
    let x = Matrix(rows: n, columns: q, values: design)
    var eta = linearPredictors(x, theta)
    var objective = objective(eta, theta)
    for _ in 0..<25 {
      evaluate(eta)
      weightedDesign = x
      for j in 0..<q { for i in 0..<n { weightedDesign[i, j] *= variances[i] } }
      var hessian = weightedDesign.transposed.times(x)
      var gradient = x.transposedTimes(residuals)
      for j in 0..<q {
        let ridge = j == 0 ? 0 : lambda * totalWeight
        gradient[j] -= ridge * theta[j]
        // Enough for a design with aliased columns; the ridge holds those that matter.
        hessian[j, j] += ridge + 1e-9 * hessian[j, j] + 1e-12
      }
      let factor: Cholesky
      do throws(LAPACKError) {
        factor = try Cholesky(hessian)
      } catch {
        throw .numerics(error)
      }
      root = factor.inverseRoot()
      let step = factor.solve(gradient)
      let decrement = zip(step, gradient).reduce(0) { $0 + $1.0 * $1.1 } / totalWeight
      if decrement < 1e-9 { return }
      var length = 1.0
      while true {
        let trial = zip(theta, step).map { $0 + length * $1 }
        let trialEta = linearPredictors(x, trial)
        let value = self.objective(trialEta, trial)
        if value <= objective || length < 1e-6 {
          (theta, eta, objective) = (trial, trialEta, min(value, objective))
          break
        }
        length /= 2
      }
    }
  }

  private mutating func evaluate(_ eta: [Double]) {
    residuals = [Double](repeating: 0, count: eta.count)
    variances = residuals
    for i in eta.indices {
      let p = expit(eta[i])
      residuals[i] = weights[i] * (outcomes[i] - p)
      variances[i] = weights[i] * p * (1 - p)
    }
  }

  private func linearPredictors(_ x: Matrix, _ theta: [Double]) -> [Double] {
    var eta = x.times(theta)
    for i in eta.indices { eta[i] += offset[i] }
    return eta
  }

  private func objective(_ eta: [Double], _ theta: [Double]) -> Double {
    var sum = 0.0
    for i in eta.indices { sum += weights[i] * (log1pExp(eta[i]) - outcomes[i] * eta[i]) }
    return sum / totalWeight + lambda / 2 * theta.dropFirst().reduce(0) { $0 + $1 * $1 }
  }
}
