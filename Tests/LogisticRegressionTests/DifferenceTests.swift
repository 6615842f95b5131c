import LinearAlgebra
import LogisticRegression
import StableNumerics
import Testing

/// The objective written out once more, plainly, and differenced: what the solver calls its optimum must be flat
/// there, and what inference calls a covariance must be the inverse of the curvature.
@Suite("Gradient and Hessian against differences")
struct DifferenceTests {
  /// Σ wᵢ [log(1 + e^η) − yη] + W λ/2 ‖γ‖², γ the coefficients per standard deviation.
  private func objective(_ data: RandomDesign, _ theta: [Double], lambda: Double, deviations: [Double])
    -> Double
  {
    var sum = 0.0
    for row in data.outcomes.indices {
      var eta = theta[0]
      for j in 1..<theta.count { eta += theta[j] * data.design[row, j - 1] }
      sum += log1pExp(eta) - data.outcomes[row] * eta
    }
    let square = zip(theta.dropFirst(), deviations).reduce(0) { $0 + $1.0 * $1.0 * $1.1 * $1.1 }
    return sum + Double(data.outcomes.count) * lambda / 2 * square
  }

  @Test("at the optimum central differences of the objective vanish", arguments: [0, 0.01, 0.5])
  func gradient(lambda: Double) throws {
    let data = RandomDesign(rows: 300, columns: 4, seed: 61)
    let fit = try LogisticRegression(penalty: .elasticNet(lambda: lambda, alpha: 0)).fit(data.observations())
    let deviations = self.deviations(data)
    let theta = [fit.intercept] + fit.coefficients
    for j in theta.indices {
      let h = 1e-4
      var (up, down) = (theta, theta)
      up[j] += h
      down[j] -= h
      let slope =
        (objective(data, up, lambda: lambda, deviations: deviations)
          - objective(data, down, lambda: lambda, deviations: deviations)) / (2 * h)
      #expect(slope.magnitude < 1e-5, "of a sum over 300 rows, differences good to about 1e-7")
      var near = theta
      near[j] += 0.01
      #expect(
        objective(data, near, lambda: lambda, deviations: deviations)
          > objective(data, theta, lambda: lambda, deviations: deviations))
    }
  }

  @Test("the covariance is the inverse of the Hessian by second differences")
  func hessian() throws {
    let data = RandomDesign(rows: 300, columns: 3, seed: 62)
    let observations = try data.observations()
    let fit = try LogisticRegression(penalty: .none).fit(observations)
    let covariance = try fit.inference(observations).covariance
    let theta = [fit.intercept] + fit.coefficients
    let h = 1e-3
    func moved(_ i: Int, _ a: Double, _ j: Int, _ b: Double) -> Double {
      var point = theta
      point[i] += a
      point[j] += b
      return objective(data, point, lambda: 0, deviations: deviations(data))
    }
    for i in theta.indices {
      for k in theta.indices {
        // Row i of H times column k of the covariance: the identity.
        var product = 0.0
        for j in theta.indices {
          let second =
            (moved(i, h, j, h) - moved(i, h, j, -h) - moved(i, -h, j, h) + moved(i, -h, j, -h)) / (4 * h * h)
          product += second * covariance[j, k]
        }
        #expect((product - (i == k ? 1 : 0)).magnitude < 1e-4)
      }
    }
  }

  private func deviations(_ data: RandomDesign) -> [Double] {
    let n = data.outcomes.count
    return (0..<data.design.columns).map { j in
      let column = (0..<n).map { data.design[$0, j] }
      let mean = column.reduce(0, +) / Double(n)
      return (column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(n)).squareRoot()
    }
  }
}
