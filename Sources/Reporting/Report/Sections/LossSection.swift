import Segmentation

/// Where the money would be lost, tier by tier and down the long tail (ECO-01 to ECO-03, ECO-07).
struct LossSection {
  let words: Words
  let facts: BookFacts

  private var numbers: LocalNumbers { words.numbers }

  var section: Page.Section? {
    guard facts.hasARR else { return nil }
    var figures: [Page.Figure] = []
    if facts.expectedLoss > 0 { figures.append(bars) }
    if let tail = facts.concentration, facts.entries.count > 4 { figures.append(concentration(tail)) }
    var blocks: [Page.Block] = []
    if !figures.isEmpty { blocks.append(.figures(figures)) }
    blocks.append(.table(table))
    if let tail = facts.concentration, tail.top.accounts > 0, tail.tail.accounts > 0 {
      blocks.append(.notes([Markup(sameChurn(tail))]))
    }
    return Page.Section(
      anchor: "loss", label: Markup(words("Money at risk", "Dinero en riesgo")), title: Markup(title),
      lead: .empty, blocks: blocks)
  }

  private var title: String {
    guard facts.expectedLoss > 0, let tail = facts.concentration, tail.tail.accounts > 0 else {
      guard let tail = facts.concentration, tail.tail.accounts > 0 else {
        return words("What the book is worth", "Lo que vale la cartera")
      }
      return words(
        "The long tail pays \(numbers.percent(tail.tail.arr / facts.summary.arr, 0)) of the ARR",
        "La cola larga paga el \(numbers.percent(tail.tail.arr / facts.summary.arr, 0)) del ARR")
    }
    let (money, loss) = (tail.tail.arr / facts.summary.arr, tail.tail.expectedLoss / facts.expectedLoss)
    return words(
      "The long tail pays \(numbers.percent(money, 0)) of the ARR and carries \(numbers.percent(loss, 0)) of the expected loss",
      "La cola larga paga el \(numbers.percent(money, 0)) del ARR y lleva el \(numbers.percent(loss, 0)) de la pérdida esperada"
    )
  }

  private var bars: Page.Figure {
    let lines = facts.tierLoss.lines
    let worst = lines.max { $0.shareOfLoss - $0.shareOfARR < $1.shareOfLoss - $1.shareOfARR }
    let name = worst.map { words($0.segment.label(in: facts.preset)) } ?? ""
    let title =
      worst.map { $0.shareOfLoss - $0.shareOfARR > 0.01 } == true
      ? words(
        "\(name) loses more than its share of the ARR", "\(name) pierde más que su parte del ARR")
      : words("Losses follow the ARR", "Las pérdidas siguen al ARR")
    return Page.Figure(
      title: Markup(title),
      drawing: LossBars(
        words: words,
        rows: lines.map {
          .init(
            name: words($0.segment.label(in: facts.preset)), shareOfARR: $0.shareOfARR,
            shareOfLoss: $0.shareOfLoss)
        }
      ).svg(
        id: "loss-plot",
        title: Markup(words("ARR and expected loss by tier", "ARR y pérdida esperada por nivel")),
        description: Markup(title)),
      caption: Markup(
        words(
          "Expected loss is the sum of risk × ARR over the accounts of a tier.",
          "La pérdida esperada es la suma de riesgo × ARR en las cuentas de un nivel.")))
  }

  private func concentration(_ tail: Concentration) -> Page.Figure {
    let title = words(
      "The top fifth holds \(numbers.percent(tail.top.arr / facts.summary.arr, 0)) of the ARR",
      "El quinto superior tiene el \(numbers.percent(tail.top.arr / facts.summary.arr, 0)) del ARR")
    return Page.Figure(
      title: Markup(title),
      drawing: ConcentrationPlot(words: words, concentration: tail, hasLoss: facts.expectedLoss > 0).svg(
        id: "tail-plot",
        title: Markup(words("Concentration of ARR and loss", "Concentración de ARR y pérdida")),
        description: Markup(title)),
      caption: Markup(
        words(
          "Accounts from the largest to the smallest; the dashed diagonal is a book where all pay the same.",
          "Cuentas de mayor a menor; la diagonal punteada es una cartera donde todas pagan lo mismo.")))
  }

