import LinearAlgebra

/// Where the quadratic model of the objective at θ has its minimum, and how far that is.
struct NewtonStep {
  var direction: [Double]
  /// √(gᵀH⁻¹g) where the penalty is smooth: √(2 · predicted decrease); else √ of the slope along the step, which is
  /// no less.
  var decrement: Double
  var reciprocalCondition: Double

  /// `hessian` is that of the loss, to which the penalty's curvature is added here; `gradient` is that of loss and
  /// smooth penalty together.
  init(
    hessian: Matrix, gradient: [Double], theta: [Double], penalty: QuadraticPenalty, isSmooth: Bool,
    held: Int?
  ) throws(LAPACKError) {
    let q = theta.count
    var model = hessian
    for j in 0..<q { model[j, j] += penalty.curvature[j] }
    let free = (0..<q).filter { $0 != held }
    direction = Array(repeating: 0, count: q)
    if isSmooth {
      let sub = model.principal(free)
      let (step, reciprocal) = try solve(sub, free.map { -gradient[$0] })
      for (k, j) in free.enumerated() { direction[j] = step[k] }
      reciprocalCondition = reciprocal
    } else {
      var descent = CoordinateDescent(
        model: model, gradient: gradient, theta: theta, penalty: penalty, free: free)
      descent.run()
      reciprocalCondition = try descent.polish()
      for j in free { direction[j] = descent.theta[j] - theta[j] }
    }
    var slope = 0.0
    for j in free {
      slope -= gradient[j] * direction[j]
      slope -= penalty.absolute[j] * ((theta[j] + direction[j]).magnitude - theta[j].magnitude)
    }
    decrement = max(slope, 0).squareRoot()
  }
}

/// x with A x = b: by Cholesky, and where that says singular to working precision by eigenvalues, each held
/// above 1e-15 of the largest, so that the step stays a direction of descent.
func solve(_ matrix: Matrix, _ right: [Double]) throws(LAPACKError) -> (
  solution: [Double], reciprocalCondition: Double
) {
  do throws(LAPACKError) {
    let factor = try Cholesky(matrix)
    if factor.reciprocalCondition > 1e-14 { return (factor.solve(right), factor.reciprocalCondition) }
  } catch {
    guard case .notPositiveDefinite = error else { throw error }
  }
  let q = matrix.rows
  let (scaled, scale) = equilibrated(matrix)
  let eigen = try SymmetricEigen(scaled)
  let largest = max(eigen.values.last ?? 1, 0x1p-1000)
  var projected = eigen.vectors.transposedTimes((0..<q).map { right[$0] * scale[$0] })
  for k in 0..<q { projected[k] /= max(eigen.values[k], largest * 1e-15) }
  let solution = eigen.vectors.times(projected)
  return (
    (0..<q).map { solution[$0] * scale[$0] }, max((eigen.values.first ?? 1) / largest, 0)
  )
}

/// A⁻¹ of a symmetric positive semidefinite matrix; where it is singular to working precision (the lasso may
/// keep columns that repeat each other) the pseudo-inverse of its equilibrated form.
func inverse(_ matrix: Matrix) throws(LAPACKError) -> Matrix {
  do throws(LAPACKError) {
    let factor = try Cholesky(matrix)
    if factor.reciprocalCondition > 1e-15 { return factor.inverse() }
  } catch {
    guard case .notPositiveDefinite = error else { throw error }
  }
  let (scaled, scale) = equilibrated(matrix)
  let eigen = try SymmetricEigen(scaled)
  let floor = (eigen.values.last ?? 0) * 1e-14
  let q = matrix.rows
  var result = Matrix(rows: q, columns: q)
  for k in 0..<q where eigen.values[k] > floor {
    for j in 0..<q {
      for i in 0..<q {
        result[i, j] += eigen.vectors[i, k] * eigen.vectors[j, k] / eigen.values[k] * scale[i] * scale[j]
      }
    }
  }
  return result
}

/// D A D with a unit diagonal, and D.
private func equilibrated(_ matrix: Matrix) -> (scaled: Matrix, scale: [Double]) {
  let q = matrix.rows
  let scale = (0..<q).map { matrix[$0, $0] > 0 ? 1 / matrix[$0, $0].squareRoot() : 1 }
  var scaled = matrix
  for j in 0..<q { for i in 0..<q { scaled[i, j] *= scale[i] * scale[j] } }
  return (scaled, scale)
}

extension Matrix {
  /// This Hessian with the curvature that a step s showed: H + yyᵀ/yᵀs − H s sᵀH / sᵀHs, y the change of the
  /// gradient (the BFGS formula; Nocedal & Wright 2006, 6.19). Itself where the step was too short for y to have
  /// digits, or showed no curvature.
  func corrected(step: [Double], gradientChange: [Double]) -> Matrix {
    let image = times(step)
    var model = 0.0
    var seen = 0.0
    for j in step.indices {
      model += step[j] * image[j]
      seen += step[j] * gradientChange[j]
    }
    guard model > 1e-16, seen > 0.1 * model, seen < 10 * model else { return self }
    var result = self
    for j in step.indices {
      for i in step.indices {
        result[i, j] += gradientChange[i] * gradientChange[j] / seen - image[i] * image[j] / model
      }
    }
    return result
  }

  /// Rows and columns `list` of a square matrix.
  func principal(_ list: [Int]) -> Matrix {
    if list.count == rows { return self }
    var result = Matrix(rows: list.count, columns: list.count)
    for (b, j) in list.enumerated() { for (a, i) in list.enumerated() { result[a, b] = self[i, j] } }
    return result
  }
}
