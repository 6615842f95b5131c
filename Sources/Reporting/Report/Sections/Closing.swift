import ModelFile
import Segmentation

/// What the report does not hold and what would fill it, and what its numbers mean.
struct Closing {
  let words: Words
  let inputs: ReportInputs
  let facts: BookFacts?

  private var numbers: LocalNumbers { words.numbers }

  /// One line a part that was left out; nil where nothing was.
  var section: Page.Section? {
    var notes: [String] = []
    if facts == nil {
      notes.append(
        words(
          "The matrix, tiers and money: --segments, a table that `pulso segment` writes.",
          "La matriz, los niveles y el dinero: --segments, una tabla que escribe `pulso segment`."))
    } else {
      if facts?.hasRisk != true {
        notes.append(
          words(
            "Whom to call first and the expected loss: --scores, a table that `pulso score` writes.",
            "A quién llamar y la pérdida esperada: --scores, una tabla que escribe `pulso score`."))
      }
      if facts?.hasARR != true {
        notes.append(
          words(
            "Money: an ARR column in the accounts that `pulso segment` read.",
            "El dinero: una columna de ARR en las cuentas que leyó `pulso segment`."))
      }
    }
    if inputs.models.isEmpty {
      notes.append(
        words(
          "Why to trust the predictions: --models, the folder where `pulso train` keeps them.",
          "Por qué fiarse de las predicciones: --models, la carpeta donde las guarda `pulso train`."))
    } else if !inputs.hasDriftTable {
      notes.append(
        words(
          "Drift: --drift, the table of features that was scored.",
          "La deriva: --drift, la tabla de variables que se puntuó."))
    } else {
      for model in inputs.models where model.drift == nil {
        let name = Markup.shortened(model.model.name, limit: 40)
        notes.append(
          words(
            "Drift of \(name): a baseline.json beside the model, which `pulso train` writes.",
            "La deriva de \(name): un baseline.json junto al modelo, que escribe `pulso train`."))
      }
    }
    if inputs.moves == nil {
      notes.append(
        words(
          "Who moved since last time: --history, the memory of `pulso segment`.",
          "Quién se movió desde la última vez: --history, la memoria de `pulso segment`."))
    }
    guard !notes.isEmpty else { return nil }
    return Page.Section(
      anchor: "left-out", label: Markup(words("Not in this report", "Lo que no está")),
      title: Markup(words("What would fill the rest", "Qué completaría el resto")), lead: .empty,
      blocks: [.notes(notes.map { Markup($0) })])
  }

  var footer: [Markup] {
    var lines: [String] = []
    if let facts {
      let cutOffs =
        "\(numbers.significant(facts.importanceCut, 4)) / \(numbers.significant(facts.needCut, 4))"
      lines.append(
        words(
          "Preset \(facts.preset.name), amounts in \(facts.currency). Lines of the matrix: importance and need from \(cutOffs). ARR at risk: that of the accounts in need, right of the line; red: at least three times the usual odds of leaving, or what the preset says. Expected loss: Σ risk × ARR. Long tail: the 80 % of accounts that pay least.",
          "Preset \(facts.preset.name), importes en \(facts.currency). Líneas de la matriz: importancia y necesidad desde \(cutOffs). ARR en riesgo: el de las cuentas con necesidad, a la derecha de la línea; rojo: al menos el triple de la razón habitual de abandono, o lo que diga el preset. Pérdida esperada: Σ riesgo × ARR. Cola larga: el 80 % de cuentas que menos paga."
        ))
    }
    if !inputs.models.isEmpty {
      let list = inputs.models.map {
        "\(Markup.shortened($0.model.name, limit: 40)) \(Markup.shortened($0.version, limit: 40))"
      }.joined(separator: ", ")
      lines.append(
        words(
          "Models: \(list). Intervals are 95 %. All quality is measured on rows that the models had not seen.",
          "Modelos: \(list). Los intervalos son del 95 %. Toda la calidad se mide en filas que los modelos no habían visto."
        ))
    }
    lines.append(words("Made by pulso report.", "Hecho con pulso report."))
    return lines.map { Markup($0) }
  }
}
