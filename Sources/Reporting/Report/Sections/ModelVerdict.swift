import ModelFile
import Training

/// Whether a model can be trusted, in one sentence.
struct ModelVerdict {
  let words: Words
  let model: ReportModel

  private var numbers: LocalNumbers { words.numbers }

  /// Quality on unseen rows: later ones where there are some.
  var quality: TrainingReport.Validation? { model.report?.holdout ?? model.report?.validation }

  /// What the model predicts, as people call it.
  var subject: String {
    switch model.model.role {
    case .risk: words("The churn model", "El modelo de bajas")
    case .expansion: words("The expansion model", "El modelo de expansión")
    case .other:
      words(
        "The model “\(Markup.shortened(model.model.name, limit: 40))”",
        "El modelo «\(Markup.shortened(model.model.name, limit: 40))»")
    }
  }

  var sentence: String {
    guard let quality else {
      return words(
        "\(subject) was never tried on rows that it hadn’t seen",
        "\(subject) nunca se probó en filas no vistas")
    }
    if quality.noBetterThanChance {
      return words(
        "\(subject) is no better than chance: don’t act on it",
        "\(subject) no es mejor que el azar: no actúe según él")
    }
    guard let lift = quality.topDecileLift else {
      return words(
        "\(subject) ranks \(numbers.percent(quality.auc, 0)) of pairs correctly",
        "\(subject) ordena bien el \(numbers.percent(quality.auc, 0)) de los pares")
    }
    return words(
      "\(subject) finds \(numbers.fixed(lift, 1)) times the usual rate in its top tenth",
      "\(subject) encuentra \(numbers.fixed(lift, 1)) veces la tasa habitual en su décimo superior")
  }
}
