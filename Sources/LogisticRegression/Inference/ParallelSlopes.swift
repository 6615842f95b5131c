import LinearAlgebra
import StableNumerics

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// Whether one coefficient serves every threshold: the assumption of ``ProportionalOdds``, tested by the binary
/// fits of "above band k" (Brant 1990).
public struct ParallelSlopes: Sendable {
  public struct Term: Sendable {
    public let name: String
    /// Log-odds per unit of "above band k", k = 0 … K − 2.
    public let coefficients: [Double]
    public let statistic: Double
    public let pValue: Double
  }

  /// Wald's χ² of all coefficients' differences from the first threshold's.
  public let statistic: Double
  public let degreesOfFreedom: Int
  public let pValue: Double
  /// Those with an estimate, each by itself.
  public let terms: [Term]
}

extension OrderedObservations {
  /// Brant's test, the covariance of the binary fits by the model, as R's `brant`; or by the rows' scores summed
  /// within `clusters`, times G/(G − 1). Throws where a binary fit has no estimate (separation).
  ///
  /// Cost: K − 1 unpenalised fits and as many Hessians squared.
  public func parallelSlopes(
    clusters: [Int32]? = nil, threads: Int = 1
  ) throws(FitError) -> ParallelSlopes {
    let cuts = bandCount - 1
    guard cuts > 1 else { throw .invalidSetting(name: "bands", value: Double(bandCount)) }
    if let clusters, clusters.count != bands.count {
      throw .unequalLengths(.clusters, count: clusters.count, expected: bands.count)
    }
    let model = try LogisticRegression(penalty: .none, threads: threads)
    var fits: [FittedLogisticRegression] = []
    var fitted: [[Double]] = []
    for cut in 0..<cuts {
      let fit = try model.fit(try above(cut))
      fits.append(fit)
      fitted.append(try fit.linearPredictor(of: observations.design).map { expit($0) })
    }
    let aliased = Set(fits.flatMap(\.aliased))
    let kept = (0..<observations.termCount).filter { !aliased.contains($0) }
    let scaling = try ColumnScaling(observations, weights: observations.weights, threads: threads)
    let problem = Problem(
      observations, columns: kept, centers: kept.map { scaling.centers[$0] },
      inverseScales: kept.map { 1 / scaling.scales[$0] }, weights: observations.weights, threads: threads)
    let joint = try problem.jointCovariance(fitted, bands: bands, clusters: clusters)

    // Differences from the first threshold, per standard deviation: their statistics have no unit.
    let size = kept.count + 1
    func difference(_ cut: Int, _ m: Int) -> Double {
      (fits[cut].coefficients[kept[m]] - fits[0].coefficients[kept[m]]) * scaling.scales[kept[m]]
    }
    func wald(_ places: [(cut: Int, term: Int)]) throws(FitError) -> Double {
      var covariance = Matrix(rows: places.count, columns: places.count)
      for (a, x) in places.enumerated() {
        for (b, y) in places.enumerated() {
          let (i, j) = (x.term + 1, y.term + 1)
          func block(_ k: Int, _ l: Int) -> Double { joint[k * size + i, l * size + j] }
          covariance[a, b] = block(x.cut, y.cut) - block(x.cut, 0) - block(0, y.cut) + block(0, 0)
        }
      }
      let gap = places.map { difference($0.cut, $0.term) }
      let solved = try linearAlgebra { () throws(LAPACKError) in try Cholesky(covariance).solve(gap) }
      return zip(gap, solved).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let all = (1..<cuts).flatMap { cut in kept.indices.map { (cut: cut, term: $0) } }
    let statistic = all.isEmpty ? 0 : try wald(all)
    var terms: [ParallelSlopes.Term] = []
    for m in kept.indices {
      let own = try wald((1..<cuts).map { (cut: $0, term: m) })
      terms.append(
        ParallelSlopes.Term(
          name: observations.termNames[kept[m]], coefficients: fits.map { $0.coefficients[kept[m]] },
          statistic: own, pValue: chiSquaredUpperTail(own, degreesOfFreedom: Double(cuts - 1))))
    }
    return ParallelSlopes(
      statistic: statistic, degreesOfFreedom: all.count,
      pValue: all.isEmpty ? 1 : chiSquaredUpperTail(statistic, degreesOfFreedom: Double(all.count)),
      terms: terms)
  }
}

extension Problem {
  /// Of all cuts' (intercept, coefficients per standard deviation), cut after cut:
  /// Aₖ⁻¹ Bₖₗ Aₗ⁻¹ with A the information of a cut and B the covariance of two cuts' scores.
  fileprivate func jointCovariance(
    _ fitted: [[Double]], bands: [Int], clusters: [Int32]?
  ) throws(FitError) -> Matrix {
    let (size, cuts) = (dimension, fitted.count)
    let weight = (0..<rows).map { weights?[$0] ?? 1 }
    var breads: [Matrix] = []
    for p in fitted {
      let information = gram((0..<rows).map { (weight[$0] * p[$0] * (1 - p[$0])).squareRoot() })
      breads.append(try linearAlgebra { () throws(LAPACKError) in try inverse(information) })
    }
    var result = Matrix(rows: cuts * size, columns: cuts * size)
    func set(_ block: Matrix, _ k: Int, _ l: Int) {
      for i in 0..<size {
        for j in 0..<size {
          result[k * size + i, l * size + j] = block[i, j]
          result[l * size + j, k * size + i] = block[i, j]
        }
      }
    }
    if let clusters {
      let distinct = Set(clusters).sorted()
      guard distinct.count > 1 else { throw .tooFewClusters(count: distinct.count) }
      let place = Dictionary(uniqueKeysWithValues: distinct.enumerated().map { ($1, $0) })
      let groups = clusters.map { place[$0] ?? 0 }
      let g = Double(distinct.count)
      let influences = fitted.indices.map { cut in
        let residuals = (0..<rows).map { weight[$0] * ((bands[$0] > cut ? 1 : 0) - fitted[cut][$0]) }
        return sums(of: residuals, groups: groups, count: distinct.count).times(breads[cut])
      }
      for k in 0..<cuts {
        for l in k..<cuts {
          var block = influences[k].transposed.times(influences[l])
          for i in block.values.indices { block.values[i] *= g / (g - 1) }
          set(block, k, l)
        }
      }
      return result
    }
    for k in 0..<cuts {
      set(breads[k], k, k)
      for l in (k + 1)..<max(k + 1, cuts) {
        // Above band l is above band k: Cov = pₗ − pₖ pₗ.
        let both = gram(
          (0..<rows).map { (weight[$0] * fitted[l][$0] * (1 - fitted[k][$0])).squareRoot() })
        set(breads[k].times(both).times(breads[l]), k, l)
      }
    }
    return result
  }

