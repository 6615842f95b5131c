import Metrics
import ModelFile
import Training

/// How today's accounts differ from those that the models learned from.
struct DriftSection {
  private static let shown = 12

  let words: Words
  let models: [ReportModel]

  private var numbers: LocalNumbers { words.numbers }

  var section: Page.Section? {
    let drifted = models.enumerated().compactMap { index, model in
      model.drift.map { (index: index + 1, model: model, drift: $0) }
    }
    guard !drifted.isEmpty else { return nil }
    let moved = Set(drifted.flatMap { $0.drift.inputs.filter(hasMoved).map(\.name) }).count
    let scores = drifted.count { hasMoved($0.drift.score) }
    let title =
      moved + scores == 0
      ? words(
        "Today’s accounts look like those the models learned from",
        "Las cuentas de hoy se parecen a las del entrenamiento")
      : words(
        "\(numbers.spelled(moved, capital: true)) input\(moved == 1 ? " has" : "s have") moved since training\(scores > 0 ? ", and so has the score" : ", the scores have not")",
        "\(numbers.spelled(moved, capital: true)) columna\(moved == 1 ? " ha" : "s han") cambiado desde el entrenamiento\(scores > 0 ? ", y la puntuación también" : "; las puntuaciones, no")"
      )
    let figures = drifted.map { figure($0.model, $0.drift, $0.index) }
    var blocks: [Page.Block] = [.figures(figures)]
    let notes = drifted.flatMap { remarks($0.model, $0.drift) }
    if !notes.isEmpty { blocks.append(.notes(notes)) }
    return Page.Section(
      anchor: "drift", label: Markup(words("Drift", "Deriva")), title: Markup(title),
      lead: Markup(
        words(
          "Below 0.1 there is nothing to do, from 0.1 on look; from 0.2 on a column is no longer what it was.",
          "Por debajo de 0,1 no hay nada que hacer; desde 0,1 conviene mirar; desde 0,2 la columna ya no es la que era."
        )), blocks: blocks)
  }

  /// Beyond the limit and beyond what sampling explains.
  private func hasMoved(_ shift: DriftReport.Shift) -> Bool {
    shift.psi.map { $0.index >= DriftBars.moved && $0.index > $0.noiseLimit } ?? false
  }

  private func figure(_ model: ReportModel, _ drift: DriftReport, _ number: Int) -> Page.Figure {
    func row(_ shift: DriftReport.Shift, isScore: Bool) -> DriftBars.Row? {
      shift.psi.map {
        DriftBars.Row(
          name: isScore ? words("the score", "la puntuación") : shift.name.replacing("_", with: " "),
          psi: $0.index, noise: $0.noiseLimit, isScore: isScore)
      }
    }
    let inputs = drift.inputs.enumerated().compactMap { index, shift in
      row(shift, isScore: false).map { (index, $0) }
    }.sorted { $0.1.psi != $1.1.psi ? $0.1.psi > $1.1.psi : $0.0 < $1.0 }.map(\.1)
    let rows = [row(drift.score, isScore: true)].compactMap { $0 } + inputs.prefix(Self.shown)
    let name = Markup.shortened(model.model.name, limit: 30)
    let title = words("Inputs of the model \(name)", "Columnas del modelo \(name)")
    return Page.Figure(
      title: Markup(title),
      drawing: DriftBars(words: words, rows: rows).svg(
        id: "drift-\(number)", title: Markup(words("Drift", "Deriva")), description: Markup(title)),
      caption: Markup(
        words(
          "\(numbers.whole(drift.rowsNow)) rows now, \(numbers.whole(drift.rowsThen)) in training; the \(min(Self.shown, inputs.count)) of \(inputs.count) inputs that moved most.",
          "\(numbers.whole(drift.rowsNow)) filas ahora, \(numbers.whole(drift.rowsThen)) en el entrenamiento; las \(min(Self.shown, inputs.count)) de \(inputs.count) columnas que más cambiaron."
        )))
  }

  private func remarks(_ model: ReportModel, _ drift: DriftReport) -> [Markup] {
    let name = Markup.shortened(model.model.name, limit: 30)
    var notes: [Markup] = []
    let unseen = drift.inputs.filter { $0.unseenShare > 0 }
    for shift in unseen.prefix(5) {
      let levels = shift.unseenLevels.prefix(3).map { Markup.shortened($0, limit: 30) }.joined(
        separator: ", ")
      notes.append(
        Markup(
          words(
            "\(name): \(Markup.shortened(shift.name, limit: 40)) has levels that training never saw, in \(numbers.percent(shift.unseenShare)) of rows: \(levels)",
            "\(name): \(Markup.shortened(shift.name, limit: 40)) tiene valores nunca vistos, en el \(numbers.percent(shift.unseenShare)) de las filas: \(levels)"
          )))
    }
    for shift in drift.inputs where abs(shift.missingNow - shift.missingThen) >= 0.1 {
      notes.append(
        Markup(
          words(
            "\(name): \(Markup.shortened(shift.name, limit: 40)) is missing in \(numbers.percent(shift.missingNow)) of rows, \(numbers.percent(shift.missingThen)) in training",
            "\(name): \(Markup.shortened(shift.name, limit: 40)) falta en el \(numbers.percent(shift.missingNow)) de las filas, \(numbers.percent(shift.missingThen)) en el entrenamiento"
          )))
    }
    if let quality = drift.quality {
      notes.append(
        Markup(
          words(
            "\(name): outcomes are known for \(numbers.whole(quality.rows)) rows; \(numbers.percent(quality.eventRate)) happened, \(numbers.percent(quality.meanProbability)) were predicted, AUC \(numbers.interval(quality.auc?.value, quality.auc?.low, quality.auc?.high, 3))",
            "\(name): se conocen \(numbers.whole(quality.rows)) resultados; ocurrió el \(numbers.percent(quality.eventRate)), se predijo el \(numbers.percent(quality.meanProbability)), AUC \(numbers.interval(quality.auc?.value, quality.auc?.low, quality.auc?.high, 3))"
          )))
    }
    return notes
  }
}
