import Segmentation

/// The 2×2 with every account in it, and what each quadrant asks for (MTX-18, MTX-19).
struct MatrixSection {
  let words: Words
  let facts: BookFacts

  private var numbers: LocalNumbers { words.numbers }

  var section: Page.Section {
    let intensive = facts.quadrant(.persistentIntensive)
    let share = facts.hasARR ? intensive.arr / facts.summary.arr : 0
    let title =
      intensive.accounts == 0
      ? words(
        "No account is both important and in need of attention",
        "Ninguna cuenta es a la vez importante y necesita atención")
      : facts.hasARR
        ? words(
          "\(numbers.spelled(intensive.accounts, capital: true)) important account\(intensive.accounts == 1 ? " needs" : "s need") attention now, with \(numbers.percent(share, 0)) of the ARR",
          "\(numbers.spelled(intensive.accounts, capital: true)) cuenta\(intensive.accounts == 1 ? " importante necesita" : "s importantes necesitan") atención ya, con el \(numbers.percent(share, 0)) del ARR"
        )
        : words(
          "\(numbers.spelled(intensive.accounts, capital: true)) important account\(intensive.accounts == 1 ? " needs" : "s need") attention now",
          "\(numbers.spelled(intensive.accounts, capital: true)) cuenta\(intensive.accounts == 1 ? " importante necesita" : "s importantes necesitan") atención ya"
        )
    var notes: [Markup] = []
    if facts.misplaced > 0 {
      notes.append(
        Markup(
          words(
            "\(words.accounts(facts.misplaced)) stand on the other side of a line than their quadrant says: the table was made with another preset than \(facts.preset.name).",
            "\(words.accounts(facts.misplaced)) están al otro lado de una línea de lo que dice su cuadrante: la tabla se hizo con otro preset que \(facts.preset.name)."
          )))
    }
    var blocks = [Page.Block(figures: [figure], cards: cards, layout: "beside")]
    if !notes.isEmpty { blocks.append(.notes(notes)) }
    return Page.Section(
      anchor: "matrix", label: Markup(words("The matrix", "La matriz")), title: Markup(title), lead: .empty,
      blocks: blocks)
  }

  private var points: [MatrixScatter.Point] {
    var ranks: [Int: Int] = [:]
    for (rank, index) in facts.byLoss.prefix(CallsSection.shown).enumerated() { ranks[index] = rank + 1 }
    // A title on every one of thousands of marks would outweigh the page.
    let named = Set(
      facts.entries.indices.sorted {
        let (a, b) = (facts.entries[$0].assignment.arr ?? 0, facts.entries[$1].assignment.arr ?? 0)
        return a != b ? a > b : $0 < $1
      }.prefix(400))
    return facts.entries.indices.compactMap { index in
      let account = facts.entries[index].assignment
      guard let need = account.need, let importance = account.importance else { return nil }
      let isNamed = named.contains(index) || ranks[index] != nil
      return MatrixScatter.Point(
        need: need, importance: importance, arr: account.arr, quadrant: account.quadrant,
        isSure: account.isQuadrantSure, title: isNamed ? title(index) : nil, rank: ranks[index])
    }
  }

  private func title(_ index: Int) -> String {
    let entry = facts.entries[index]
    let name = facts.detail(entry.assignment.id).name ?? entry.assignment.id
    var parts = [Markup.shortened(name, limit: 60)]
    if let arr = entry.assignment.arr { parts.append(numbers.money(arr, facts.currency)) }
    if let risk = entry.scores?.churnRisk { parts.append(words("risk ", "riesgo ") + numbers.percent(risk)) }
    return parts.joined(separator: " · ")
  }

  private var figure: Page.Figure {
    let points = points
    let scatter = MatrixScatter(
      points: points, corners: corners, importanceCut: facts.importanceCut, needCut: facts.needCut,
      words: words)
    var caption = [
      words(
        "One mark an account; its area is the ARR, an outline alone says that the quadrant is unsure. Lines: importance from \(numbers.significant(facts.importanceCut, 4)), need from \(numbers.significant(facts.needCut, 4)); a value on the line is high.",
        "Una marca por cuenta; su área es el ARR y un contorno vacío indica un cuadrante dudoso. Líneas: importancia desde \(numbers.significant(facts.importanceCut, 4)), necesidad desde \(numbers.significant(facts.needCut, 4)); un valor en la línea es alto."
      )
    ]
    if points.contains(where: { $0.rank != nil }) {
      caption.append(
        words(
          "Numbers are those of the list of calls below.",
          "Los números son los de la lista de llamadas de abajo."))
    }
    if scatter.binned > 0 {
      caption.append(
        words(
          "The \(numbers.whole(MatrixScatter.largestMarks)) largest accounts are drawn one by one; the other \(numbers.whole(scatter.binned)) are counted in squares, darker where there are more.",
          "Las \(numbers.whole(MatrixScatter.largestMarks)) cuentas mayores se dibujan una a una; las otras \(numbers.whole(scatter.binned)) se cuentan en cuadros, más oscuros donde hay más."
        ))
    }
    let unplaced = facts.entries.count - points.count
    if unplaced > 0 {
      caption.append(
        words(
          "\(words.accounts(unplaced)) can't be drawn: an axis is unknown.",
          "\(words.accounts(unplaced)) no se pueden dibujar: se desconoce un eje."))
    }
    let sizes = corners.map { "\($0.name): \($0.size)" }.joined(separator: "; ")
    return Page.Figure(
      title: .empty,
      drawing: scatter.svg(
        id: "matrix-plot",
        title: Markup(words("The matrix of importance and need", "La matriz de importancia y necesidad")),
        description: Markup(sizes)),
      caption: Markup(caption.joined(separator: " ")), size: "wide")
  }

  private var corners: [MatrixScatter.Corner] {
    Quadrant.allCases.map { quadrant in
      let group = facts.quadrant(quadrant)
      let arr = facts.hasARR ? " · " + numbers.money(group.arr, facts.currency) : ""
      return MatrixScatter.Corner(
        quadrant: quadrant, name: words(quadrant.label), size: words.accounts(group.accounts) + arr)
    }
  }

  /// What to do, the most urgent first.
  private var cards: [Page.Card] {
    [Quadrant.persistentIntensive, .project, .persistentLight, .digitalScale].map { quadrant in
      let group = facts.quadrant(quadrant)
      var count = words.accounts(group.accounts)
      if group.unsure > 0 {
        count += words(", \(numbers.whole(group.unsure)) unsure", ", \(numbers.whole(group.unsure)) dudosas")
      }
      var value = [Markup(count)]
      if let line = facts.quadrantLoss.lines.first(where: { $0.segment == quadrant }), line.expectedLoss > 0 {
        value.append(
          Markup(
            words(
              "expected loss \(numbers.money(line.expectedLoss, facts.currency))",
              "pérdida esperada \(numbers.money(line.expectedLoss, facts.currency))")))
      } else if facts.hasARR {
        value.append(Markup(numbers.money(group.arr, facts.currency)))
      }
      return Page.Card(
        mark: quadrant.glyph, title: Markup(words(quadrant.label)),
        value: value.joined(separator: "<br/>"), text: Markup(quadrant.advice(words)))
    }
  }
}