  /// Zᵀ diag(roots²) Z, a column of ones first.
  private func gram(_ roots: [Double]) -> Matrix {
    let q = dimension
    let plan = RowPlan(rows: rows, columns: q)
    let parts = mapBlocks(count: plan.parts, threads: threads) { part in
      var sum = [Double](repeating: 0, count: q * q)
      forEachBlock(of: plan.range(of: part)) { block, range in
        block.scaleRows(by: Array(roots[range]))
        block.accumulateGram(into: &sum)
      }
      return sum
    }
    return Matrix(order: q, lowerTriangles: parts)
  }

  /// groups × q: Σ rᵢ zᵢ over the rows of each group.
  private func sums(of residuals: [Double], groups: [Int], count: Int) -> Matrix {
    var result = Matrix(rows: count, columns: dimension)
    forEachBlock(of: 0..<rows) { block, range in
      for j in 0..<dimension {
        for (i, row) in range.enumerated() { result[groups[row], j] += residuals[row] * block[i, j] }
      }
    }
    return result
  }

  private func forEachBlock(of range: Range<Int>, _ body: (inout RowBlock, Range<Int>) -> Void) {
    var block = RowBlock(capacity: RowBlock.gramRows, designColumns: columns.count, hasIntercept: true)
    for start in stride(from: range.lowerBound, to: range.upperBound, by: block.capacity) {
      let rows = start..<min(start + block.capacity, range.upperBound)
      block.load(
        rows: rows, of: design, columns: columns, centers: centers, inverseScales: inverseScales)
      body(&block, rows)
    }
  }
}
