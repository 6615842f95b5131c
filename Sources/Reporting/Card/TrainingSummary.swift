public import Training

/// A training report as tables and sentences, for a terminal and for the card alike.
public struct TrainingSummary: Sendable {
  public let report: TrainingReport

  public init(_ report: TrainingReport) {
    self.report = report
  }

  /// The coefficient table; odds ratios are per unit of the term.
  public var coefficients: TextTable {
    TextTable(
      header: ["term", "estimate", "std. error", "z", "p", "95 % low", "95 % high", "odds ratio"],
      rows: report.coefficients.map { row in
        [
          row.term, row.estimate == nil ? "NA" : Figures.significant(row.estimate, 5),
          Figures.significant(row.stdError, 4), Figures.fixed(row.z, 2), Figures.pValue(row.pValue),
          Figures.significant(row.ciLow, 4), Figures.significant(row.ciHigh, 4),
          Figures.significant(row.oddsRatio, 4),
        ]
      })
  }

  /// One column for each set of unseen rows.
  public var quality: TextTable? {
    let sets = [report.validation, report.holdout].compactMap { $0 }
    return sets.isEmpty ? nil : Self.quality(of: sets)
  }

  /// One column for each set of rows.
  public static func quality(of sets: [TrainingReport.Validation]) -> TextTable {
    let lines: [(String, (TrainingReport.Validation) -> String)] = [
      ("rows", { Figures.count(Double($0.rows)) }),
      ("events", { Figures.count($0.events) }),
      ("AUC", { Figures.interval($0.auc, $0.aucLow, $0.aucHigh) }),
      ("average precision", { Figures.fixed($0.prAuc, 3) }),
      ("log loss", { Figures.interval($0.logLoss, $0.logLossLow, $0.logLossHigh, 4) }),
      ("log loss of the event rate", { Figures.fixed($0.logLossOfRate, 4) }),
      ("Brier score", { Figures.interval($0.brier, $0.brierLow, $0.brierHigh, 4) }),
      (
        "top-decile lift",
        { Figures.interval($0.topDecileLift, $0.topDecileLiftLow, $0.topDecileLiftHigh, 2) }
      ),
      ("calibration slope", { Figures.fixed($0.calibrationSlope, 3) }),
      ("expected calibration error", { Figures.fixed($0.ece, 4) }),
    ]
    return TextTable(
      header: ["on rows not seen"] + sets.map(\.scheme),
      rows: lines.map { name, value in [name] + sets.map(value) })
  }

  /// Of three ordered bands, one row a threshold: P(band ≤ k) = expit(threshold − xᵀβ).
  public var thresholds: TextTable? {
    report.ordered.map { ordered in
      TextTable(
        header: ["threshold", "estimate", "std. error", "95 % low", "95 % high"],
        rows: ordered.thresholds.map {
          [
            $0.name, Figures.significant($0.estimate, 5), Figures.significant($0.stdError, 4),
            Figures.significant($0.ciLow, 4), Figures.significant($0.ciHigh, 4),
          ]
        })
    }
  }

  /// What holds for three ordered bands together.
  public var orderedQuality: TextTable? {
    let sets = [report.validation, report.holdout].compactMap { $0 }
    return Self.orderedQuality(of: sets)
  }

  /// One column for each set of rows; nil where none has ordered bands.
  public static func orderedQuality(of sets: [TrainingReport.Validation]) -> TextTable? {
    let sets = sets.filter { $0.ordered != nil }
    guard !sets.isEmpty else { return nil }
    typealias Quality = TrainingReport.OrderedQuality
    var lines: [(String, (Quality) -> String)] = []
    for (place, name) in ["at least medium", "high"].enumerated() {
      lines.append(
        (
          "AUC of \(name)",
          {
            Figures.interval(
              $0.thresholds[place].auc, $0.thresholds[place].aucLow, $0.thresholds[place].aucHigh)
          }
        ))
      lines.append(
        ("calibration slope of \(name)", { Figures.fixed($0.thresholds[place].calibrationSlope, 3) }))
    }
    lines += [
      ("log loss of the band", { Figures.interval($0.logLoss, $0.logLossLow, $0.logLossHigh, 4) }),
      ("log loss of the bands' shares", { Figures.fixed($0.logLossOfShares, 4) }),
      ("pairs in the right order", { Figures.percent($0.concordance) }),
    ]
    return TextTable(
      header: ["three bands"] + sets.map(\.scheme),
      rows: lines.map { name, value in [name] + sets.map { $0.ordered.map(value) ?? "–" } })
  }

  /// Whether the two thresholds share their coefficients.
  public var parallelLine: String? {
    report.ordered.map { ordered in
      guard let test = ordered.parallelSlopes else {
        return "the proportional odds could not be tested: a binary fit of a threshold has no estimate"
      }
      return
        "proportional odds (Brant): chi-squared \(Figures.fixed(test.statistic, 2)) on \(test.degreesOfFreedom), p \(Figures.pValue(test.pValue))"
    }
  }

  /// What was fitted, in one line.
  public var headline: String {
    let share = report.rows > 0 ? report.positives / Double(report.rows) : 0
    return
      "\(report.model) (\(report.role)): \(Figures.count(Double(report.rows))) rows, "
      + "\(Figures.count(report.positives)) with \(report.target) = \(report.positive) (\(Figures.percent(share)))"
      + (report.ordered.map { ordered in
        "; ordered bands "
          + zip(ordered.levels, ordered.rows).map { "\($0) \(Figures.count(Double($1)))" }
          .joined(separator: ", ")
      } ?? "")
      + (report.rowsDropped > 0 ? ", \(report.rowsDropped) left out for missing values" : "")
      + (report.rowsWithoutOutcome > 0 ? ", \(report.rowsWithoutOutcome) without an outcome" : "")
  }

