import LinearAlgebra
import StableNumerics

/// The mean loss at a point with its derivatives, everything divided by W.
struct Evaluation: Sendable {
  var loss: Double
  var gradient: [Double]
  /// q × q; nil where it was not asked for.
  var hessian: Matrix?
  /// (1/W) Σ w y p
  var eventFit: Double
}

extension Problem {
  /// One pass over the rows, block by block while a block is in the cache: linear predictor, probability,
  /// gradient and, where asked, ZᵀWZ. Cost: 4 n q operations for the gradient, n q² for the Hessian.
  func evaluate(_ theta: [Double], hessian wantsHessian: Bool) -> Evaluation {
    let q = dimension
    let plan = RowPlan(rows: rows, columns: q)
    let sums = mapBlocks(count: plan.parts, threads: threads) { part in
      evaluatePart(plan, part, theta, wantsHessian: wantsHessian)
    }
    var loss = 0.0
    var fit = 0.0
    var gradient = [Double](repeating: 0, count: q)
    var hessian = [Double](repeating: 0, count: wantsHessian ? q * q : 0)
    for sum in sums {
      loss += sum.loss
      fit += sum.eventFit
      for j in 0..<q { gradient[j] += sum.gradient[j] }
      for j in hessian.indices { hessian[j] += sum.hessian[j] }
    }
    let scale = 1 / totalWeight
    for j in 0..<q { gradient[j] *= scale }
    var matrix: Matrix?
    if wantsHessian {
      for j in 0..<q {
        for i in j..<q {
          let value = hessian[j * q + i] * scale
          hessian[j * q + i] = value
          hessian[i * q + j] = value
        }
      }
      matrix = Matrix(rows: q, columns: q, values: hessian)
    }
    return Evaluation(loss: loss * scale, gradient: gradient, hessian: matrix, eventFit: fit * scale)
  }

  private struct Sums: Sendable {
    var loss = 0.0
    var eventFit = 0.0
    var gradient: [Double]
    var hessian: [Double]
  }

  private func evaluatePart(_ plan: RowPlan, _ part: Int, _ theta: [Double], wantsHessian: Bool) -> Sums {
    let q = dimension
    var sums = Sums(
      gradient: Array(repeating: 0, count: q), hessian: Array(repeating: 0, count: wantsHessian ? q * q : 0))
    let source = standardizedColumns
    var block = RowBlock(capacity: RowBlock.gramRows, designColumns: q - 1, hasIntercept: true)
    var eta = [Double](repeating: 0, count: plan.blockRows)
    var residuals = eta
    var rootCurvatures = eta
    for range in plan.blocks(of: part) {
      source.predictors(range, theta, offset: offset, into: &eta)
      let logistic = logisticRows(
        linearPredictors: eta, outcomes: outcomes.span.extracting(range),
        weights: weights?.span.extracting(range), residuals: &residuals, rootCurvatures: &rootCurvatures,
        wantsCurvature: wantsHessian)
      sums.loss += logistic.loss
      sums.eventFit += logistic.eventFit
      source.accumulateTransposed(range, residuals, into: &sums.gradient)
      defer { design.release(range) }
      guard wantsHessian else { continue }
      for first in stride(from: 0, to: range.count, by: RowBlock.gramRows) {
        let start = range.lowerBound + first
        block.load(
          start..<min(start + RowBlock.gramRows, range.upperBound), of: source, rootWeights: rootCurvatures,
          from: first)
        block.accumulateGram(into: &sums.hessian)
      }
    }
    return sums
  }

  private var standardizedColumns: StandardizedColumns {
    StandardizedColumns(design, columns: columns, centers: centers, inverseScales: inverseScales)
  }

  /// η of a loaded block.
  func linearPredictors(
    of block: borrowing RowBlock, _ range: Range<Int>, _ theta: [Double], into eta: inout [Double]
  ) {
    if let offset {
      for i in 0..<range.count { eta[i] = offset[range.lowerBound + i] }
    }
    block.multiply(theta, into: &eta, adding: offset != nil)
  }
}
