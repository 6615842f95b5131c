import Features
import ModelFile
import Training

/// One model: how good it is on rows that it had not seen, and what it rests on.
struct ModelSection {
  private static let effects = 18
  private static let shapes = 6
  private static let surfaces = 4

  let words: Words
  let model: ReportModel
  /// From 1 on; makes the drawings' ids the only ones of their name.
  let number: Int

  var numbers: LocalNumbers { words.numbers }
  var verdict: ModelVerdict { ModelVerdict(words: words, model: model) }

  var section: Page.Section {
    var blocks: [Page.Block] = []
    if let quality = verdict.quality {
      let plots = quality.curves.map { QualityFigures(self, quality, $0).figures } ?? []
      if plots.isEmpty {
        blocks.append(
          .notes([
            Markup(
              words(
                "This version was trained before curves were kept beside the model: train it again to see them.",
                "Esta versión se entrenó antes de guardar las curvas junto al modelo: entrénela de nuevo para verlas."
              ))
          ]))
      } else {
        blocks.append(.figures(plots))
      }
    } else if model.report == nil {
      blocks.append(
        .notes([
          Markup(
            words(
              "No report.json lies beside this model: `pulso train` writes one.",
              "No hay report.json junto a este modelo: `pulso train` lo escribe."))
        ]))
    }
    let effects = [forest, path].compactMap { $0 }
    if !effects.isEmpty {
      blocks.append(
        Page.Block(
          heading: Page.Heading(
            kicker: .empty, title: Markup(words("What it rests on", "En qué se basa")), lead: .empty),
          figures: effects, table: qualityTable, layout: "pair"))
    } else if let table = qualityTable {
      blocks.append(.table(table))
    }
    let shapes = shapeFigures
    if !shapes.isEmpty {
      blocks.append(
        Page.Block(
          heading: Page.Heading(
            kicker: .empty,
            title: Markup(
              words("Where a straight line would not do", "Donde una línea recta no basta")),
            lead: Markup(
              words(
                "Odds along a column, others held fixed, as a factor against the average account, with a pointwise 95 % band. Ticks on the axis are deciles of the training rows.",
                "La razón a lo largo de una columna, con las demás fijas, como factor frente a la cuenta media, con banda puntual del 95 %. Las marcas del eje son deciles del entrenamiento."
              ))), figures: shapes))
    }
    let surfaces = surfaceFigures
    if !surfaces.isEmpty {
      blocks.append(
        Page.Block(
          heading: Page.Heading(
            kicker: .empty,
            title: Markup(words("Where two columns act together", "Donde dos columnas actúan juntas")),
            lead: Markup(
              words(
                "What both say beyond what each says alone: warm cells raise the odds against the average account, cool ones lower them, the darker the more.",
                "Lo que ambas dicen más allá de cada una: las celdas cálidas suben la razón frente a la cuenta media, las frías la bajan; cuanto más oscuras, más."
              ))), figures: surfaces))
    }
    let warnings = warnings
    if !warnings.isEmpty { blocks.append(.notes(warnings)) }
    if let comparison = model.comparison {
      blocks += ComparisonBlocks(words: words, subject: comparison, role: model.model.role).blocks
    }
    return Page.Section(
      anchor: "model-\(number)", label: Markup(label), title: Markup(verdict.sentence), lead: Markup(lead),
      blocks: blocks)
  }

  private var label: String {
    switch model.model.role {
    case .risk: words("Why trust it: churn", "Por qué fiarse: bajas")
    case .expansion: words("Why trust it: expansion", "Por qué fiarse: expansión")
    case .other:
      words("Why trust it: ", "Por qué fiarse: ") + Markup.shortened(model.model.name, limit: 30)
    }
  }

  private var lead: String {
    var parts: [String] = []
    if let quality = verdict.quality {
      parts.append(
        words(
          "Area under the ROC curve \(numbers.interval(quality.auc, quality.aucLow, quality.aucHigh, 3)) on \(numbers.whole(quality.rows)) rows that it had not seen, \(numbers.whole(quality.events)) of them events (\(words.scheme(quality.scheme, limit: 60))).",
          "Área bajo la curva ROC \(numbers.interval(quality.auc, quality.aucLow, quality.aucHigh, 3)) en \(numbers.whole(quality.rows)) filas no vistas, \(numbers.whole(quality.events)) de ellas sucesos (\(words.scheme(quality.scheme, limit: 60)))."
        ))
    }
    parts.append(
      words(
        "Event: \(Markup.shortened(model.model.target, limit: 40)) = \(Markup.shortened(model.model.positive, limit: 20)), usual rate \(numbers.percent(model.model.eventRate, 1)), learned from \(numbers.whole(model.model.rows)) rows.",
        "Suceso: \(Markup.shortened(model.model.target, limit: 40)) = \(Markup.shortened(model.model.positive, limit: 20)), tasa habitual \(numbers.percent(model.model.eventRate, 1)), aprendido de \(numbers.whole(model.model.rows)) filas."
      ))
    return parts.joined(separator: " ")
  }

