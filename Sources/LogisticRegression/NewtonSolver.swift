import LinearAlgebra

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// Newton's method with line search on loss + penalty.
///
/// Where a Hessian costs much (many rows) the last one serves again while steps contract well (a chord step),
/// corrected by what the gradients of the last step tell about it (BFGS); a fresh one is taken when they don't.
/// The stopping rule looks at the Newton decrement expected *after* the step at hand: of a fresh step it is about
/// the square of the last contraction, of a chord step the last contraction itself. With `wantsFinalHessian` the
/// certificate comes from a fresh Hessian at the solution, never from that expectation.
struct NewtonSolver {
  var problem: Problem
  var penalty: QuadraticPenalty
  var tolerance: Double
  var maximumIterations: Int
  /// θ's place that stays as it is (for profile likelihoods).
  var held: Int?
  /// Look for separation where the likelihood rises without end.
  var detectsSeparation = false
  /// Evaluate the Hessian at the solution even where the solver could do without.
  var wantsFinalHessian = true

  struct Solution {
    var theta: [Double]
    var evaluation: Evaluation
    /// Of the mean loss alone, at the solution where `wantsFinalHessian`, else a recent one.
    var hessian: Matrix
    var objective: Double
    var convergence: Convergence
  }

  /// `curvature` is a Hessian of the loss from nearby, if there is one.
  func minimize(from start: [Double], curvature known: Matrix? = nil) throws(FitError) -> Solution {
    let isSmooth = penalty.isSmooth
    let isThrifty = problem.rows >= 10_000
    var theta = start
    if !isSmooth {
      for j in theta.indices { theta[j] = min(max(theta[j], penalty.lower[j]), penalty.upper[j]) }
    }
    var evaluation = problem.evaluate(theta, hessian: known == nil || !isThrifty)
    var curvature = evaluation.hessian ?? known!
    var objective = evaluation.loss + penalty.value(theta)
    var decrement = Double.infinity
    var reciprocal = 1.0

    for iteration in 1...maximumIterations {
      let isFresh = evaluation.hessian != nil
      let smooth = penalty.gradient(evaluation.gradient, at: theta)
      let step = try linearAlgebra { () throws(LAPACKError) in
        try NewtonStep(
          hessian: curvature, gradient: smooth, theta: theta, penalty: penalty, isSmooth: isSmooth,
          held: held)
      }
      let lastDecrement = decrement
      decrement = step.decrement
      reciprocal = step.reciprocalCondition
      let contraction =
        lastDecrement == .infinity ? (detectsSeparation ? 1 : decrement) : decrement / lastDecrement
      let expected = decrement * min(1, isFresh ? max(decrement, contraction * contraction) : contraction)
      let isStalled =
        decrement < 1e-9 && contraction > 0.3 && isFresh && iteration > 1
        && largest(step.direction) < 1e-3 * max(1, largest(theta))
      // Corrected chord steps do better than the last contraction: hoped for where the certificate will tell.
      let isDone = expected <= (wantsFinalHessian && !isFresh ? 30 : 1) * tolerance || isStalled

      if detectsSeparation, isFresh, iteration > 2, contraction > 0.3,
        decrement * decrement * Double(problem.rows) <= 1e-8,
        let found = problem.separation(along: step.direction, resting: 1e-6)
      {
        throw .separation(found)
      }

      let wantsHessian =
        !isThrifty || (isDone ? wantsFinalHessian : paysHessian(decrement, contraction, isFresh: isFresh))
      guard
        let next = search(
          from: theta, objective: objective, step: step, isLast: isDone, wantsHessian: wantsHessian)
      else {
        if decrement <= 1e-3, let next = settle(from: theta, step: step, smooth: smooth) {
          theta = next.theta
          evaluation = next.evaluation
          objective = next.objective
          curvature = evaluation.hessian ?? curvature
          continue
        }
        // No decrease can be seen any more: at rounding level this is the answer.
        if decrement <= 1e-7 {
          return try finish(theta, evaluation, curvature, objective, iteration, decrement, reciprocal)
        }
        if let found = separationByShrinkage() { throw .separation(found) }
        throw .notConverged(certificate(theta, evaluation, iteration, decrement, reciprocal))
      }
      curvature =
        next.evaluation.hessian
        ?? curvature.corrected(
          step: zip(next.theta, theta).map { $0 - $1 },
          gradientChange: zip(next.evaluation.gradient, evaluation.gradient).map { $0 - $1 })
      theta = next.theta
      evaluation = next.evaluation
      objective = next.objective
      guard isDone else { continue }
      let solution = try finish(theta, evaluation, curvature, objective, iteration, expected, reciprocal)
      if isFresh || isStalled || !wantsFinalHessian || solution.convergence.newtonDecrement <= tolerance {
        return solution
      }
      // A chord step that hoped for too much: on from the fresh Hessian.
      evaluation = solution.evaluation
      curvature = solution.hessian
    }
    if let found = separationByShrinkage() { throw .separation(found) }
    throw .notConverged(certificate(theta, evaluation, maximumIterations, decrement, reciprocal))
  }

