import Features
import LinearAlgebra
import LogisticRegression
import ModelFile

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

extension Trainer {
  /// `moments` are those of the design's columns.
  func report(
    _ fit: Pipeline.Fit, _ data: TrainingRows, _ moments: [ColumnMoments], inference: Inference
  ) -> TrainingReport {
    let regression = fit.regression
    let aliased = Set(regression.aliased)
    var coefficients: [TrainingReport.Coefficient] = []
    for (index, row) in inference.rows.enumerated() {
      let term = index == 0 ? nil : fit.recipe.terms[index - 1]
      let known = index == 0 || !aliased.contains(index - 1)
      func finite(_ value: Double) -> Double? { known && value.isFinite ? value : nil }
      // A term that the lasso puts at 0 has an estimate, if no standard error.
      let estimate = index == 0 ? fit.intercept : fit.coefficients[index - 1]
      // Class weights move the intercept by a known constant: its interval moves with it.
      let shift = index == 0 && fit.ordered == nil ? fit.intercept - regression.intercept : 0
      coefficients.append(
        TrainingReport.Coefficient(
          term: row.term, group: term.flatMap { fit.recipe.inputs[$0.factors[0].input].group },
          estimate: finite(estimate), stdError: finite(row.standardError),
          z: finite(shift == 0 ? row.z : estimate / row.standardError), pValue: finite(row.pValue),
          ciLow: finite(row.ciLow + shift), ciHigh: finite(row.ciHigh + shift),
          oddsRatio: finite(exp(estimate)),
          deviation: index == 0 ? nil : finite(moments[index - 1].deviation / moments[index - 1].unit)))
    }
    let convergence = regression.convergence
    return TrainingReport(
      model: options.name, role: options.role.rawValue, target: options.target, positive: data.positive,
      rows: fit.positions.count, rowsDropped: data.rows.count - fit.positions.count,
      rowsWithoutOutcome: data.unlabelled,
      positives: fit.positions.reduce(0) { $0 + data.outcomes[$1] * (data.trials?[$1] ?? 1) },
      recipe: options.recipe.rawValue,
      solver: .init(
        name: convergence.solver.rawValue, iterations: convergence.iterations, converged: true,
        gradientNorm: convergence.gradientNorm, newtonDecrement: convergence.newtonDecrement,
        conditionNumber: convergence.conditionNumber.isFinite ? convergence.conditionNumber : nil),
      penalty: .init(
        kind: options.penalty.rawValue, lambda: fit.lambda,
        alpha: options.penalty == .elasticNet ? options.alpha : 0),
      prior: options.prior.map { .init(model: $0.name, weight: $0.weight) },
      standardErrors: standardErrorsName(data), confidenceIntervals: options.confidenceIntervals.rawValue,
      coefficients: coefficients,
      logLikelihood: regression.logLikelihood, nullLogLikelihood: regression.nullLogLikelihood,
      deviance: regression.deviance, nullDeviance: regression.nullDeviance, aic: regression.aic,
      bic: regression.bic, mcfaddenR2: regression.mcFaddenR2, tjurR2: regression.tjurR2,
      effectiveDegreesOfFreedom: regression.effectiveDegreesOfFreedom, validation: nil, holdout: nil,
      calibration: "none",
      lambdaPath: fit.crossValidation.map {
        .init(
          lambda: $0.lambdas, deviance: $0.meanDeviances, standardError: $0.standardErrors, chosen: fit.lambda
        )
      },
      search: fit.search.map {
        .init(termsAdded: $0.added, logLossBefore: $0.lossBefore, logLossAfter: $0.lossAfter)
      })
  }

  private func standardErrorsName(_ data: TrainingRows) -> String {
    switch options.standardErrors {
    case .automatic: data.groups == nil ? "model" : "cluster:\(options.group ?? options.id ?? "")"
    case .model: "model"
    case .hc0: "hc0"
    case .hc1: "hc1"
    case .cluster(let column): "cluster:\(column)"
    }
  }
}
