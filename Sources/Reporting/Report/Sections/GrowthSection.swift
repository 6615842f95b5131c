import Segmentation

/// Where growth is likely, and the uncut diamonds among small accounts (ECO-12).
struct GrowthSection {
  private static let shown = 8

  let words: Words
  let facts: BookFacts

  private var numbers: LocalNumbers { words.numbers }

  var section: Page.Section? {
    let likely = facts.entries.indices.filter { (facts.entries[$0].scores?.expansionPotential ?? 0) > 0 }
    let small = facts.entries.indices.filter { facts.entries[$0].assignment.flags.contains(.diamond) }
    let diamonds = ranked(small)
    guard !likely.isEmpty || !diamonds.isEmpty else { return nil }
    var blocks: [Page.Block] = []
    let growers = ranked(likely)
    if !growers.isEmpty {
      blocks.append(
        .table(
          table(
            growers,
            words(
              "The largest expected expansions: probability × ARR",
              "Las mayores expansiones esperadas: probabilidad × ARR"))))
    }
    if !diamonds.isEmpty {
      blocks.append(
        .table(
          table(
            diamonds,
            words(
              "Uncut diamonds: high potential among the 80 % that pay least",
              "Diamantes en bruto: potencial alto entre el 80 % que menos paga")
              + (small.count > diamonds.count
                ? words(
                  "; the \(diamonds.count) largest of \(numbers.whole(small.count))",
                  "; las \(diamonds.count) mayores de \(numbers.whole(small.count))") : ""))))
    }
    let count = small.count
    let title =
      count > 0
      ? words(
        "\(numbers.spelled(count, capital: true)) small account\(count == 1 ? " is" : "s are") likely to grow",
        "\(numbers.spelled(count, capital: true)) cuenta\(count == 1 ? " pequeña puede" : "s pequeñas pueden") crecer"
      )
      : words(
        "The next growth sits with the accounts that are large already",
        "El próximo crecimiento está en las cuentas que ya son grandes")
    return Page.Section(
      anchor: "growth", label: Markup(words("Growth", "Crecimiento")), title: Markup(title), lead: .empty,
      blocks: blocks)
  }

  /// By probability × ARR, or by probability where money is unknown.
  private func ranked(_ indices: [Int]) -> [Int] {
    func value(_ index: Int) -> Double {
      let entry = facts.entries[index]
      return (entry.scores?.expansionPotential ?? 0) * (entry.assignment.arr ?? (facts.hasARR ? 0 : 1))
    }
    return Array(
      indices.sorted { value($0) != value($1) ? value($0) > value($1) : $0 < $1 }.prefix(Self.shown))
  }

  private func table(_ indices: [Int], _ caption: String) -> Page.Table {
    let details = indices.map { facts.detail(facts.entries[$0].assignment.id) }
    let hasReasons = details.contains { !$0.expansionReasons.isEmpty }
    var columns: [(name: String, kind: String)] = [
      (words("Account", "Cuenta"), "text"), ("ARR", "number"),
      (words("Likely to expand", "Probabilidad de crecer"), "number"),
      (words("Quadrant", "Cuadrante"), "text"),
    ]
    if hasReasons { columns.append((words("Because", "Porque"), "text")) }
    return Page.Table(
      caption: Markup(caption), columns: columns,
      rows: zip(indices, details).map { index, detail in
        let entry = facts.entries[index]
        let account = entry.assignment
        return [
          AccountName(account.id, detail.name).markup, Markup(numbers.whole(account.arr)),
          Markup(numbers.percent(entry.scores?.expansionPotential, 0)),
          account.quadrant.named(words),
        ] + (hasReasons ? [Reasons(words, detail.expansionReasons, isGood: true).markup] : [])
      })
  }
}
