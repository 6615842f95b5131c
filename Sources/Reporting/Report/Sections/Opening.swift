import Segmentation

/// The first thing that is read: the finding, and four numbers.
struct Opening {
  let words: Words
  let facts: BookFacts?
  let models: [ReportModel]

  private var numbers: LocalNumbers { words.numbers }

  var headline: String {
    guard let facts else { return modelHeadline }
    if facts.expectedLoss > 0 {
      let half = facts.accountsHolding(share: 0.5)
      if facts.byLoss.count == 1 {
        return words(
          "One account carries all of the expected loss", "Una sola cuenta lleva toda la pérdida esperada")
      }
      return words(
        "\(numbers.spelled(half, capital: true)) of \(numbers.spelled(facts.entries.count)) accounts \(half == 1 ? "carries" : "carry") half of the expected loss",
        "\(numbers.spelled(half, capital: true)) de \(numbers.spelled(facts.entries.count)) cuentas \(half == 1 ? "lleva" : "llevan") la mitad de la pérdida esperada"
      )
    }
    let intensive = facts.quadrant(.persistentIntensive).accounts
    return words(
      "\(numbers.spelled(intensive, capital: true)) of \(words.accounts(facts.entries.count)) \(intensive == 1 ? "is" : "are") important and in need of attention",
      "\(numbers.spelled(intensive, capital: true)) de \(words.accounts(facts.entries.count)) \(intensive == 1 ? "es importante y necesita" : "son importantes y necesitan") atención"
    )
  }

  /// Of a report without accounts.
  private var modelHeadline: String {
    guard let first = models.first else { return words("Nothing to report", "Nada que informar") }
    return ModelVerdict(words: words, model: first).sentence
  }

  var lead: String {
    guard let facts else { return "" }
    var parts: [String] = []
    if facts.hasARR {
      parts.append(
        words(
          "\(words.accounts(facts.entries.count)) pay\(facts.entries.count == 1 ? "s" : "") \(numbers.money(facts.summary.arr, facts.currency)) a year.",
          "\(words.accounts(facts.entries.count)) \(facts.entries.count == 1 ? "paga" : "pagan") \(numbers.money(facts.summary.arr, facts.currency)) al año."
        ))
    }
    if facts.expectedLoss > 0, facts.byLoss.count > 1 {
      let ten = min(10, facts.byLoss.count)
      parts.append(
        words(
          "The model expects \(numbers.money(facts.expectedLoss, facts.currency)) of it to leave; the \(numbers.spelled(ten)) accounts to call first hold \(numbers.percent(facts.shareOfLargest(ten), 0)) of that.",
          "El modelo espera perder \(numbers.money(facts.expectedLoss, facts.currency)); las \(numbers.spelled(ten)) cuentas a las que llamar primero suman el \(numbers.percent(facts.shareOfLargest(ten), 0))."
        ))
    } else if !facts.hasRisk {
      parts.append(
        words(
          "No risk was predicted for them: places rest on rules alone.",
          "No se ha predicho su riesgo: los lugares se basan solo en reglas."))
    }
    return parts.joined(separator: " ")
  }

  var figures: [Page.KeyFigure] {
    guard let facts else { return [] }
    var figures = [
      figure(
        numbers.whole(facts.entries.count), words("Accounts", "Cuentas"),
        words(
          "\(numbers.whole(facts.scored)) with a predicted risk",
          "\(numbers.whole(facts.scored)) con riesgo predicho"))
    ]
    guard facts.hasARR else { return figures + [need(facts)] }
    figures.append(
      figure(
        numbers.money(facts.summary.arr, facts.currency), words("ARR", "ARR"),
        facts.entries.contains { $0.assignment.arr == nil }
          ? words(
            "unknown for \(words.accounts(facts.entries.count { $0.assignment.arr == nil }))",
            "desconocido en \(words.accounts(facts.entries.count { $0.assignment.arr == nil }))")
          : words("annual recurring revenue", "ingresos recurrentes anuales")))
    figures.append(need(facts))
    guard facts.hasRisk else { return figures }
    figures.append(
      figure(
        numbers.money(facts.arrAtRisk, facts.currency), words("ARR at risk", "ARR en riesgo"),
        words(
          "\(words.accounts(facts.needy)) in need, \(numbers.whole(facts.red)) of them red",
          "\(words.accounts(facts.needy)) con necesidad, \(numbers.whole(facts.red)) en rojo")))
    figures.append(
      figure(
        numbers.money(facts.expectedLoss, facts.currency), words("Expected loss", "Pérdida esperada"),
        words(
          "risk × ARR, \(numbers.percent(facts.expectedLoss / facts.summary.arr)) of ARR",
          "riesgo × ARR, el \(numbers.percent(facts.expectedLoss / facts.summary.arr)) del ARR")))
    return figures
  }

  private func need(_ facts: BookFacts) -> Page.KeyFigure {
    let intensive = facts.quadrant(.persistentIntensive)
    return figure(
      numbers.whole(intensive.accounts), words("Important and in need", "Importantes y con necesidad"),
      facts.hasARR
        ? words(
          "they pay \(numbers.money(intensive.arr, facts.currency))",
          "pagan \(numbers.money(intensive.arr, facts.currency))")
        : words("the upper right of the matrix", "arriba a la derecha de la matriz"))
  }

  private func figure(_ value: String, _ label: String, _ note: String) -> Page.KeyFigure {
    Page.KeyFigure(value: Markup(value), label: Markup(label), note: Markup(note))
  }
}