  /// The direction in which ridge estimates run away as λ falls from 1e-8 to 1e-10, for data whose Hessian is
  /// singular long before Newton's own steps have told the running rows from the others.
  private func separationByShrinkage() -> Separation? {
    guard detectsSeparation else { return nil }
    var solver = self
    solver.detectsSeparation = false
    solver.wantsFinalHessian = false
    solver.tolerance = 1e-9
    var theta = [problem.nullIntercept] + Array(repeating: 0, count: problem.columns.count)
    var ends: [[Double]] = []
    for lambda in [1e-4, 1e-6, 1e-8, 1e-10] {
      for j in 1..<max(1, theta.count) { solver.penalty.curvature[j] = lambda }
      guard let solution = try? solver.minimize(from: theta) else { return nil }
      theta = solution.theta
      ends.append(theta)
    }
    let direction = zip(ends[3], ends[2]).map { $0 - $1 }
    return problem.separation(along: direction, resting: 1e-4)
  }

  /// Whether a Hessian at the next point saves enough passes: chord steps contract by a constant c, and with a
  /// fresh Hessian there by about c². Before c is seen, four times the decrement stands in for it. A Hessian
  /// costs as much as one to two passes without.
  private func paysHessian(_ decrement: Double, _ contraction: Double, isFresh: Bool) -> Bool {
    let rate = isFresh ? min(0.5, max(4 * decrement, 1e-6)) : min(contraction, 0.9)
    return log(tolerance / (decrement * rate)) / log(rate) > 3.5
  }

  private struct Next {
    var theta: [Double]
    var evaluation: Evaluation
    var objective: Double
  }

  /// Halves the step until the objective falls by a share of what the model promises (Armijo, 1e-4); a last
  /// step is taken whole where the objective doesn't rise beyond its rounding.
  private func search(
    from theta: [Double], objective: Double, step: NewtonStep, isLast: Bool, wantsHessian: Bool
  ) -> Next? {
    guard step.direction.allSatisfy(\.isFinite) else { return nil }
    let slack = 1e-13 * max(objective.magnitude, 1e-3)
    var length = 1.0
    for _ in 0..<50 {
      let trial = theta.indices.map { theta[$0] + length * step.direction[$0] }
      let evaluation = problem.evaluate(trial, hessian: wantsHessian)
      let value = evaluation.loss + penalty.value(trial)
      let promised = 1e-4 * length * step.decrement * step.decrement
      if value.isFinite, value <= objective - promised + slack {
        return Next(theta: trial, evaluation: evaluation, objective: value)
      }
      if isLast && length == 1 { return nil }
      length *= 0.5
    }
    return nil
  }

  /// Near the solution the objective's rounding hides its decrease, in the gradient it still shows: the whole
  /// step, where it halves the distance from stationarity.
  private func settle(from theta: [Double], step: NewtonStep, smooth: [Double]) -> Next? {
    guard step.direction.allSatisfy(\.isFinite) else { return nil }
    let trial = theta.indices.map { theta[$0] + step.direction[$0] }
    let evaluation = problem.evaluate(trial, hessian: true)
    let before = penalty.stationarity(smooth, at: theta, skipping: held)
    let after = penalty.stationarity(
      penalty.gradient(evaluation.gradient, at: trial), at: trial, skipping: held)
    guard after <= 0.5 * before else { return nil }
    return Next(theta: trial, evaluation: evaluation, objective: evaluation.loss + penalty.value(trial))
  }

  private func certificate(
    _ theta: [Double], _ evaluation: Evaluation, _ iterations: Int, _ decrement: Double, _ reciprocal: Double
  ) -> Convergence {
    let smooth = penalty.gradient(evaluation.gradient, at: theta)
    return Convergence(
      solver: penalty.isSmooth ? .newton : .coordinateDescent, iterations: iterations,
      gradientNorm: penalty.stationarity(smooth, at: theta, skipping: held),
      newtonDecrement: decrement, conditionNumber: reciprocal > 0 ? 1 / reciprocal : .infinity)
  }

  private func finish(
    _ theta: [Double], _ evaluation: Evaluation, _ curvature: Matrix, _ objective: Double, _ iterations: Int,
    _ decrement: Double, _ reciprocal: Double
  ) throws(FitError) -> Solution {
    guard wantsFinalHessian else {
      return Solution(
        theta: theta, evaluation: evaluation, hessian: evaluation.hessian ?? curvature, objective: objective,
        convergence: certificate(theta, evaluation, iterations, decrement, reciprocal))
    }
    let evaluation = evaluation.hessian == nil ? problem.evaluate(theta, hessian: true) : evaluation
    let hessian = evaluation.hessian ?? curvature
    let smooth = penalty.gradient(evaluation.gradient, at: theta)
    let last = try linearAlgebra { () throws(LAPACKError) in
      try NewtonStep(
        hessian: hessian, gradient: smooth, theta: theta, penalty: penalty, isSmooth: penalty.isSmooth,
        held: held)
    }
    return Solution(
      theta: theta, evaluation: evaluation, hessian: hessian, objective: objective,
      convergence: certificate(theta, evaluation, iterations, last.decrement, last.reciprocalCondition))
  }
}

private func largest(_ values: [Double]) -> Double {
  values.reduce(0) { max($0, $1.magnitude) }
}

/// Runs `body`, whose LAPACK errors become fit errors.
func linearAlgebra<Result>(_ body: () throws(LAPACKError) -> Result) throws(FitError) -> Result {
  do throws(LAPACKError) {
    return try body()
  } catch {
    throw .numerics(error)
  }
}
