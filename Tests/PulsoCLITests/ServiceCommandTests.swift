import Foundation
import Testing

@Suite("service and history, from the command line")
struct ServiceCommandTests {
  private func book(_ folder: URL) throws {
    let header = "account_id,arr,expansion,strategic_fit,csm,csm_hours,renewal_date,tier_current"
    let rows = (0..<60).map { row in
      let arr = row < 9 ? 110_000 + row : row < 30 ? 30_000 + row : 6_000 + row
      return "k\(row),\(arr),low,\(row < 9 ? "yes" : "no"),\(row % 2 == 0 ? "ana" : "luis"),10,2026-09-30,"
        + (row == 59 ? "tier_2" : "")
    }
    try Data(([header] + rows).joined(separator: "\n").utf8).write(to: folder.appending(path: "book.csv"))
  }

  private func rows(_ csv: String) -> [[String]] {
    csv.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  @Test(
    "CAP-09 CAP-04 staffing: who is needed, the top's share against its ARR, and another preset beside it")
  func staffing() throws {
    try PulsoRun.inFolder { folder in
      try book(folder)
      try Data("arr: {tiers: ['>= 120000', '>= 25000', '>= 5000']}\ntiers: {by: arr}\n".utf8).write(
        to: folder.appending(path: "higher.yaml"))
      let run = try PulsoRun(
        [
          "service", "staffing", "book.csv", "--as-of", "2026-01-01", "--preset", "usd-100k",
          "--compare", "higher.yaml",
        ], in: folder)
      try #require(run.status == 0, "\(run.errors)")
      let table = rows(run.output)
      #expect(
        table[0] == [
          "tier", "accounts", "csm_least", "csm_most", "gap", "csm_share", "arr_share", "capacity",
          "other_accounts", "other_csm_least", "other_csm_most", "change",
        ])
      #expect(table[1][0] == "tier_1" && table[1][1] == "9")
      #expect(["under_invested", "appropriate", "over_invested"].contains(table[1][7]))
      #expect(table[1][8] == "0" && table[1][11] == "-1")
      #expect(table.last?.first == "total")
    }
  }

  @Test("CAP-08 CAP-10 CAP-12 TIR-30 hours, portfolios and readiness")
  func staff() throws {
    try PulsoRun.inFolder { folder in
      try book(folder)
      func service(_ command: String, _ more: [String] = []) throws -> PulsoRun {
        try PulsoRun(
          ["service", command, "book.csv", "--as-of", "2026-01-01", "--lang", "en"] + more, in: folder)
      }
      let hours = rows(try service("hours").output)
      #expect(hours.last?[2] == "480", "60 accounts, 16 touches of half an hour")
      let portfolios = rows(try service("portfolios").output)
      #expect(portfolios.map(\.first) == ["csm", "ana", "luis"])
      #expect(portfolios[1][1] == "30")
      let readiness = try service("readiness")
      #expect(readiness.status == 1)
      #expect(readiness.output.contains("playbooks,no,fix playbooks before hiring"))
      #expect(readiness.output.contains("attention,no,"), "ten hours for each, whatever it pays")
      #expect(readiness.output.contains("criteria,yes,"))
    }
  }

  @Test("TIR-31 MIG-13 tier_current, retention, reviews in an export, and the tiers of the preset")
  func history() throws {
    try PulsoRun.inFolder { folder in
      try book(folder)
      func pulso(_ arguments: [String]) throws -> PulsoRun { try PulsoRun(arguments, in: folder) }
      for date in ["2026-01-01", "2026-12-31"] {
        let run = try pulso([
          "segment", "book.csv", "--history", "h.sqlite", "--as-of", date, "--out", "\(date).csv", "--quiet",
          "--preset", "usd-100k+tiers-3",
        ])
        try #require(run.status == 0, "\(run.errors)")
      }
      let first = try String(contentsOf: folder.appending(path: "2026-01-01.csv"), encoding: .utf8)
      let row = try #require(first.split(separator: "\n").first { $0.hasPrefix("k59,") })
      #expect(row.contains(",tier_2,") && row.contains("tier_current;grace_until_2026-09-30"))
      let retention = rows(try pulso(["history", "retention", "--history", "h.sqlite"]).output)
      #expect(retention.map(\.first) == ["tier", "tier_1", "tier_2", "tier_3"])
      #expect(retention.dropFirst().allSatisfy { $0[3] == "100" })
      let beyond = try pulso([
        "history", "override", "k1", "tier_4", "--history", "h.sqlite", "--author", "ana", "--reason", "x",
      ])
      #expect(beyond.status == 65 && beyond.errors.contains("3 tiers"))
      // Of three tiers the third is Scale; of four it would be the same, but the second run's moves are told
      // in the words of its own preset.
      let events = try pulso(["history", "events", "--history", "h.sqlite", "--lang", "en"])
      let asThree = try pulso(["history", "events", "--history", "h.sqlite", "--lang", "en", "--tiers", "3"])
      #expect(events.output == asThree.output && events.output.contains("\"downgrade\""))
      _ = try pulso([
        "history", "reviewed", "k0", "--history", "h.sqlite", "--author", "ana", "--date", "2020-02-01",
      ])
      let export = try pulso([
        "export", "2026-12-31.csv", "--for", "salesforce", "--history", "h.sqlite", "--out", "-",
      ])
      let header = try #require(rows(export.output).first)
      let column = try #require(header.firstIndex(of: "Last_Tier_Review__c"))
      #expect(rows(export.output)[1][column] == "2020-02-01" && rows(export.output)[2][column] == "")
      #expect(header.contains("Customer_Tier_Score__c"))
    }
  }
}
