import LinearAlgebra
import StableNumerics

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// What each row did to the fit; R's `hatvalues`, `residuals` and `cooks.distance`
/// (Pregibon 1981).
public struct Influence: Equatable, Sendable {
  /// hᵢ = wᵢ pᵢ (1 − pᵢ) zᵢᵀ I⁻¹ zᵢ.
  public var leverages: [Double]
  /// √wᵢ (yᵢ − pᵢ) / √(pᵢ (1 − pᵢ)).
  public var pearsonResiduals: [Double]
  /// sign(yᵢ − pᵢ) √(deviance of the row).
  public var devianceResiduals: [Double]
  /// r²ᵢ hᵢ / (q (1 − hᵢ)²) with the Pearson residual r.
  public var cooksDistances: [Double]
}

extension FittedLogisticRegression {
  /// Leverage, residuals and Cook's distance of each row. Cost: n q².
  public func influence(_ observations: Observations) throws(FitError) -> Influence {
    let problem = try workingProblem(observations)
    let active = solved.active
    let factor = try linearAlgebra { () throws(LAPACKError) in try Cholesky(solved.penalizedHessian) }
    let small = factor.inverseRoot()
    var root = Matrix(rows: solved.theta.count, columns: active.count)
    for (k, j) in active.enumerated() { for m in active.indices { root[j, m] = small[k, m] } }
    let plan = RowPlan(rows: problem.rows, columns: problem.dimension)
    let parts = mapBlocks(count: plan.parts, threads: problem.threads) { [root] part in
      var result = Influence(leverages: [], pearsonResiduals: [], devianceResiduals: [], cooksDistances: [])
      var block = RowBlock(
        capacity: plan.blockRows, designColumns: problem.columns.count, hasIntercept: true)
      var eta = [Double](repeating: 0, count: block.capacity)
      var image = [Double](repeating: 0, count: block.capacity * active.count)
      for range in plan.blocks(of: part) {
        block.load(
          rows: range, of: problem.design, columns: problem.columns, centers: problem.centers,
          inverseScales: problem.inverseScales)
        problem.linearPredictors(of: block, range, solved.theta, into: &eta)
        block.multiply(root, into: &image)
        var squares = [Double](repeating: 0, count: range.count)
        for k in active.indices {
          for i in squares.indices {
            let value = image[k * range.count + i]
            squares[i] += value * value
          }
        }
        for (i, row) in range.enumerated() {
          let weight = problem.weights?[row] ?? 1
          let (p, q) = (expit(eta[i]), expit(-eta[i]))
          let y = problem.outcomes[row]
          let leverage = weight * p * q * squares[i] / problem.totalWeight
          let difference = y * q - (1 - y) * p
          let pearson = weight == 0 ? 0 : difference * (weight / (p * q)).squareRoot()
          let loss =
            log1pExp(-eta[i].magnitude) + (eta[i] > 0 ? (1 - y) * eta[i] : -y * eta[i])
            + (y > 0 && y < 1 ? y * log(y) + (1 - y) * log1p(-y) : 0)
          let root = (2 * weight * max(loss, 0)).squareRoot()
          result.leverages.append(leverage)
          result.pearsonResiduals.append(pearson)
          result.devianceResiduals.append(difference < 0 ? -root : root)
          result.cooksDistances.append(
            pearson * pearson * leverage / (Double(active.count) * (1 - leverage) * (1 - leverage)))
        }
      }
      return result
    }
    return Influence(
      leverages: parts.flatMap(\.leverages), pearsonResiduals: parts.flatMap(\.pearsonResiduals),
      devianceResiduals: parts.flatMap(\.devianceResiduals), cooksDistances: parts.flatMap(\.cooksDistances))
  }
}
