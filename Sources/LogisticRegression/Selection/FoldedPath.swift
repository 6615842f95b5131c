import LinearAlgebra
import StableNumerics

/// The fits of all folds along a falling sequence of λ, in step with each other: each pass over the rows serves
/// every fold, and one Hessian, that of all rows at the folds' mean, serves all of their Newton steps, at the next
/// few λ too while they contract.
///
/// A fold's estimates differ from those of all rows by about 1/√n, and so does its Hessian: chord steps contract
/// by about that much. At the next λ a fold starts from a sample's estimates there plus its own difference from
/// them at the last λ. Two passes for each λ are usual, whatever the number of folds, and fewer and fewer Hessians as
/// λ falls.
struct FoldedPath: Sendable {
  /// All rows, in coordinates that the folds share.
  let problem: Problem
  /// Each row's fold.
  let folds: [Int]
  /// Σ w over the training rows of each fold.
  let weights: [Double]
  let maximumIterations: Int

  /// Newton decrement of a fold's mean objective that ends its iterations: held-out deviances to about 1e-10.
  static let tolerance = 1e-8

  /// From this contraction on a fresh Hessian costs less than the passes that it saves.
  private static let worstRate = 0.05
  /// For so many λ at most: where one pass suffices nothing is learned about how steps contract.
  private static let longestUse = 4

  init(_ problem: Problem, folds: [Int], count: Int, maximumIterations: Int) {
    self.problem = problem
    self.folds = folds
    self.maximumIterations = maximumIterations
    var held = [Double](repeating: 0, count: count)
    for (row, fold) in folds.enumerated() { held[fold] += problem.weights?[row] ?? 1 }
    weights = held.map { problem.totalWeight - $0 }
  }

  /// θ for each fold and λ; `penalties[fold][k]` belong to the k-th λ, `starts[k]` are estimates near all folds'.
  func solve(_ penalties: [[QuadraticPenalty]], starts: [[Double]]) throws(FitError) -> [[[Double]]] {
    let count = weights.count
    var shifts = [[Double]](repeating: Array(repeating: 0, count: problem.dimension), count: count)
    // How well each fold's last steps contracted.
    var rates = [Double](repeating: 0.1, count: count)
    var result = [[[Double]]](repeating: [], count: count)
    var kept: Matrix?
    var uses = 0
    for (k, start) in starts.enumerated() {
      var thetas = shifts.map { shift in zip(start, shift).map { $0 + $1 } }
      let mean = start.indices.map { j in thetas.reduce(0) { $0 + $1[j] } / Double(count) }
      guard let curvature = kept ?? problem.evaluate(mean, hessian: true).hessian else { continue }
      var active = Array(0..<count)
      var last = [Double](repeating: .infinity, count: count)
      while !active.isEmpty {
        let gradients = gradients(at: active.map { thetas[$0] }, folds: active)
        var unfinished: [Int] = []
        for (fold, gradient) in zip(active, gradients) {
          let penalty = penalties[fold][k]
          let theta = thetas[fold]
          let step = try linearAlgebra { () throws(LAPACKError) in
            try NewtonStep(
              hessian: curvature, gradient: penalty.gradient(gradient, at: theta), theta: theta,
              penalty: penalty, isSmooth: penalty.isSmooth, held: nil)
          }
          let isFirst = last[fold] == .infinity
          guard isFirst ? step.decrement < 0.5 : step.decrement < 0.5 * last[fold] else {
            thetas[fold] = try alone(fold, penalty, from: theta)
            continue
          }
          if !isFirst { rates[fold] = step.decrement / last[fold] }
          thetas[fold] = zip(theta, step.direction).map { $0 + $1 }
          last[fold] = step.decrement
          if step.decrement * min(1, isFirst ? 3 * rates[fold] : rates[fold]) > Self.tolerance {
            unfinished.append(fold)
          }
        }
        active = unfinished
      }
      uses = kept == nil ? 1 : uses + 1
      kept = uses < Self.longestUse && rates.allSatisfy { $0 < Self.worstRate } ? curvature : nil
      for fold in 0..<count {
        shifts[fold] = zip(thetas[fold], start).map { $0 - $1 }
        result[fold].append(thetas[fold])
      }
    }
    return result
  }

  /// A fold whose steps don't contract, by Newton's method with line search.
  private func alone(
    _ fold: Int, _ penalty: QuadraticPenalty, from theta: [Double]
  ) throws(FitError) -> [Double] {
    var part = problem
    let all = problem.weights ?? Array(repeating: 1, count: problem.rows)
    let weights = all.indices.map { folds[$0] == fold ? 0 : all[$0] }
    part.weights = weights
    (part.totalWeight, part.eventWeight) = Observations.weights(weights, of: problem.outcomes)
    let solver = NewtonSolver(
      problem: part, penalty: penalty, tolerance: Self.tolerance, maximumIterations: maximumIterations,
      wantsFinalHessian: false)
    return try solver.minimize(from: theta).theta
  }

  /// Gradient of each model's mean loss over the training rows of its fold, in one pass: η of all models is one
  /// matrix product, the sum of residuals times rows another.
  private func gradients(at thetas: [[Double]], folds active: [Int]) -> [[Double]] {
    let q = problem.dimension
    let models = Matrix(rows: q, columns: thetas.count, values: thetas.flatMap { $0 })
    // The model of each fold; -1 where it is not at work.
    var places = [Int](repeating: -1, count: weights.count)
    for (place, fold) in active.enumerated() { places[fold] = place }
    let plan = RowPlan(rows: problem.rows, columns: q)
    let parts = mapBlocks(count: plan.parts, threads: problem.threads) { [places] part in
      var sum = Matrix(rows: q, columns: thetas.count)
      var block = RowBlock(capacity: RowBlock.gramRows, designColumns: q - 1, hasIntercept: true)
      var eta = [Double](repeating: 0, count: block.capacity * thetas.count)
      let range = plan.range(of: part)
      for start in stride(from: range.lowerBound, to: range.upperBound, by: block.capacity) {
        let rows = start..<min(start + block.capacity, range.upperBound)
        block.load(
          rows: rows, of: problem.design, columns: problem.columns, centers: problem.centers,
          inverseScales: problem.inverseScales)
        block.multiply(models, into: &eta)
        for model in thetas.indices {
          logisticResiduals(
            &eta, from: model * rows.count, outcomes: problem.outcomes.span.extracting(rows),
            weights: problem.weights?.span.extracting(rows), offset: problem.offset?.span.extracting(rows))
        }
        // A row takes no part in the model of its own fold.
        for (i, row) in rows.enumerated() where places[folds[row]] >= 0 {
          eta[places[folds[row]] * rows.count + i] = 0
        }
        block.accumulateTransposed(eta, models: thetas.count, into: &sum)
      }
      return sum
    }
    return active.indices.map { model in
      (0..<q).map { j in parts.reduce(0) { $0 + $1[j, model] } / weights[active[model]] }
    }
  }
}