  public var fitLine: String {
    var line =
      "penalty \(report.penalty.kind)"
      + (report.penalty.kind == "none" || report.penalty.kind == "firth"
        ? "" : ", lambda \(Figures.significant(report.penalty.lambda, 4))")
      + (report.penalty.kind == "elastic-net"
        ? ", alpha \(Figures.significant(report.penalty.alpha, 3))" : "")
    line += "; \(report.solver.name): \(report.solver.iterations) iterations, gradient "
    line += Figures.significant(report.solver.gradientNorm, 2)
    line +=
      "; deviance \(Figures.significant(report.deviance, 6)) of \(Figures.significant(report.nullDeviance, 6))"
    if let prior = report.prior {
      line += "; centred on the weights of \(prior.model)"
      if prior.weight != 1 { line += " (weight \(Figures.significant(prior.weight, 3)))" }
    }
    line += "; standard errors: \(report.standardErrors)"
    if report.confidenceIntervals == "profile" { line += "; intervals by profile likelihood" }
    line += "; calibration: \(report.calibration)"
    return line
  }

  /// Whether it can be trusted, in one sentence.
  public var verdict: String {
    guard let later = report.holdout ?? report.validation else {
      return "not validated: nothing is known about its quality on new accounts"
    }
    if later.noBetterThanChance {
      return
        "no better than chance on rows it had not seen (AUC \(Figures.interval(later.auc, later.aucLow, later.aucHigh))): do not act on it"
    }
    return
      "AUC \(Figures.interval(later.auc, later.aucLow, later.aucHigh)) on rows it had not seen; the highest tenth has \(Figures.fixed(later.topDecileLift, 1)) times the usual rate"
  }

  /// What the search for terms brought.
  public var searchLine: String? {
    report.search.map { search in
      search.termsAdded == 0
        ? "searched for curves and pairs of columns: none helped on unseen rows, none was added"
        : "searched for curves and pairs of columns: \(search.termsAdded) helped; log loss on unseen rows \(Figures.fixed(search.logLossBefore, 4)) → \(Figures.fixed(search.logLossAfter, 4))"
    }
  }

  /// What the strongest columns do to the probability, in percentage points.
  public func effects(atMost count: Int) -> TextTable? {
    guard let effects = report.effects, !effects.isEmpty else { return nil }
    return TextTable(
      header: ["on average", "points of probability", "one deviation"],
      rows: effects.prefix(count).map { effect in
        func points(_ share: Double?) -> String {
          share.map { ($0 < 0 ? "" : "+") + Figures.fixed(100 * $0, 2) } ?? "–"
        }
        let what =
          effect.level.map { "\(effect.column)[\($0)]" }
          ?? "+\(Figures.shortest(effect.unit ?? 1)) \(effect.column)"
        return [
          what, "\(points(effect.change)) [\(points(effect.low)), \(points(effect.high))]",
          points(effect.perDeviation),
        ]
      })
  }

  /// Likelihood-ratio tests.
  public var groupTests: TextTable? {
    report.groupTests.map { tests in
      TextTable(
        header: ["without the group", "chi-squared", "df", "p"],
        rows: tests.map {
          [$0.group, Figures.fixed($0.statistic, 2), "\($0.degreesOfFreedom)", Figures.pValue($0.pValue)]
        })
    }
  }

  public var influential: TextTable? {
    guard let rows = report.influential, !rows.isEmpty else { return nil }
    return TextTable(
      header: ["influential", "Cook's distance", "leverage", "Pearson residual"],
      rows: rows.map {
        [
          $0.account, Figures.significant($0.cooksDistance, 3), Figures.significant($0.leverage, 3),
          Figures.fixed($0.pearsonResidual, 2),
        ]
      })
  }

  public var learningCurve: TextTable? {
    report.learningCurve.map { curve in
      TextTable(
        header: ["learned from", "events", "AUC", "log loss"],
        rows: curve.points.map {
          [
            "\(Figures.count($0.rows)) rows", Figures.count($0.events), Figures.fixed($0.auc, 3),
            Figures.fixed($0.logLoss, 4),
          ]
        })
    }
  }

  /// What more outcomes would bring.
  public var learningLine: String? {
    guard let curve = report.learningCurve, let last = curve.points.last else { return nil }
    return
      "twice as many outcomes would take about \(Figures.fixed(curve.gainFromDoubling, 4)) off the log loss of "
      + "\(Figures.fixed(last.logLoss, 4)) (\(Figures.percent(curve.gainFromDoubling / last.logLoss)))"
  }

  /// What a terminal shows.
  public var terminal: String {
    var parts = [headline, fitLine]
    if let searchLine { parts.append(searchLine) }
    parts.append("")
    parts.append(coefficients.text)
    if let thresholds, let parallelLine { parts += ["", thresholds.text, parallelLine] }
    if let effects = effects(atMost: 8) { parts += ["", effects.text] }
    if let groupTests { parts += ["", groupTests.text] }
    if let quality { parts += ["", quality.text] }
    if let orderedQuality { parts += ["", orderedQuality.text] }
    if let learningCurve, let learningLine { parts += ["", learningCurve.text, learningLine] }
    parts += ["", verdict]
    if let comparison = report.comparison { parts += ["", ComparisonSummary(comparison).terminal] }
    for warning in report.warnings { parts.append("warning: \(warning.code.rawValue): \(warning.message)") }
    return parts.joined(separator: "\n")
  }
}
