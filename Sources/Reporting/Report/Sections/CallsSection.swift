import Calendar
import Segmentation

/// The accounts to call first, by risk × ARR, each with its reasons.
struct CallsSection {
  static let shown = 12

  let words: Words
  let facts: BookFacts

  private var numbers: LocalNumbers { words.numbers }

  var section: Page.Section? {
    guard facts.expectedLoss > 0 else { return nil }
    let count = min(Self.shown, facts.byLoss.count)
    let details = facts.byLoss.prefix(count).map { facts.detail(facts.entries[$0].assignment.id) }
    let title = words(
      "Call first: \(numbers.spelled(count)) account\(count == 1 ? " holds" : "s hold") \(numbers.percent(facts.shareOfLargest(count), 0)) of the expected loss",
      "A quién llamar primero: \(numbers.spelled(count)) cuenta\(count == 1 ? " suma" : "s suman") el \(numbers.percent(facts.shareOfLargest(count), 0)) de la pérdida esperada"
    )
    return Page.Section(
      anchor: "calls", label: Markup(words("Monday’s list", "Lista del lunes")), title: Markup(title),
      lead: .empty, blocks: [.table(table(Array(details)))])
  }

  private func table(_ details: [ReportBook.Detail]) -> Page.Table {
    let hasRenewal = details.contains { $0.renewal != nil }
    let hasCSM = details.contains { $0.csm != nil }
    let hasReasons = details.contains { !$0.reasons.isEmpty }
    var columns: [(name: String, kind: String)] = [
      (words("Account", "Cuenta"), "text"), ("ARR", "number"), (words("Risk", "Riesgo"), "number"),
      (words("Expected loss", "Pérdida esperada"), "number"), (words("Quadrant", "Cuadrante"), "text"),
    ]
    if hasCSM { columns.append(("CSM", "text brief")) }
    if hasRenewal { columns.append((words("Renewal", "Renovación"), "text brief")) }
    if hasReasons { columns.append((words("Because", "Porque"), "text")) }
    let rows = zip(facts.byLoss, details).enumerated().map { rank, pair -> [Markup] in
      let (index, detail) = pair
      let entry = facts.entries[index]
      let account = entry.assignment
      var row = [
        Markup(trusted: "<b>\(rank + 1)</b>\u{2002}") + AccountName(account.id, detail.name).markup,
        Markup(numbers.whole(account.arr)), Markup(numbers.percent(entry.scores?.churnRisk, 1)),
        Markup(numbers.whole(facts.exposures[index].expectedLoss)),
        account.quadrant.named(words),
      ]
      if hasCSM { row.append(detail.csm.map { Markup(data: $0, limit: 30) } ?? Markup(LocalNumbers.unknown)) }
      if hasRenewal { row.append(Markup(detail.renewal?.description ?? LocalNumbers.unknown)) }
      if hasReasons { row.append(Reasons(words, detail.reasons).markup) }
      return row
    }
    return Page.Table(
      caption: Markup(
        words(
          "The largest expected losses, \(facts.currency) a year",
          "Las mayores pérdidas esperadas, \(facts.currency) al año")),
      columns: columns, rows: rows,
      note: hasReasons
        ? Markup(
          words(
            "×1.50 multiplies the odds of leaving by one and a half against the average account. An association in past data, not yet a cause.",
            "×1,50 multiplica por uno y medio la razón de abandono frente a la cuenta media. Es una asociación en datos pasados, no todavía una causa."
          )) : .empty)
  }
}

/// An account by its name, with its id below; by its id where it has no name.
struct AccountName {
  let markup: Markup

  init(_ id: String, _ name: String?) {
    guard let name, !name.isEmpty else {
      markup = Markup(data: id)
      return
    }
    markup =
      Markup(data: name) + Markup(trusted: "<span class=\"id\">") + Markup(data: id, limit: 40)
      + Markup(trusted: "</span>")
  }
}

/// Reasons as readers think of them: which way, what, and by which factor of the odds.
struct Reasons {
  let markup: Markup

  init(_ words: Words, _ reasons: [ReportReason], isGood: Bool = false) {
    markup = reasons.prefix(3).map { reason in
      let isUp = reason.logOdds > 0
      return Markup(
        trusted:
          "<span class=\"reason\"><span class=\"\(isUp != isGood ? "up" : "down")\" aria-hidden=\"true\">\(isUp ? "▲" : "▼")</span> "
      ) + Markup(data: Self.readable(reason.term), limit: 48) + Markup(trusted: " <b>")
        + Markup(words.numbers.factor(exponential(reason.logOdds))) + Markup(trusted: "</b></span>")
    }.joined(separator: " ")
  }

  /// `billing[monthly]` as `billing: monthly`, `seats:plan[pro]` as `seats × plan: pro`, `surface(a,b)` as
  /// `a × b`, underscores as spaces.
  static func readable(_ term: String) -> String {
    if term.hasPrefix("surface("), term.hasSuffix(")") {
      return term.dropFirst(8).dropLast().split(separator: ",").map(plain).joined(separator: " × ")
    }
    var factors: [Substring] = []
    var (start, depth) = (term.startIndex, 0)
    for index in term.indices {
      switch term[index] {
      case "[": depth += 1
      case "]": depth -= 1
      case ":" where depth == 0:
        factors.append(term[start..<index])
        start = term.index(after: index)
      default: break
      }
    }
    factors.append(term[start...])
    return factors.map(plain).joined(separator: " × ")
  }

  private static func plain(_ factor: Substring) -> String {
    var text = factor.replacing("_", with: " ")
    if text.hasSuffix("]"), let open = text.lastIndex(of: "[") {
      text = text[..<open] + ": " + text[text.index(after: open)...].dropLast()
    }
    return String(text)
  }
}
