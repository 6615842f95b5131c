import Foundation
import Testing

@Suite("pulso report")
struct ReportCommandTests {
  private static let accounts = """
    account_id,account_name,arr,expansion,strategic_fit,csm,renewal_date,health
    A1,"Smith & <Sons>",120000,high,yes,Ana,2026-05-01,80
    A2,Beta,30000,low,no,Luis,2026-03-01,40
    A3,Gamma,4000,medium,no,,2026-09-01,10

    """
  private static let scores = """
    account_id,churn_risk,health,churn_reason_1
    A1,0.05,60,seats:-0.20
    A2,0.3,20,tickets:+0.90
    A3,0.1,50,plan[free]:+0.10

    """

  private func prepare(_ folder: URL) throws {
    try Self.accounts.write(to: folder.appending(path: "book.csv"), atomically: true, encoding: .utf8)
    try Self.scores.write(to: folder.appending(path: "scores.csv"), atomically: true, encoding: .utf8)
    let segment = try PulsoRun(
      [
        "segment", "book.csv", "--scores", "scores.csv", "--as-of", "2026-01-01", "--out", "segments.csv",
        "--history", "history.sqlite", "--quiet",
      ], in: folder)
    try #require(segment.status == 0, "\(segment.errors)")
  }

  private static let all = [
    "report", "--segments", "segments.csv", "--scores", "scores.csv", "--accounts", "book.csv", "--history",
    "history.sqlite", "--lang", "es",
  ]

  @Test("a page of the book's files, the same bytes each time, with names escaped")
  func page() throws {
    try PulsoRun.inFolder { folder in
      try prepare(folder)
      let first = try PulsoRun(Self.all + ["--out", "report.html"], in: folder)
      #expect(first.status == 0, "\(first.errors)")
      #expect(first.output.isEmpty)
      let page = try String(contentsOf: folder.appending(path: "report.html"), encoding: .utf8)
      #expect(page.contains("lang=\"es\""))
      #expect(page.contains("Smith &amp; &lt;Sons&gt;"))
      #expect(page.contains("1 de enero de 2026"))
      // 0.3 × 30,000 is the largest expected loss.
      #expect(page.contains("9.000"))
      #expect(!page.contains("<script"))
      let second = try PulsoRun(Self.all + ["--out", "-"], in: folder)
      #expect(second.output == page)
    }
  }

  @Test("what is missing or wrong is said, and nothing is written")
  func errors() throws {
    try PulsoRun.inFolder { folder in
      try prepare(folder)
      for (arguments, status) in [
        (["report", "--out", "r.html"], 64), (["report", "--scores", "scores.csv", "--out", "r.html"], 64),
        (["report", "--segments", "none.csv", "--out", "r.html"], 66),
        (["report", "--segments", "scores.csv", "--out", "r.html"], 65),
        (["report", "--segments", "segments.csv", "--as-of", "soon", "--out", "r.html"], 64),
        (["report", "--segments", "segments.csv", "--out", "none/r.html"], 73),
      ] {
        let run = try PulsoRun(arguments, in: folder)
        #expect(run.status == Int32(status), "\(arguments): \(run.errors)")
        #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "r.html").path))
      }
    }
  }
}
