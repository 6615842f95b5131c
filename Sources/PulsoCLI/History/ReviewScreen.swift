import Calendar
import Foundation
import History
import Reporting
import Segmentation

/// The quarterly review as people and programs read it.
struct ReviewScreen {
  let start: CalendarDate
  let end: CalendarDate
  let lines: [ReviewLine]
  let overdue: [OverdueReview]
  let language: Language

  var text: String {
    var grid = TextTable()
    grid.add([
      say("account", "cuenta"), say("change", "cambio"), say("earned", "merecía"), say("earns", "merece"),
      say("tier", "nivel"),
    ])
    for line in lines {
      grid.add([
        line.account, line.change.label.text(in: language), line.from.code, line.to.code, line.tier.code,
      ])
    }
    var late = TextTable()
    late.add([
      say("account", "cuenta"), say("tier", "nivel"), say("last review", "última revisión"),
      say("due", "vencía"),
    ])
    for review in overdue { late.add([review.account, review.tier.code, "\(review.last)", "\(review.due)"]) }
    return """
      \(say("Changes", "Cambios")) \(start) – \(end): \(lines.count)
      \(grid.text)

      \(say("Overdue reviews", "Revisiones vencidas")): \(overdue.count)
      \(late.text)
      """
  }

  func json() throws -> String {
    struct Line: Encodable {
      let account: String
      let change: String
      let from: String
      let to: String
      let tier: String
    }
    struct Late: Encodable {
      let account: String
      let tier: String
      let last: String
      let due: String
    }
    struct Object: Encodable {
      let start: String
      let end: String
      let changes: [Line]
      let overdue: [Late]
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let object = Object(
      start: "\(start)", end: "\(end)",
      changes: lines.map {
        Line(
          account: $0.account, change: $0.change.rawValue, from: $0.from.code, to: $0.to.code,
          tier: $0.tier.code)
      },
      overdue: overdue.map {
        Late(account: $0.account, tier: $0.tier.code, last: "\($0.last)", due: "\($0.due)")
      })
    return String(decoding: try encoder.encode(object), as: UTF8.self)
  }

  private func say(_ english: String, _ spanish: String) -> String {
    Phrase(english, es: spanish).text(in: language)
  }
}
