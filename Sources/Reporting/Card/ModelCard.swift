import Features
public import ModelFile
public import Training

/// `card.md`: what a model is, how good it is, and what it rests on, for people.
public struct ModelCard: Sendable {
  let model: Model
  let summary: TrainingSummary

  public init(_ model: Model, _ report: TrainingReport) {
    self.model = model
    summary = TrainingSummary(report)
  }

  public var markdown: String {
    let report = summary.report
    var parts = ["# \(report.model)", summary.headline + ".", "**Verdict:** \(summary.verdict)."]
    if let quality = summary.quality { parts += ["## Quality", quality.markdown] }
    if let ordered = summary.orderedQuality {
      parts += ["The table above is of the highest band against the others; of all three:", ordered.markdown]
    }
    parts += [
      "Intervals are 95 %: AUC by DeLong, or by a bootstrap over accounts where accounts repeat; log loss and Brier by the standard error of the mean; lift by Wilson's interval.",
      "## Fit", summary.fitLine + ".",
      model.orderedBands == nil
        ? "Objective: (1/W) Σ wᵢ ℓᵢ + λ[(1 − α)/2 ‖β‖² + α‖β‖₁], the intercept not penalised; λ is glmnet's. scikit-learn's C is 1/(λ W)."
        : "Proportional odds: P(band ≤ k) = expit(τₖ − xᵀβ), objective −(1/W) Σ wᵢ log P(bandᵢ) + λ/2 ‖β‖², the thresholds not penalised; R's `polr` where λ is 0. The intercept is minus the upper threshold: η are the log-odds of \(model.positive).",
    ]
    if let line = summary.searchLine { parts.append(line + ".") }
    if !report.warnings.isEmpty {
      parts += [
        "## Warnings",
        report.warnings.map { "- `\($0.code.rawValue)`: \($0.message)" }.joined(separator: "\n"),
      ]
    }
    if let comparison = report.comparison { parts.append(ComparisonSummary(comparison).markdown) }
    parts += ["## Coefficients", summary.coefficients.markdown]
    if let thresholds = summary.thresholds, let line = summary.parallelLine {
      parts += [thresholds.markdown, line + "."]
    }
    if report.penalty.kind != "none" {
      parts.append(
        "Estimates are shrunk towards 0 by the penalty; their standard errors cover the sampling variation, not the shrinkage. Terms that a search chose look surer than they are."
      )
    }
    if let effects = summary.effects(atMost: .max) {
      parts += [
        "## Effects",
        "Change of the mean probability in percentage points when the column is raised by the unit (or by one standard deviation) in every row, or set to the level instead of the reference; all terms of the column together, 95 % intervals by the delta method.",
        effects.markdown,
      ]
    }
    if let tests = summary.groupTests {
      parts += [
        "Likelihood-ratio tests of leaving out a group, on the fit without a penalty; they suppose rows that stand alone.",
        tests.markdown,
      ]
    }
    if let influential = summary.influential {
      parts += ["The rows that move the fit most:", influential.markdown]
    }
    if let curve = summary.learningCurve, let line = summary.learningLine {
      parts += ["## Learning curve", curve.markdown, line + "."]
    }
    let shapes = TermShapes(model).lines
    if !shapes.isEmpty {
      parts += [
        "## Shapes",
        "Part of the log-odds along each column with more than a straight line, others held fixed; from the lowest to the highest knot.",
        "```\n\(shapes.joined(separator: "\n"))\n```",
      ]
    }
    let surfaces = TermSurfaces(model).blocks
    if !surfaces.isEmpty {
      parts += [
        "## Pairs of columns",
        "What two columns add together, beyond the sum of their own parts; darker is more log-odds of the event.",
        "```\n\(surfaces.map { $0.joined(separator: "\n") }.joined(separator: "\n\n"))\n```",
      ]
    }
    parts += [
      "## Use",
      "Probability = \(model.calibration.name == "none" ? "expit(η)" : "\(model.calibration.name) calibration of η"), η the sum of the terms. Health compares an account's odds with the usual odds of this book (event rate \(Figures.percent(model.eventRate, 2))). An association in past data is not an effect: changing a column need not change the outcome.",
    ]
    return parts.joined(separator: "\n\n") + "\n"
  }
}
