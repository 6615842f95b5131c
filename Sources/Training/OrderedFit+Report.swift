import LinearAlgebra
import LogisticRegression
import StableNumerics

extension Pipeline.OrderedFit {
  /// Of (intercept of the highest band, coefficients): what scoring, effects and reasons rest on.
  func inference(_ kind: StandardErrors) throws(FitError) -> Inference {
    var full = try fit.inference(rows, standardErrors: kind)
    let kept = Array(1..<full.rows.count)
    var covariance = Matrix(rows: kept.count, columns: kept.count)
    for (a, i) in kept.enumerated() {
      // The intercept is minus the upper threshold.
      for (b, j) in kept.enumerated() {
        covariance[a, b] = (a == 0) != (b == 0) ? -full.covariance[i, j] : full.covariance[i, j]
      }
    }
    var summaries = Array(full.rows.dropFirst())
    let threshold = full.rows[1]
    summaries[0].term = "(Intercept)"
    summaries[0].estimate = -threshold.estimate
    summaries[0].z = -threshold.z
    (summaries[0].ciLow, summaries[0].ciHigh) = (-threshold.ciHigh, -threshold.ciLow)
    summaries[0].oddsRatio = 1 / threshold.oddsRatio
    full.covariance = covariance
    full.rows = summaries
    return full
  }

  /// The likelihood of all bands in place of the highest's, thresholds, and the test of their common slopes.
  func describe(
    _ report: inout TrainingReport, _ whole: Pipeline.Fit, levels: [String], _ kind: StandardErrors,
    threads: Int
  ) throws {
    report.solver = .init(
      name: fit.convergence.solver.rawValue, iterations: fit.convergence.iterations, converged: true,
      gradientNorm: fit.convergence.gradientNorm, newtonDecrement: fit.convergence.newtonDecrement,
      conditionNumber: fit.convergence.conditionNumber.isFinite ? fit.convergence.conditionNumber : nil)
    (report.logLikelihood, report.nullLogLikelihood) = (fit.logLikelihood, fit.nullLogLikelihood)
    (report.deviance, report.nullDeviance) = (-2 * fit.logLikelihood, -2 * fit.nullLogLikelihood)
    (report.aic, report.bic, report.mcfaddenR2) = (fit.aic, fit.bic, fit.mcFaddenR2)
    report.effectiveDegreesOfFreedom = fit.effectiveDegreesOfFreedom
    report.tjurR2 = tjurR2(whole)
    let summaries = try fit.inference(rows, standardErrors: kind).rows
    report.ordered = TrainingReport.Ordered(
      levels: levels, rows: levels.indices.map { band in rows.bands.count { $0 == band } },
      thresholds: fit.thresholds.indices.map { cut in
        TrainingReport.Ordered.Threshold(
          name: "\(levels[cut])|\(levels[cut + 1])", estimate: fit.thresholds[cut],
          stdError: summaries[cut].standardError, ciLow: summaries[cut].ciLow,
          ciHigh: summaries[cut].ciHigh)
      },
      parallelSlopes: parallelSlopes(kind, threads: threads))
  }

  /// Mean P(high) of the rows that are, less that of the others (Tjur 2009).
  private func tjurR2(_ whole: Pipeline.Fit) -> Double {
    let eta = rows.observations.design.times(whole.coefficients)
    var (sums, totals) = ([0.0, 0.0], [0.0, 0.0])
    for row in eta.indices {
      let weight = rows.observations.weights?[row] ?? 1
      let side = rows.bands[row] == 2 ? 1 : 0
      sums[side] += weight * expit(eta[row] + whole.intercept)
      totals[side] += weight
    }
    return sums[1] / totals[1] - sums[0] / totals[0]
  }

  private func parallelSlopes(_ kind: StandardErrors, threads: Int) -> TrainingReport.ParallelSlopesTest? {
    let clusters: [Int32]? = if case .cluster(let groups) = kind { groups } else { nil }
    guard let test = try? rows.parallelSlopes(clusters: clusters, threads: threads),
      test.degreesOfFreedom > 0, test.pValue.isFinite
    else { return nil }
    return TrainingReport.ParallelSlopesTest(
      statistic: test.statistic, degreesOfFreedom: test.degreesOfFreedom, pValue: test.pValue,
      terms: test.terms.enumerated().sorted {
        ($0.element.pValue, $0.offset) < ($1.element.pValue, $1.offset)
      }.map { _, term in
        .init(
          term: term.name, atLeastMedium: term.coefficients[0], high: term.coefficients[1],
          pValue: term.pValue)
      })
  }

  /// Twice the log-likelihood that leaving the terms out costs, and how many estimates they have.
  func likelihoodRatio(without terms: [Int]) -> (statistic: Double, degreesOfFreedom: Int)? {
    let design = rows.observations.design
    let left = Set(terms)
    let kept = (0..<design.columns).filter { !left.contains($0) }
    let values = kept.flatMap { design.column($0) }
    guard let plain = try? ProportionalOdds(),
      let full = try? plain.fit(rows),
      let smaller = try? OrderedObservations(
        design: Design(Matrix(rows: design.rows, columns: kept.count, values: values)),
        termNames: kept.map { rows.observations.termNames[$0] }, bands: rows.bands, bandCount: 3,
        weights: rows.observations.weights),
      let reduced = try? plain.fit(smaller)
    else { return nil }
    let estimates = { (fit: FittedProportionalOdds) in fit.coefficients.count - fit.aliased.count }
    return (
      max(0, 2 * (full.logLikelihood - reduced.logLikelihood)), estimates(full) - estimates(reduced)
    )
  }
}