  /// A line a kind of warning, with the terms that it is about.
  private var warnings: [Markup] {
    let all = model.report?.warnings ?? []
    var codes: [TrainingWarning.Code] = []
    for warning in all where !codes.contains(warning.code) { codes.append(warning.code) }
    return codes.map { code in
      let terms = all.filter { $0.code == code }.compactMap(\.term)
      let shown = terms.prefix(8).map { Markup(data: Reasons.readable($0), limit: 40) }
      let rest = terms.count - shown.count
      let more = rest > 0 ? Markup(words(" and \(rest) more", " y \(rest) más")) : .empty
      return Markup(trusted: "<b>") + Markup(sentence(code)) + Markup(trusted: "</b> ")
        + shown.joined(separator: ", ") + more
    }
  }

  private func sentence(_ code: TrainingWarning.Code) -> String {
    switch code {
    case .separation: words("Decide the outcome by themselves:", "Deciden el resultado por sí solas:")
    case .collinear:
      words(
        "Tell the same as other columns, so that their estimates alone say little:",
        "Dicen lo mismo que otras columnas, así que su estimación sola dice poco:")
    case .constant: words("Say the same in every row:", "Dicen lo mismo en todas las filas:")
    case .leakage: words("May know the outcome in advance:", "Pueden conocer el resultado de antemano:")
    case .fewEvents: words("Few events for so many terms.", "Pocos sucesos para tantos términos.")
    case .rowsLeftOut:
      words("Rows with a missing value are left out.", "Se omiten las filas con algún valor ausente.")
    case .priorSawRows:
      words(
        "The prior may have learned from the same rows.",
        "La distribución previa puede haber aprendido de las mismas filas.")
    case .horizonUnknown:
      words("How far ahead the outcome looks is not stated.", "No consta a qué plazo mira el resultado.")
    case .proportionalOdds:
      words("Work differently at the two thresholds:", "Actúan de otro modo en los dos umbrales:")
    case .notCalibrated: words("Probabilities are off their level.", "Las probabilidades están desajustadas.")
    case .noSignal: words("No signal was found.", "No se encontró señal.")
    case .leftOut: words("Left out:", "Fuera:")
    case .duplicatedRows: words("The table holds duplicated rows.", "La tabla tiene filas duplicadas.")
    case .rowOrder:
      words("The outcome depends on the order of the rows.", "El resultado depende del orden de las filas.")
    }
  }

  // MARK: What it rests on

  /// Odds ratios per standard deviation, or against the reference level.
  private var forest: Page.Figure? {
    guard let report = model.report else { return nil }
    var isScaled = false
    let levels = Set(
      model.model.recipe.terms.filter { term in
        term.factors.allSatisfy {
          switch $0.basis {
          case .level, .otherLevels, .missing: true
          default: false
          }
        }
      }.map(\.name))
    var lines: [(line: ForestPlot.Line, size: Double)] = []
    for row in report.coefficients.dropFirst() {
      guard let estimate = row.estimate, let low = row.ciLow, let high = row.ciHigh, estimate != 0 else {
        continue
      }
      var unit = 1.0
      if !levels.contains(row.term), let deviation = row.deviation, deviation > 0 {
        unit = deviation
        isScaled = true
      }
      lines.append(
        (
          ForestPlot.Line(
            name: Reasons.readable(row.term), value: exponential(estimate * unit),
            low: exponential(low * unit),
            high: exponential(high * unit)), abs(estimate * unit)
        ))
    }
    guard !lines.isEmpty else { return nil }
    let shown = lines.enumerated().sorted {
      $0.element.size != $1.element.size ? $0.element.size > $1.element.size : $0.offset < $1.offset
    }.prefix(Self.effects).map(\.element.line)
    let rest = lines.count - shown.count
    let title =
      shown.first { $0.isClear }.map {
        $0.value > 1
          ? words("\($0.name) raises the odds most", "\($0.name) es lo que más sube la razón")
          : words("\($0.name) lowers the odds most", "\($0.name) es lo que más baja la razón")
      } ?? words("No effect stands clear of chance", "Ningún efecto se separa del azar")
    return Page.Figure(
      title: Markup(Markup.shortened(title, limit: 90)),
      drawing: ForestPlot(
        words: words, lines: Array(shown),
        label: isScaled
          ? words(
            "Odds ratio: per standard deviation, or against the reference",
            "Razón de momios: por desviación típica o frente a la referencia")
          : words("Odds ratio per unit of the term", "Razón de momios por unidad del término")
      ).svg(
        id: "forest-\(number)", title: Markup(words("Coefficients", "Coeficientes")),
        description: Markup(Markup.shortened(title, limit: 90))),
      caption: Markup(
        (rest > 0
          ? words(
            "The \(shown.count) largest of \(lines.count) effects",
            "Los \(shown.count) mayores de \(lines.count) efectos")
          : words("All effects", "Todos los efectos"))
          + words(
            " with 95 % intervals; grey where the interval reaches ×1. An arrow: the interval goes on.",
            " con intervalos del 95 %; gris si el intervalo alcanza ×1. Una flecha: el intervalo sigue.")))
  }

