import Features
import LinearAlgebra
import LogisticRegression
import Metrics
import StableNumerics
import Tables

extension TrainingWarning {
  /// What the run found out about its data, most serious first.
  static func all(
    _ fit: Pipeline.Fit, _ data: TrainingRows, _ options: TrainingOptions, report: TrainingReport,
    outOfFold: Trainer.OutOfFold?
  ) throws -> [TrainingWarning] {
    var warnings = try leakage(fit, data, threads: options.threads)
    warnings += rows(data) + leftOut(data, options, report)
    warnings += try fit.regression.diagnose(fit.observations).compactMap {
      TrainingWarning($0, isPenalized: options.penalty != .none)
    }
    if let later = report.holdout ?? report.validation {
      if later.noBetterThanChance {
        warnings.append(
          TrainingWarning(
            .noSignal,
            "on rows it had not seen the model is no better than chance: AUC \(interval(later)); do not act on its scores"
          ))
      } else if let slope = later.calibrationSlope, later.events >= 50, slope < 0.8 || slope > 1.25 {
        warnings.append(
          TrainingWarning(
            .notCalibrated,
            "on unseen rows probabilities are too \(slope < 1 ? "extreme" : "timid") (calibration slope \(short(slope))): more rows, a larger penalty or --calibrate auto help"
          ))
      }
    }
    if let test = report.ordered?.parallelSlopes, test.pValue < 0.01, let worst = test.terms.first {
      warnings.append(
        TrainingWarning(
          .proportionalOdds, term: worst.term,
          "the columns work differently at the two thresholds (Brant's chi-squared \(short(test.statistic)) on \(test.degreesOfFreedom), p < .01), \(worst.term) most: log-odds \(short(worst.atLeastMedium)) for at least medium, \(short(worst.high)) for high; look at both thresholds' calibration, or fit --positive VALUE alone"
        ))
    }
    warnings += fit.leftOut.map { column in
      switch column.reason {
      case .constant:
        TrainingWarning(
          .constant, term: column.name, "\(column.name) says the same in every row and is left out")
      case .date:
        TrainingWarning(
          .leftOut, term: column.name,
          "\(column.name) is a date and is left out: turn it into days since, as `pulso features` does")
      case .identifier(let levels):
        TrainingWarning(
          .leftOut, term: column.name,
          "\(column.name) has \(levels) distinct texts, looks like an identifier and is left out: name it in --features to keep it"
        )
      }
    }
    return warnings
  }

  /// The estimator's findings in words; what ``leakage(_:_:threads:)`` and the recipe say better is left to them.
  private init?(_ finding: Diagnosis, isPenalized: Bool) {
    switch finding {
    case .separation(let separation):
      let terms = separation.terms.joined(separator: ", ")
      self.init(
        .separation, term: separation.terms.first,
        "\(terms) decide\(separation.terms.count == 1 ? "s" : "") the outcome of \(separation.rows) rows (\(separation.events) of them events): only the penalty keeps the estimate finite; pool the level, exclude the column, or use --penalty firth"
      )
    case .aliased(let term, let others):
      self.init(
        .collinear, term: term,
        "\(term) is a combination of \(others.joined(separator: ", ")): exclude one of them, or read their estimates only together"
      )
    case .collinear(let term, let inflation):
      self.init(
        .collinear, term: term,
        "\(term) is nearly a combination of other terms (variance inflation \(Self.short(inflation.rounded()))): its estimate alone says little"
      )
    case .fewEvents(let events, let parameters):
      self.init(
        .fewEvents,
        "\(Self.short(events)) rows of the rarer outcome for \(parameters) parameters: fewer than ten each; use fewer columns\(isPenalized ? "" : " or a penalty")"
      )
    case .constant, .suspiciouslyGood, .rowOrder: return nil
    }
  }

