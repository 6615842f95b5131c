import LinearAlgebra
import StableNumerics

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

extension LogisticRegression {
  /// Held-out deviance of the elastic net with `alpha` along `lambdas` (given, or glmnet's sequence from all
  /// rows). `folds` holds each row's fold, numbered from 0. Standardisation is learned in the fold.
  ///
  /// No row is copied: a fold's training rows are those with a weight left. Cost: with many rows about a pass
  /// for each λ, which serves all folds, and a Hessian (`FoldedPath`); else about three passes for each fold and
  /// λ, the Hessian shared by neighbouring λ.
  public func crossValidate(
    _ observations: Observations, folds: [Int], alpha: Double, lambdas: [Double]? = nil,
    lambdaCount: Int = 100
  ) throws(FitError) -> CrossValidatedPath {
    let n = observations.count
    guard folds.count == n else { throw .unequalLengths(.folds, count: folds.count, expected: n) }
    let members = try Self.members(of: folds)
    let sequence =
      if let lambdas {
        try Self.checkedLambdas(lambdas)
      } else {
        try lambdaSequence(observations, alpha: alpha, count: lambdaCount)
      }
    let paths =
      if let shared = try foldedPath(
        observations, folds: folds, members: members, alpha: alpha, lambdas: sequence)
      {
        shared
      } else {
        try pathsByFold(observations, members: members, alpha: alpha, lambdas: sequence)
      }
    let curves = heldOut(observations, members: members, paths)
    return summarize(curves, paths, observations, members: members, lambdas: sequence, alpha: alpha)
  }

  /// A fold's estimates along λ, in the coordinates of `map`.
  private struct FoldPath: Sendable {
    var map: CoordinateMap
    var thetas: [[Double]]
  }

  /// One fold after the other.
  private func pathsByFold(
    _ observations: Observations, members: [[Int32]], alpha: Double, lambdas: [Double]
  ) throws(FitError) -> [FoldPath] {
    var result: [FoldPath] = []
    for rows in members {
      let weights = Self.training(observations, without: rows)
      let steps = try pathSteps(observations, alpha: alpha, lambdas: lambdas, weights: weights)
      result.append(FoldPath(map: steps.map, thetas: steps.thetas))
    }
    return result
  }

  /// The observations' weights, 0 for `rows`.
  private static func training(_ observations: Observations, without rows: [Int32]) -> [Double] {
    var weights = observations.weights ?? Array(repeating: 1, count: observations.count)
    for row in rows { weights[Int(row)] = 0 }
    return weights
  }

  /// All folds in step; nil where that has no use: few rows, so many columns that a lasso screens them, or a fit
  /// without penalty, whose columns' ranks each fold must settle for itself.
  private func foldedPath(
    _ observations: Observations, folds: [Int], members: [[Int32]], alpha: Double, lambdas: [Double]
  ) throws(FitError) -> [FoldPath]? {
    guard let smallest = lambdas.last, smallest > 0, observations.count >= Self.foldedFrom,
      observations.termCount < Screen.from
    else { return nil }
    try checkCounts(observations)
    let scaling = try ColumnScaling(observations, weights: observations.weights, threads: threads)
    let problem = Problem(observations, scaling: scaling, weights: observations.weights, threads: threads)
    let sample = problem.sample(every: max(2, min(16, problem.rows / 4096)))
    guard sample.eventWeight > 0, sample.eventWeight < sample.totalWeight else { return nil }

    // A fold's penalty is in its own standard deviations, and its prior in its own weight.
    var penalties: [[QuadraticPenalty]] = []
    for rows in members {
      let weights = Self.training(observations, without: rows)
      let (total, events) = Observations.weights(weights, of: observations.outcomes)
      try Observations.checkClasses(total: total, events: events)
      var units: [Double]?
      if standardize {
        let own = try ColumnScaling(observations, weights: weights, threads: threads)
        units = zip(problem.columns, problem.inverseScales).map { own.scales[$0] * $1 }
        if units?.contains(0) ?? false { return nil }
      }
      var part = problem
      part.totalWeight = total
      var list: [QuadraticPenalty] = []
      for lambda in lambdas {
        list.append(
          try penalized(lambda: lambda, alpha: alpha).quadraticPenalty(part, observations, units: units))
      }
      penalties.append(list)
    }
    var starts: [[Double]] = []
    var theta = [sample.nullIntercept] + Array(repeating: 0, count: problem.columns.count)
    var curvature: Matrix?
    for lambda in lambdas {
      let penalty = try penalized(lambda: lambda, alpha: alpha).quadraticPenalty(problem, observations)
      var rough = solver(sample, penalty)
      rough.tolerance = 1e-6
      rough.wantsFinalHessian = false
      guard let solution = try? rough.minimize(from: theta, curvature: curvature) else { return nil }
      theta = solution.theta
      curvature = solution.hessian
      starts.append(theta)
    }
    let path = FoldedPath(problem, folds: folds, count: members.count, maximumIterations: maximumIterations)
    let map = CoordinateMap(
      columns: problem.columns, centers: problem.centers, inverseScales: problem.inverseScales, basis: nil,
      termCount: observations.termCount)
    return try path.solve(penalties, starts: starts).map { FoldPath(map: map, thetas: $0) }
  }

  /// Rows from which folds are fitted in step.
  private static var foldedFrom: Int { 10_000 }

  /// The rows of each fold, ascending.
  private static func members(of folds: [Int]) throws(FitError) -> [[Int32]] {
    guard let last = folds.max(), let first = folds.min(), first >= 0, last < folds.count else {
      throw .tooFewFolds(count: 0)
    }
    var result = [[Int32]](repeating: [], count: last + 1)
    for (row, fold) in folds.enumerated() { result[fold].append(Int32(row)) }
    guard result.count > 1, result.allSatisfy({ !$0.isEmpty }) else {
      throw .tooFewFolds(count: result.count { !$0.isEmpty })
    }
    return result
  }

