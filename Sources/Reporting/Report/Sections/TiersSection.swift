import Segmentation

/// Tiers against the shares that the preset aims at, and what ARR alone would have got wrong.
struct TiersSection {
  let words: Words
  let facts: BookFacts

  private var numbers: LocalNumbers { words.numbers }

  var section: Page.Section {
    let rows = facts.summary.tiers.enumerated().map { index, tier in
      let target = index < facts.preset.targets.count ? facts.preset.targets[index] : ShareTarget()
      return TierBars.Row(
        name: words(tier.tier.label(in: facts.preset)), accounts: facts.summary.accountShare(tier.group),
        accountsTarget: target.accounts, arr: facts.hasARR ? facts.summary.arrShare(tier.group) : nil,
        arrTarget: facts.hasARR ? target.arr : nil)
    }
    let inRange = rows.count { standing($0) == .inRange }
    let judged = rows.count { standing($0) != nil }
    let title =
      judged == 0
      ? words("What each tier holds", "Lo que tiene cada nivel")
      : inRange == judged
        ? words("Every tier has the size that it should", "Cada nivel tiene el tamaño que debe")
        : inRange == 0 && judged > 1
          ? words(
            "All \(numbers.spelled(judged)) tiers are outside their targets",
            "Los \(numbers.spelled(judged, feminine: false)) niveles están fuera de sus objetivos")
          : words(
            "\(numbers.spelled(judged - inRange, feminine: false, capital: true)) of \(numbers.spelled(judged)) tiers \(judged - inRange == 1 ? "is" : "are") outside the target",
            "\(numbers.spelled(judged - inRange, feminine: false, capital: true)) de \(numbers.spelled(judged, feminine: false)) niveles \(judged - inRange == 1 ? "está" : "están") fuera del objetivo"
          )
    let figure = Page.Figure(
      title: Markup(words("Shares against their targets", "Partes frente a sus objetivos")),
      drawing: TierBars(words: words, rows: rows).svg(
        id: "tiers-plot", title: Markup(words("Tiers against targets", "Niveles frente a objetivos")),
        description: Markup(title)),
      caption: Markup(
        words(
          "Bars are what there is, brackets the range that the preset \(facts.preset.name) aims at; the last tier takes what is left.",
          "Las barras son lo que hay; los corchetes, el rango que busca el preset \(facts.preset.name); el último nivel recoge el resto."
        )))
    return Page.Section(
      anchor: "tiers", label: Markup(words("Tiers", "Niveles")), title: Markup(title), lead: .empty,
      blocks: [Page.Block(figures: [figure], table: disagreements ?? coverage, layout: "pair")])
  }

  private func standing(_ row: TierBars.Row) -> Summary.Standing? {
    let accounts = Summary.standing(row.accounts, in: row.accountsTarget)
    guard let arr = row.arr, let money = Summary.standing(arr, in: row.arrTarget) else { return accounts }
    guard let accounts, accounts == .inRange else { return accounts ?? money }
    return money
  }

  /// Where pyramid and matrix would serve an account differently (PYR-13).
  private var disagreements: Page.Table? {
    let all = facts.entries.compactMap { Disagreement($0.assignment) }
    guard !all.isEmpty else { return nil }
    let rows = Disagreement.Reason.allCases.compactMap { reason -> [Markup]? in
      let group = all.filter { $0.reason == reason }
      guard !group.isEmpty else { return nil }
      let (name, meaning) = text(reason)
      return [
        Markup(name) + Markup(trusted: "<span class=\"id\">") + Markup(meaning) + Markup(trusted: "</span>"),
        Markup(numbers.whole(group.count)), Markup(numbers.whole(group.reduce(0) { $0 + ($1.arr ?? 0) })),
      ]
    }
    return Page.Table(
      caption: Markup(
        words(
          "What ARR alone gets wrong: pyramid against matrix",
          "Lo que el ARR solo no ve: pirámide frente a matriz")),
      columns: [
        (words("The pyramid’s mistake", "El error de la pirámide"), "text"),
        (words("Accounts", "Cuentas"), "number"), ("ARR", "number"),
      ], rows: rows)
  }

  private func text(_ reason: Disagreement.Reason) -> (String, String) {
    switch reason {
    case .hiddenPotential:
      (
        words("Hidden potential", "Potencial oculto"),
        words("small today, important by what it may become", "pequeña hoy, importante por lo que puede ser")
      )
    case .underServed:
      (
        words("Under-served", "Desatendidas"),
        words("needs more people than its ARR brings it", "necesita más personas de las que su ARR le da")
      )
    case .overServed:
      (
        words("Over-served", "Sobreatendidas"),
        words(
          "large enough for people whom it doesn’t need now",
          "tan grande que recibe a quien ahora no necesita")
      )
    }
  }

  private var coverage: Page.Table {
    Page.Table(
      caption: Markup(words("Who looks after them", "Quién las atiende")),
      columns: [
        (words("Coverage", "Cobertura"), "text"), (words("Accounts", "Cuentas"), "number"), ("ARR", "number"),
      ],
      rows: facts.summary.coverage.filter { $0.group.accounts > 0 }.map {
        [
          Markup(words($0.coverage.label)), Markup(numbers.whole($0.group.accounts)),
          Markup(numbers.whole($0.group.arr)),
        ]
      })
  }
}
