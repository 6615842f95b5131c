import LinearAlgebra
import StableNumerics

/// The fits of all folds along a falling sequence of λ, in step with each other: each pass over the rows serves
/// every fold, at one λ its first step and at the λ before its second, and one Hessian, that of all rows at the folds'
/// mean, serves all of their Newton steps, at the next few λ too while they contract.
///
/// A fold's estimates differ from those of all rows by about 1/√n, and so does its Hessian: chord steps contract
/// by about that much. At the next λ a fold starts from a sample's estimates there plus its own difference from
/// them at the last λ, as known after one step. A pass for each λ is usual, whatever the number of folds, and fewer and
/// fewer Hessians as λ falls.
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

  /// A fold on its way at one λ.
  private struct Fit {
    let fold: Int
    /// Which λ.
    let place: Int
    let curvature: Matrix
    var theta: [Double]
    var lastDecrement = Double.infinity
  }

  /// θ for each fold and λ; `penalties[fold][k]` belong to the k-th λ, `starts[k]` are estimates near all folds'.
  func solve(_ penalties: [[QuadraticPenalty]], starts: [[Double]]) throws(FitError) -> [[[Double]]] {
    let folds = weights.indices
    var shifts = [[Double]](repeating: Array(repeating: 0, count: problem.dimension), count: folds.count)
    // How well each fold's last steps contracted.
    var rates = [Double](repeating: 0.1, count: folds.count)
    var result = folds.map { _ in [[Double]](repeating: [], count: starts.count) }
    var curvature = Matrix(rows: 0, columns: 0)
    var uses = 0
    var active: [Fit] = []
    var next = 0
    while next < starts.count || !active.isEmpty {
      if next < starts.count {
        let thetas = shifts.map { shift in zip(starts[next], shift).map { $0 + $1 } }
        let isKept = uses > 0 && uses < Self.longestUse && rates.allSatisfy { $0 < Self.worstRate }
        if !isKept {
          let mean = starts[next].indices.map { j in
            thetas.reduce(0) { $0 + $1[j] } / Double(folds.count)
          }
          curvature = problem.evaluate(mean, hessian: true).hessian!
        }
        uses = isKept ? uses + 1 : 1
        active += folds.map { Fit(fold: $0, place: next, curvature: curvature, theta: thetas[$0]) }
        next += 1
      }
      let gradients = gradients(at: active)
      var unfinished: [Fit] = []
      for (var fit, gradient) in zip(active, gradients) {
        let penalty = penalties[fit.fold][fit.place]
        let step = try linearAlgebra { () throws(LAPACKError) in
          try NewtonStep(
            hessian: fit.curvature, gradient: penalty.gradient(gradient, at: fit.theta), theta: fit.theta,
            penalty: penalty, isSmooth: penalty.isSmooth, held: nil)
        }
        let isFirst = fit.lastDecrement == .infinity
        if isFirst ? step.decrement < 0.5 : step.decrement < 0.5 * fit.lastDecrement {
          if !isFirst { rates[fit.fold] = step.decrement / fit.lastDecrement }
          fit.theta = zip(fit.theta, step.direction).map { $0 + $1 }
          fit.lastDecrement = step.decrement
          let rate = rates[fit.fold]
          if step.decrement * min(1, isFirst ? 3 * rate : rate) > Self.tolerance { unfinished.append(fit) }
        } else {
          fit.theta = try alone(fit.fold, penalty, from: fit.theta)
        }
        result[fit.fold][fit.place] = fit.theta
        if fit.place == next - 1 { shifts[fit.fold] = zip(fit.theta, starts[fit.place]).map { $0 - $1 } }
      }
      active = unfinished
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

  /// Gradient of each fit's mean loss over the training rows of its fold, in one pass: η of all fits is one
  /// matrix product, the sum of residuals times rows another.
  private func gradients(at fits: [Fit]) -> [[Double]] {
    let q = problem.dimension
    let models = Matrix(rows: q, columns: fits.count, values: fits.flatMap(\.theta))
    // The fits of each fold, one fold's after the other's.
    let ofFolds = weights.indices.map { fold in fits.indices.filter { fits[$0].fold == fold } }
    let ends = [0] + ofFolds.indices.map { fold in ofFolds[...fold].reduce(0) { $0 + $1.count } }
    let places = ofFolds.flatMap { $0 }
    let plan = RowPlan(rows: problem.rows, columns: q)
    let parts = mapBlocks(count: plan.parts, threads: problem.threads) { part in
      var sum = Matrix(rows: q, columns: fits.count)
      var block = RowBlock(capacity: plan.blockRows, designColumns: q - 1, hasIntercept: true)
      var eta = [Double](repeating: 0, count: block.capacity * fits.count)
      for rows in plan.blocks(of: part) {
        block.load(
          rows: rows, of: problem.design, columns: problem.columns, centers: problem.centers,
          inverseScales: problem.inverseScales)
        block.multiply(models, into: &eta)
        for place in fits.indices {
          logisticResiduals(
            &eta, from: place * rows.count, outcomes: problem.outcomes.span.extracting(rows),
            weights: problem.weights?.span.extracting(rows), offset: problem.offset?.span.extracting(rows))
        }
        // A row takes no part in the fits of its own fold.
        for (i, row) in rows.enumerated() {
          let fold = folds[row]
          for place in ends[fold]..<ends[fold + 1] { eta[places[place] * rows.count + i] = 0 }
        }
        block.accumulateTransposed(eta, models: fits.count, into: &sum)
      }
      return sum
    }
    return fits.indices.map { place in
      (0..<q).map { j in parts.reduce(0) { $0 + $1[j, place] } / weights[fits[place].fold] }
    }
  }
}