  private struct FoldCurve: Sendable {
    /// Σ w deviance, for each λ.
    var deviances: [Double]
    var weight = 0.0
  }

  /// What `body` makes of each fold's rows, stretch by stretch: the folds take turns, so that the rows stay in a cache.
  private func mapHeldOut<Result: Sendable>(
    _ members: [[Int32]], _ body: @Sendable (_ fold: Int, _ rows: ArraySlice<Int32>) -> Result
  ) -> [(fold: Int, rows: ArraySlice<Int32>, result: Result)] {
    let count = members.reduce(0) { $0 + $1.count }
    let stretch = 4096
    return mapBlocks(count: (count + stretch - 1) / stretch, threads: threads) { block in
      members.indices.compactMap { fold in
        let first = members[fold].place(of: block * stretch)
        let rows = members[fold][first..<members[fold].place(of: (block + 1) * stretch)]
        return rows.isEmpty ? nil : (fold, rows, body(fold, rows))
      }
    }.flatMap { $0 }
  }

  /// Deviance of each fold's rows at every λ.
  private func heldOut(
    _ observations: Observations, members: [[Int32]], _ paths: [FoldPath]
  ) -> [FoldCurve] {
    var curves = paths.map { FoldCurve(deviances: Array(repeating: 0, count: $0.thetas.count)) }
    for part in mapHeldOut(members, { heldOut(observations, $1, paths[$0]) }) {
      curves[part.fold].weight += part.result.weight
      for k in part.result.deviances.indices {
        curves[part.fold].deviances[k] += part.result.deviances[k]
      }
    }
    return curves
  }

  private func heldOut(
    _ observations: Observations, _ rows: ArraySlice<Int32>, _ path: FoldPath
  ) -> FoldCurve {
    let count = path.thetas.count
    var curve = FoldCurve(deviances: Array(repeating: 0, count: count))
    var outcomes: [Double] = []
    var weights: [Double] = []
    var saturated = 0.0
    for row in rows {
      let y = observations.outcomes[Int(row)]
      let w = observations.weights?[Int(row)] ?? 1
      outcomes.append(y)
      weights.append(w)
      curve.weight += w
      if y > 0 && y < 1 { saturated += w * (y * log(y) + (1 - y) * log1p(-y)) }
    }
    let eta = predictors(observations, rows: rows, map: path.map, thetas: path.thetas)
    var scratch = [Double](repeating: 0, count: (rows.count + 7) & ~7)
    var other = scratch
    for k in 0..<count {
      let sums = logisticRows(
        linearPredictors: Array(eta[k * rows.count..<(k + 1) * rows.count]), outcomes: outcomes.span,
        weights: weights.span, residuals: &scratch, rootCurvatures: &other, wantsCurvature: false)
      curve.deviances[k] = 2 * (sums.loss + saturated)
    }
    return curve
  }

  /// η of `rows` for each θ, one θ after the other: several at a time by one matrix product.
  private func predictors(
    _ observations: Observations, rows: ArraySlice<Int32>, map: CoordinateMap, thetas: [[Double]]
  ) -> [Double] {
    var models = Matrix(rows: map.columns.count + 1, columns: thetas.count)
    for (k, theta) in thetas.enumerated() {
      models[0, k] = theta[0]
      for (m, gamma) in map.perDeviation(theta).enumerated() { models[m + 1, k] = gamma }
    }
    var result = [Double](repeating: 0, count: rows.count * thetas.count)
    // The map's own means keep the digits of columns far from 0.
    var block = RowBlock(capacity: 512, designColumns: map.columns.count, hasIntercept: true)
    var eta = [Double](repeating: 0, count: block.capacity * thetas.count)
    for first in stride(from: 0, to: rows.count, by: 512) {
      let slice = rows.dropFirst(first).prefix(512)
      block.load(
        indices: slice, of: observations.design, columns: map.columns, centers: map.centers,
        inverseScales: map.inverseScales)
      block.multiply(models, into: &eta)
      for k in thetas.indices {
        for (i, row) in slice.enumerated() {
          result[k * rows.count + first + i] =
            eta[k * slice.count + i] + (observations.offset?[Int(row)] ?? 0)
        }
      }
    }
    return result
  }

  private func summarize(
    _ curves: [FoldCurve], _ paths: [FoldPath], _ observations: Observations, members: [[Int32]],
    lambdas: [Double], alpha: Double
  ) -> CrossValidatedPath {
    let folds = curves.map { curve in curve.deviances.map { curve.weight > 0 ? $0 / curve.weight : 0 } }
    var result = CrossValidatedPath(
      alpha: alpha, lambdas: lambdas, foldDeviances: folds, weights: curves.map(\.weight))
    func linearPredictors(_ k: Int) -> [Double] {
      var result = [Double](repeating: 0, count: observations.count)
      let parts = mapHeldOut(members) { fold, rows in
        predictors(observations, rows: rows, map: paths[fold].map, thetas: [paths[fold].thetas[k]])
      }
      for part in parts {
        for (row, eta) in zip(part.rows, part.result) { result[Int(row)] = eta }
      }
      return result
    }
    result.bestLinearPredictors = linearPredictors(result.bestIndex)
    result.oneStandardErrorLinearPredictors = linearPredictors(result.oneStandardErrorIndex)
    return result
  }
}

extension [Int32] {
  /// The place of the first that is not below `row`, in ascending rows.
  fileprivate func place(of row: Int) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < row { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
