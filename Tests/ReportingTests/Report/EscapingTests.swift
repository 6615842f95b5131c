import Foundation
import ModelFile
import Reporting
import Segmentation
import Testing
import Training

@Suite("What names can do to a page: nothing")
struct EscapingTests {
  static let hostile = [
    "<script>alert(1)</script>", "\"><img onerror=alert(1)>", "' onmouseover='alert(1)", "a & b &lt; c",
    "</style></svg></title>", "]]><!-- -->", "{{title}} {{{stylesheet}}}", "\u{202E}evil\u{2066}",
    "nul\u{0}\u{8}\u{FFFE}",
    "\"\u{301} onload=x", "<\u{338}b>", "=1+1;DROP TABLE x", "../../etc/passwd",
    String(repeating: "x", count: 10_000), "e" + String(repeating: "\u{301}", count: 10_000),
    "مرحبا بالعالم", "שלום <עולם>",
  ]

  @Test("scalar by scalar: a quote with an accent is a quote to a browser")
  func markup() {
    #expect(Markup("\"\u{301}<\u{338}'&>").html == "&quot;\u{301}&lt;\u{338}&#39;&amp;&gt;")
    #expect(Markup("a\u{0}b\nc\u{202E}d").html == "a\u{FFFD}b cd")
    #expect(Markup(data: "ab", limit: 5).html == "<bdi>ab</bdi>")
    #expect(Markup(data: "abcdefgh", limit: 5).html == "<bdi>abcd…</bdi>")
  }

  @Test("in text, attributes and drawings, whatever holds the name", arguments: hostile)
  func inert(name: String) throws {
    var model = try SampleBook.model(level: name)
    model.model.name = name
    model.model.target = name
    model.model.positive = name
    model.version = name
    model.report?.model = name
    model.report?.validation?.scheme = name
    model.report?.coefficients[1].term = name
    model.report?.warnings[0].term = name
    let book = ReportBook(preset: Preset(), entries: SampleBook.entries { "\(name)\($0)" }) { id in
      var detail = ReportBook.Detail()
      detail.name = name + id
      detail.csm = name
      detail.reasons = [ReportReason("\(name):+0.42")].compactMap { $0 }
      detail.expansionReasons = detail.reasons
      return detail
    }
    let inputs = ReportInputs(
      language: .en, title: name, asOf: SampleBook.day, book: book, models: [model],
      moves: ReportMoves(
        since: SampleBook.day, day: SampleBook.day,
        events: [
          TierEvent(
            account: name, date: SampleBook.day, kind: .upgrade, from: name, to: name, reason: name,
            author: name)
        ]))
    let html = try Report(inputs).html()
    let reader = try TagReader(html)
    let plain = try TagReader(
      try Report(
        ReportInputs(
          language: .en, title: "x", asOf: SampleBook.day, book: SampleBook.book(),
          models: [SampleBook.model()])
      ).html())
    // Nothing but the tags and attributes that an innocent page has.
    #expect(Set(reader.tags).subtracting(plain.tags + ["bdi", "b", "span"]).isEmpty)
    let known = Set(plain.attributes.map(\.name))
    #expect(Set(reader.attributes.map(\.name)).subtracting(known).isEmpty)
    #expect(!html.unicodeScalars.contains { $0.properties.isBidiControl })
    #expect(html.utf8.count < 600_000)
  }

  @Test("no network, no script, no address of anything")
  func selfContained() throws {
    let html = try Report(
      ReportInputs(
        language: .en, asOf: SampleBook.day, book: SampleBook.book(), models: [SampleBook.model()])
    ).html()
    for word in ["http", "src=", "<script", "url(", "@import", "href", "javascript", "<link", "<iframe"] {
      #expect(!html.contains(word), "\(word)")
    }
  }
}
