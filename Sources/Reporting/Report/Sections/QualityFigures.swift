import ModelFile
import Training

/// Gains, calibration, ROC and precision-recall of one model on unseen rows.
struct QualityFigures {
  let words: Words
  let number: Int
  let quality: TrainingReport.Validation
  let curves: QualityCurves
  let role: Model.Role

  init(_ section: ModelSection, _ quality: TrainingReport.Validation, _ curves: QualityCurves) {
    words = section.words
    number = section.number
    self.quality = quality
    self.curves = curves
    role = section.model.model.role
  }

  private var numbers: LocalNumbers { words.numbers }

  var figures: [Page.Figure] { [gains, calibration, roc, precisionRecall] }

  /// What the rows with the event are called.
  private var events: String {
    switch role {
    case .risk: words("leavers", "bajas")
    case .expansion: words("growers", "ampliaciones")
    case .other: words("events", "sucesos")
    }
  }

  private var theEvents: String {
    switch role {
    case .risk: words("the leavers", "las bajas")
    case .expansion: words("the growers", "las ampliaciones")
    case .other: words("the events", "los sucesos")
    }
  }

  private var gains: Page.Figure {
    let curve = points(curves.gains)
    let tenth = value(of: curves.gains, at: 0.1)
    let title = words(
      "A tenth of the accounts holds \(numbers.percent(tenth, 0)) of \(theEvents)",
      "Una décima parte de las cuentas reúne el \(numbers.percent(tenth, 0)) de \(theEvents)"
    )
    return figure(
      "gains", title, words("Cumulative gains", "Ganancias acumuladas"),
      CurvePlot(
        words: words,
        horizontal: words("Accounts contacted, the likeliest first", "Cuentas contactadas, de mayor a menor"),
        vertical: words("Share of \(events) found", "Parte de \(theEvents) que se encuentra"), curve: curve,
        chance: [(0, 0), (1, 1)],
        highlight: (0.1, tenth, "10\(LocalNumbers.space)% → \(numbers.percent(tenth, 0))"), isFilled: true),
      words("Dashed: accounts contacted at random.", "Línea discontinua: cuentas contactadas al azar."))
  }

  private var calibration: Page.Figure {
    let inside = curves.calibration.count { $0.low <= $0.meanProbability && $0.meanProbability <= $0.high }
    let all = curves.calibration.count
    let title = words(
      "What was said is what happened in \(numbers.spelled(inside)) of \(numbers.spelled(all)) groups",
      "Lo dicho es lo ocurrido en \(numbers.spelled(inside, feminine: false)) de \(numbers.spelled(all, feminine: false)) grupos"
    )
    return Page.Figure(
      title: Markup(title),
      drawing: CalibrationPlot(words: words, bins: curves.calibration).svg(
        id: "calibration-\(number)", title: Markup(words("Calibration", "Calibración")),
        description: Markup(title)),
      caption: Markup(
        words(
          "Groups of equal size by predicted probability, with Wilson’s 95 % intervals; on the dashed line both agree.",
          "Grupos de igual tamaño por probabilidad predicha, con intervalos de Wilson del 95 %; en la línea ambas coinciden."
        )))
  }

  private var roc: Page.Figure {
    let title = words(
      "In \(numbers.percent(quality.auc, 0)) of pairs the right account has the higher score",
      "En el \(numbers.percent(quality.auc, 0)) de los pares la cuenta correcta puntúa más alto")
    return figure(
      "roc", title, words("ROC curve", "Curva ROC"),
      CurvePlot(
        words: words, horizontal: words("False positive rate", "Tasa de falsos positivos"),
        vertical: words("True positive rate", "Tasa de verdaderos positivos"), curve: points(curves.roc),
        chance: [(0, 0), (1, 1)], isFilled: true),
      words(
        "Area \(numbers.interval(quality.auc, quality.aucLow, quality.aucHigh, 3)); the dashed line is chance, 0.5.",
        "Área \(numbers.interval(quality.auc, quality.aucLow, quality.aucHigh, 3)); la línea discontinua es el azar, 0,5."
      ))
  }

  private var precisionRecall: Page.Figure {
    let curve = points(curves.precisionRecall)
    let half = value(of: curves.precisionRecall, at: 0.5)
    let title = words(
      "To find half of \(theEvents), one call in \(oneIn(half)) is right",
      "Para encontrar la mitad de \(theEvents), acierta una llamada de cada \(oneIn(half))"
    )
    return figure(
      "pr", title, words("Precision and recall", "Precisión y exhaustividad"),
      CurvePlot(
        words: words, horizontal: words("Recall: \(events) found", "Exhaustividad: parte de \(theEvents)"),
        vertical: words("Precision: calls that are right", "Precisión: llamadas acertadas"), curve: curve,
        chance: [(0, curves.eventRate), (1, curves.eventRate)]),
      words(
        "Average precision \(numbers.fixed(quality.prAuc, 3)); dashed: calls at random, \(numbers.percent(curves.eventRate, 1)).",
        "Precisión media \(numbers.fixed(quality.prAuc, 3)); línea discontinua: llamadas al azar, \(numbers.percent(curves.eventRate, 1))."
      ))
  }

  private func oneIn(_ share: Double) -> String {
    guard share > 0 else { return LocalNumbers.unknown }
    let count = 1 / share
    return count < 1.5 ? numbers.fixed(count, 1) : numbers.spelled(Int(min(count, 1e9).rounded()))
  }

  private func figure(
    _ id: String, _ title: String, _ name: String, _ plot: CurvePlot, _ caption: String
  ) -> Page.Figure {
    Page.Figure(
      title: Markup(title),
      drawing: plot.svg(id: "\(id)-\(number)", title: Markup(name), description: Markup(title)),
      caption: Markup(caption))
  }

  private func points(_ curve: QualityCurves.Curve) -> [(Double, Double)] {
    Array(zip(curve.x, curve.y)).filter { $0.0.isFinite && $0.1.isFinite }
  }

  /// The curve's height at `x`, on the straight line between its neighbours.
  private func value(of curve: QualityCurves.Curve, at x: Double) -> Double {
    let points = points(curve)
    guard let next = points.firstIndex(where: { $0.0 >= x }) else { return points.last?.1 ?? 0 }
    guard next > 0, points[next].0 > points[next - 1].0 else { return points[next].1 }
    let (before, after) = (points[next - 1], points[next])
    return before.1 + (after.1 - before.1) * (x - before.0) / (after.0 - before.0)
  }
}
