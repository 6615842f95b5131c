import Segmentation

/// Who changed place in the last run, and why (MTX-17).
struct MovesSection {
  private static let shown = 15

  let words: Words
  let moves: ReportMoves
  let facts: BookFacts?

  private var numbers: LocalNumbers { words.numbers }

  var section: Page.Section {
    let up = moves.events.count { $0.kind == .upgrade }
    let down = moves.events.count { $0.kind == .downgrade }
    let title: String
    if moves.since == nil {
      title = words(
        "The first run: there is nothing to compare with yet",
        "La primera ejecución: aún no hay con qué comparar")
    } else if up + down + quadrantMoves.count == 0 {
      title = words("Nobody changed place", "Nadie cambió de lugar")
    } else {
      title = words(
        "\(numbers.spelled(up, capital: true)) up a tier, \(numbers.spelled(down)) down, \(numbers.spelled(quadrantMoves.count)) to another quadrant",
        "\(numbers.spelled(up, capital: true)) suben de nivel, \(numbers.spelled(down)) bajan, \(numbers.spelled(quadrantMoves.count)) cambian de cuadrante"
      )
    }
    let span =
      moves.since.map {
        words(
          "From \(numbers.day($0)) to \(numbers.day(moves.day)).",
          "Del \(numbers.day($0)) al \(numbers.day(moves.day)).")
      } ?? words("On \(numbers.day(moves.day)).", "El \(numbers.day(moves.day)).")
    return Page.Section(
      anchor: "moves", label: Markup(words("What moved", "Qué se movió")), title: Markup(title),
      lead: Markup(span), blocks: table.map { [.table($0)] } ?? [])
  }

  private var quadrantMoves: [TierEvent] { moves.events.filter { $0.kind == .quadrantMoved } }

  /// Tier changes first, then quadrants, each with the largest ARR first.
  private var table: Page.Table? {
    guard moves.since != nil else { return nil }
    var arr: [String: Double] = [:]
    for entry in facts?.entries ?? [] { arr[entry.assignment.id] = entry.assignment.arr }
    let told = moves.events.filter {
      [.upgrade, .downgrade, .quadrantMoved, .graceBegan, .overrideBegan, .departed].contains($0.kind)
    }
    guard !told.isEmpty else { return nil }
    let sorted = told.enumerated().sorted { a, b in
      let (first, second) = (weight(a.element), weight(b.element))
      if first != second { return first < second }
      let (left, right) = (arr[a.element.account] ?? 0, arr[b.element.account] ?? 0)
      return left != right ? left > right : a.offset < b.offset
    }.map(\.element)
    let hasARR = facts?.hasARR == true
    var columns: [(name: String, kind: String)] = [(words("Account", "Cuenta"), "text")]
    if hasARR { columns.append(("ARR", "number")) }
    columns += [
      (words("From", "De"), "text"), (words("To", "A"), "text"), (words("Reason", "Motivo"), "text"),
    ]
    return Page.Table(
      caption: Markup(
        told.count > Self.shown
          ? words(
            "The \(Self.shown) that matter most of \(numbers.whole(told.count)) moves",
            "Los \(Self.shown) más importantes de \(numbers.whole(told.count)) movimientos")
          : words("All moves", "Todos los movimientos")),
      columns: columns,
      rows: sorted.prefix(Self.shown).map { event in
        [AccountName(event.account, facts?.detail(event.account).name).markup]
          + (hasARR ? [Markup(numbers.whole(arr[event.account]))] : [])
          + [
            Markup(place(event.from)), Markup(place(event.to)),
            Markup(data: event.reason.replacing("_", with: " "), limit: 80),
          ]
      })
  }

  private func weight(_ event: TierEvent) -> Int {
    switch event.kind {
    case .downgrade, .departed: 0
    case .upgrade, .overrideBegan: 1
    case .graceBegan: 2
    default: 3
    }
  }

  private func place(_ code: String?) -> String {
    guard let code else { return LocalNumbers.unknown }
    if let quadrant = Quadrant(rawValue: code) { return words(quadrant.label) }
    if let tier = Tier(code: code) {
      return words(facts.map { tier.label(in: $0.preset) } ?? tier.numbered)
    }
    return Markup.shortened(code, limit: 40)
  }
}