  private var table: Page.Table {
    let hasRisk = facts.hasRisk
    var columns: [(name: String, kind: String)] = [
      (words("Tier", "Nivel"), "text"), (words("Accounts", "Cuentas"), "number"), ("ARR", "number"),
      (words("% of ARR", "% del ARR"), "number"),
    ]
    if hasRisk {
      columns += [
        (words("ARR at risk", "ARR en riesgo"), "number"),
        (words("Expected loss", "Pérdida esperada"), "number"),
        (words("% of loss", "% de la pérdida"), "number"),
        (words("Churn, accounts", "Bajas, cuentas"), "number"),
        (words("Churn, money", "Bajas, dinero"), "number"),
      ]
    }
    var rows = facts.tierLoss.lines.map { line in
      row(
        Markup(words(line.segment.label(in: facts.preset))), line.accounts, line.arr, line.shareOfARR,
        line.arrAtRisk, line.expectedLoss, line.shareOfLoss, line.logoChurn, line.revenueChurn)
    }
    if rows.count > 1 {
      let lines = facts.tierLoss.lines
      let leavers = lines.reduce(0) { $0 + $1.expectedLeavers }
      let money = lines.reduce(0) { $0 + $1.scoredARR }
      rows.append(
        row(
          Markup(trusted: "<b>") + Markup(words("All", "Todas")) + Markup(trusted: "</b>"),
          facts.entries.count, facts.summary.arr, 1, facts.arrAtRisk, facts.expectedLoss, 1,
          facts.scored > 0 ? leavers / Double(facts.scored) : nil,
          money > 0 ? facts.expectedLoss / money : nil))
    }
    return Page.Table(
      caption: Markup(
        words(
          "By tier, \(facts.currency) a year; churn as expected, counted in accounts and in money",
          "Por nivel, \(facts.currency) al año; bajas esperadas, contadas en cuentas y en dinero")),
      columns: columns, rows: rows)
  }

  private func row(
    _ name: Markup, _ accounts: Int, _ arr: Double, _ share: Double, _ atRisk: Double, _ loss: Double,
    _ shareOfLoss: Double, _ logo: Double?, _ revenue: Double?
  ) -> [Markup] {
    let money = [
      name, Markup(numbers.whole(accounts)), Markup(numbers.whole(arr)), Markup(numbers.percent(share, 0)),
    ]
    guard facts.hasRisk else { return money }
    return money + [
      Markup(numbers.whole(atRisk)), Markup(numbers.whole(loss)), Markup(numbers.percent(shareOfLoss, 0)),
      Markup(numbers.percent(logo, 1)), Markup(numbers.percent(revenue, 1)),
    ]
  }

  /// The same yearly churn on both ends of the book.
  private func sameChurn(_ tail: Concentration) -> String {
    let (top, rest) = (tail.top.cohort.lost(churn: 0.1), tail.tail.cohort.lost(churn: 0.1))
    let factor = top.arr > 0 ? rest.arr / top.arr : 0
    let times =
      factor < 1
      ? words("\(numbers.percent(factor, 0)) as much", "un \(numbers.percent(factor, 0)) de aquello")
      : words("\(numbers.fixed(factor, 1)) times as much", "\(numbers.fixed(factor, 1)) veces más")
    return words(
      "At the same churn of 10 % the \(words.accounts(tail.top.accounts)) that pay most would lose \(numbers.money(top.arr, facts.currency)); the other \(numbers.whole(tail.tail.accounts)) would lose \(numbers.money(rest.arr, facts.currency)), \(times).",
      "Con las mismas bajas del 10 %, las \(words.accounts(tail.top.accounts)) que más pagan perderían \(numbers.money(top.arr, facts.currency)); las otras \(numbers.whole(tail.tail.accounts)) perderían \(numbers.money(rest.arr, facts.currency)), \(times)."
    )
  }
}