  private var path: Page.Figure? {
    guard let path = model.report?.lambdaPath, path.lambda.count > 2,
      path.lambda.count == path.deviance.count, path.lambda.count == path.standardError.count
    else { return nil }
    let title = words("The penalty was chosen, not guessed", "La penalización se eligió, no se supuso")
    return Page.Figure(
      title: Markup(title),
      drawing: PenaltyPathPlot(words: words, path: path).svg(
        id: "path-\(number)", title: Markup(words("The path of λ", "El camino de λ")),
        description: Markup(title)),
      caption: Markup(
        words(
          "Mean deviance a row in cross-validation, with one standard error. Left: every term free; right: every term shrunk to nothing.",
          "Devianza media por fila en validación cruzada, con un error típico. A la izquierda, términos libres; a la derecha, reducidos a nada."
        )))
  }

  private var shapeFigures: [Page.Figure] {
    let all = TermShape.all(of: model.model, baseline: model.baseline)
    let shown = all.enumerated().sorted {
      $0.element.spread != $1.element.spread ? $0.element.spread > $1.element.spread : $0.offset < $1.offset
    }.prefix(Self.shapes).map(\.element)
    let factors = shown.flatMap { $0.points.map(\.factor) }.filter { $0.isFinite && $0 > 0 }
    guard let low = factors.min(), let high = factors.max() else { return [] }
    let range = min(low / 1.15, 0.7)...max(high * 1.15, 1.4)
    return shown.enumerated().map { index, shape in
      Page.Figure(
        title: Markup(data: Reasons.readable(shape.name), limit: 40),
        drawing: TermShapePlot(words: words, shape: shape, factors: range).svg(
          id: "shape-\(number)-\(index + 1)",
          title: Markup(Markup.shortened(Reasons.readable(shape.name), limit: 40)),
          description: Markup(
            words(
              "Odds from \(numbers.factor(shape.points.first?.factor ?? 1)) to \(numbers.factor(shape.points.last?.factor ?? 1)) along the column",
              "La razón va de \(numbers.factor(shape.points.first?.factor ?? 1)) a \(numbers.factor(shape.points.last?.factor ?? 1)) a lo largo de la columna"
            ))), caption: .empty, size: "third")
    }
  }

  private var surfaceFigures: [Page.Figure] {
    TermSurface.all(of: model.model).enumerated().sorted {
      let (a, b) = ($0.element.high - $0.element.low, $1.element.high - $1.element.low)
      return a != b ? a > b : $0.offset < $1.offset
    }.prefix(Self.surfaces).enumerated().map { index, sorted in
      let surface = sorted.element
      let name = surface.names.map { Reasons.readable($0) }.joined(separator: " × ")
      let (low, high) = (
        numbers.factor(exponential(surface.low - surface.mean)),
        numbers.factor(exponential(surface.high - surface.mean))
      )
      return Page.Figure(
        title: Markup(data: name, limit: 70),
        drawing: SurfacePlot(words: words, surface: surface).svg(
          id: "surface-\(number)-\(index + 1)", title: Markup(Markup.shortened(name, limit: 70)),
          description: Markup(words("Odds from \(low) to \(high)", "La razón va de \(low) a \(high)"))),
        caption: Markup(words("Odds from \(low) to \(high).", "La razón va de \(low) a \(high).")))
    }
  }

  // MARK: Numbers

  private var qualityTable: Page.Table? {
    let sets = [model.report?.validation, model.report?.holdout].compactMap { $0 }
    guard !sets.isEmpty else { return nil }
    let lines: [(String, (TrainingReport.Validation) -> String)] = [
      (words("Rows", "Filas"), { numbers.whole($0.rows) }),
      (words("Events", "Sucesos"), { numbers.whole($0.events) }),
      ("AUC", { numbers.interval($0.auc, $0.aucLow, $0.aucHigh, 3) }),
      (words("Average precision", "Precisión media"), { numbers.fixed($0.prAuc, 3) }),
      (words("Log loss", "Pérdida logarítmica"), { numbers.fixed($0.logLoss, 4) }),
      (
        words("… of the event rate alone", "… solo con la tasa"), { numbers.fixed($0.logLossOfRate, 4) }
      ),
      (words("Brier score", "Índice de Brier"), { numbers.fixed($0.brier, 4) }),
      (
        words("Top-tenth lift", "Mejora del décimo superior"),
        { numbers.interval($0.topDecileLift, $0.topDecileLiftLow, $0.topDecileLiftHigh, 1) }
      ),
      (words("Calibration slope", "Pendiente de calibración"), { numbers.fixed($0.calibrationSlope, 2) }),
      (
        words("Expected calibration error", "Error de calibración esperado"), { numbers.percent($0.ece, 2) }
      ),
    ]
    return Page.Table(
      caption: Markup(words("Quality on rows not seen", "Calidad en filas no vistas")),
      columns: [(words("Measure", "Medida"), "text")]
        + sets.map { (words.scheme($0.scheme, limit: 40), "number") },
      rows: lines.map { name, value in [Markup(name)] + sets.map { Markup(value($0)) } })
  }
}