  /// A column that alone predicts what should be hard to predict.
  ///
  /// Either its own AUC (numbers by rank, levels by event rate, whether it is missing) is at least .98, or it is at
  /// least .8 and beats everything else together by more than .02, five or more others being there.
  private static func leakage(
    _ fit: Pipeline.Fit, _ data: TrainingRows, threads: Int
  ) throws -> [TrainingWarning] {
    guard data.trials == nil else { return [] }
    let step = max(1, fit.positions.count / 20_000)
    let sample = stride(from: 0, to: fit.positions.count, by: step).map { fit.positions[$0] }
    let outcomes = sample.map { data.outcomes[$0] }
    let encoded = try fit.recipe.encode(data.table, rows: sample.map { data.rows[$0] })
    let areas = mapBlocks(count: fit.recipe.inputs.count, threads: threads) { index in
      alone(encoded.columns[index], fit.recipe.inputs[index].kind, outcomes)
    }
    guard let top = areas.indices.max(by: { areas[$0] < areas[$1] }) else { return [] }
    let name = fit.recipe.inputs[top].name
    if areas[top] >= 0.98 {
      return [
        TrainingWarning(
          .leakage, term: name,
          "\(name) alone predicts the outcome with AUC \(short(areas[top])): is it known before the outcome? if not, --exclude \(name)"
        )
      ]
    }
    guard areas[top] >= 0.8, areas.count >= 6 else { return [] }
    let others = fit.recipe.terms.indices.filter { term in
      !fit.recipe.terms[term].factors.contains { $0.input == top }
    }
    let program = TermProgram(fit.recipe)
    var values: [Double] = []
    for term in others {
      var column = [Double](repeating: 0, count: sample.count)
      var span = column.mutableSpan
      program.evaluate(term: term, encoded.columns, rows: 0..<sample.count, into: &span)
      values += column
    }
    let design = Matrix(rows: sample.count, columns: others.count, values: values)
    guard
      let observations = try? Observations(
        design: design, termNames: others.map { fit.recipe.terms[$0].name }, outcomes: outcomes),
      let rest = try? LogisticRegression(penalty: .elasticNet(lambda: 1e-3, alpha: 0), tolerance: 1e-6)
        .fit(observations),
      let joint = try? RankedOutcomes(outcomes: outcomes, scores: rest.linearPredictor(of: design)).auc,
      areas[top] > joint + 0.02
    else { return [] }
    return [
      TrainingWarning(
        .leakage, term: name,
        "\(name) alone (AUC \(short(areas[top]))) predicts better than all other columns together (\(short(joint))): is it known before the outcome? if not, --exclude \(name)"
      )
    ]
  }

  private static func alone(
    _ values: [Double], _ kind: RecipeInput.Kind, _ outcomes: [Double]
  ) -> Double {
    func area(_ scores: [Double]) -> Double {
      let value = (try? RankedOutcomes(outcomes: outcomes, scores: scores).auc) ?? 0.5
      return max(value, 1 - value)
    }
    let missing = area(values.map { $0.isNaN ? 1 : 0 })
    if kind == .numeric {
      let present = values.indices.filter { !values[$0].isNaN }
      let value =
        (try? RankedOutcomes(outcomes: present.map { outcomes[$0] }, scores: present.map { values[$0] }).auc)
        ?? 0.5
      return max(missing, value, 1 - value)
    }
    // The event rate of each level, drawn towards the mean by one row, so that rare levels do not shine.
    let rate = outcomes.reduce(0, +) / Double(outcomes.count)
    var sums: [Double: (events: Double, rows: Double)] = [:]
    for (value, outcome) in zip(values, outcomes) {
      let key = value.isNaN ? -2 : value
      let old = sums[key] ?? (0, 0)
      sums[key] = (old.events + outcome, old.rows + 1)
    }
    return max(
      missing,
      area(
        values.map { value in
          let sum = sums[value.isNaN ? -2 : value] ?? (0, 0)
          return (sum.events + rate) / (sum.rows + 1)
        }))
  }

  static func interval(_ validation: TrainingReport.Validation) -> String {
    "\(short(validation.auc ?? 0.5)) [\(short(validation.aucLow ?? 0)), \(short(validation.aucHigh ?? 1))]"
  }

  static func short(_ value: Double) -> String {
    let text = ((value * 1000).rounded() / 1000).description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
