import Foundation
import Synchronization
import Testing

@Suite("segment and its memory, from the command line")
struct SegmentHistoryTests {
  /// Twelve accounts in no order of their ids.
  private func book(_ day: Int) -> String {
    let header = "account_id,arr,renewal_date,health,churn_risk,expansion"
    let rows = (0..<12).map { row -> String in
      let id = "k\((row * 7 + 5) % 12)"
      let arr = 3_000 * (1 + (row * 5 + day) % 13) * (row % 3 == 0 ? 4 : 1)
      return "\(id),\(arr),2026-09-30,\((row * 31 + day * 17) % 100),0.\(1 + (row + day) % 9),medium"
    }
    return ([header] + rows).joined(separator: "\n") + "\n"
  }

  private func segment(_ folder: URL, _ table: String, _ date: String, _ more: [String] = []) throws
    -> PulsoRun
  {
    try PulsoRun(
      ["segment", table, "--history", "h.sqlite", "--as-of", date, "--out", "out.csv", "--quiet"] + more,
      in: folder)
  }

  private func text(_ folder: URL, _ file: String) throws -> String {
    try String(contentsOf: folder.appending(path: file), encoding: .utf8)
  }

  private func ids(_ csv: String) -> [String] {
    csv.split(separator: "\n").dropFirst().map { String($0.prefix { $0 != "," }) }
  }

  @Test("MIG-19 rows keep the input's order, and the history gives each day's table byte for byte")
  func replay() throws {
    try PulsoRun.inFolder { folder in
      var written: [String] = []
      let days = ["2026-01-01", "2026-02-01", "2026-11-01"]
      for (index, date) in days.enumerated() {
        let csv = book(index)
        try Data(csv.utf8).write(to: folder.appending(path: "book.csv"))
        let run = try segment(folder, "book.csv", date)
        try #require(run.status == 0, "\(run.errors)")
        written.append(try text(folder, "out.csv"))
        #expect(ids(written[index]) == ids(csv), "the order of the input")
      }
      for (date, table) in zip(days, written) {
        let past = try PulsoRun(["history", "as-of", date, "--history", "h.sqlite"], in: folder)
        #expect(past.output == table)
      }
      // The past through `segment` itself, with any table.
      _ = try segment(folder, "book.csv", days[1])
      #expect(try text(folder, "out.csv") == written[1])
    }
  }

  @Test("a history written by the first version tells the same, and goes on")
  func firstVersion() throws {
    let reference = PulsoRun.packageFolder.appending(path: "Tests/HistoryTests/Reference")
    try PulsoRun.inFolder { folder in
      try FileManager.default.copyItem(
        at: reference.appending(path: "history-1.sqlite"), to: folder.appending(path: "h.sqlite"))
      for date in ["2026-01-01", "2026-02-01", "2026-10-01"] {
        let run = try PulsoRun(["history", "as-of", date, "--history", "h.sqlite"], in: folder)
        #expect(run.output == (try text(reference, "history-1-\(date).csv")), "\(run.errors)")
      }
      let events = try PulsoRun(["history", "events", "--history", "h.sqlite", "--lang", "en"], in: folder)
      #expect(events.output == (try text(reference, "history-1-events.jsonl")))
      try Data("account_id,arr\na,26000\nd,1000\n".utf8).write(to: folder.appending(path: "next.csv"))
      let next = try segment(folder, "next.csv", "2026-10-02", ["--events", "events.jsonl"])
      try #require(next.status == 0, "\(next.errors)")
      #expect(try text(folder, "out.csv").contains("grace_until"))
      #expect(try text(folder, "events.jsonl").contains("\"departed\""))
    }
  }

  @Test("merge, designate and override by command: one row at the survivor's place, its scores kept")
  func decisions() throws {
    try PulsoRun.inFolder { folder in
      try Data(book(0).utf8).write(to: folder.appending(path: "book.csv"))
      _ = try segment(folder, "book.csv", "2026-01-01")
      let who = ["--history", "h.sqlite", "--author", "ana", "--reason", "deal", "--since", "2026-01-02"]
      for arguments in [
        ["merge", "k3", "k5"], ["designate", "k0", "partnership"], ["override", "k7", "tier_1"],
      ] {
        let run = try PulsoRun(["history"] + arguments + who, in: folder)
        #expect(run.status == 0, "\(run.errors)")
      }
      let before = try text(folder, "out.csv")
      let run = try segment(folder, "book.csv", "2026-01-02", ["--events", "events.jsonl"])
      try #require(run.status == 0, "\(run.errors)")
      let after = try text(folder, "out.csv")
      #expect(ids(after) == ids(before).filter { $0 != "k5" }, "the input's order without the absorbed one")
      func row(_ id: String, _ csv: String) throws -> [String] {
        let line = try #require(csv.split(separator: "\n").first { $0.hasPrefix("\(id),") })
        return line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
      #expect(try row("k3", after)[3] != "", "need is known: the scores of the table are kept")
      #expect(try !row("k3", after)[12].contains("need_unknown"))
      let arr = try Double(row("k3", before)[1]) ?? 0
      #expect(try Double(row("k3", after)[1]) == arr + (Double(row("k5", before)[1]) ?? 0))
      #expect(try row("k0", after)[8] == "tier_1" && row("k7", after)[8] == "tier_1")
      let events = try text(folder, "events.jsonl")
      for word in ["\"merged\"", "designation:partnership", "\"author\":\"ana\"", "override_began"] {
        #expect(events.contains(word), "\(word)")
      }
      let unknown = try PulsoRun(["history", "merge", "k3", "nobody"] + who, in: folder)
      #expect(unknown.status == 65 && unknown.errors.contains("nobody"))
    }
  }

  @Test("two writers at once: each waits its turn or says so, and the history is that of one after the other")
  func twoWriters() throws {
    try PulsoRun.inFolder { folder in
      try Data(book(0).utf8).write(to: folder.appending(path: "book.csv"))
      _ = try segment(folder, "book.csv", "2026-01-01")
      let first = try text(folder, "out.csv")
      let statuses = Mutex<[Int32]>([])
      DispatchQueue.concurrentPerform(iterations: 4) { index in
        let run = try? PulsoRun(
          [
            "segment", "book.csv", "--history", "h.sqlite", "--as-of", "2026-01-02", "--out",
            "out\(index).csv", "--quiet",
          ], in: folder)
        statuses.withLock { $0.append(run?.status ?? -1) }
      }
      #expect(statuses.withLock { $0.allSatisfy { $0 == 0 || $0 == 74 } })
      #expect(statuses.withLock { $0.contains(0) })
      let now = try PulsoRun(["history", "as-of", "2026-01-02", "--history", "h.sqlite"], in: folder)
      #expect(ids(now.output) == ids(first))
      let runs = try PulsoRun(["history", "events", "--history", "h.sqlite"], in: folder)
      #expect(runs.output.split(separator: "\n").count { $0.contains("\"initial\"") } == 12)
    }
  }

  @Test(
    "what is wrong with a row is told as FILE:LINE: COLUMN, and such rows can be left out with their reason")
  func places() throws {
    try PulsoRun.inFolder { folder in
      let csv =
        "account_id,arr,health\na,\"12\n000\",50\nb,7000,160\nb2,1.234 €,10\nc,8000,60\nc,1,1\nragged\n"
      try Data(csv.utf8).write(to: folder.appending(path: "book.csv"))
      let stop = try PulsoRun(["segment", "book.csv", "--out", "out.csv"], in: folder)
      #expect(stop.status == 65)
      #expect(stop.errors.hasPrefix("pulso: error: book.csv:8: "), "\(stop.errors)")
      #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "out.csv").path))
      let skip = try PulsoRun(
        ["segment", "book.csv", "--out", "out.csv", "--on-bad-row", "skip", "--rejects", "bad.csv"],
        in: folder)
      try #require(skip.status == 0, "\(skip.errors)")
      #expect(skip.errors.contains("rows left out"))
      #expect(ids(try text(folder, "out.csv")).contains("c"))
      let rejects = try text(folder, "bad.csv")
      #expect(rejects.hasPrefix("file,line,reason,row\n"))
      for place in ["book.csv,4,", "book.csv,5,", "book.csv,7,", "book.csv,8,"] {
        #expect(rejects.contains(place), "\(place) in \(rejects)")
      }
      try Data("id,arr\na,5K€\nb,$5K\n".utf8).write(to: folder.appending(path: "money.csv"))
      let money = try PulsoRun(
        ["segment", "money.csv", "--preset", "eur-20k", "--out", "-"], in: folder)
      #expect(money.status == 65)
      #expect(
        money.errors.hasPrefix("pulso: error: money.csv:3: arr: account b is in USD"), "\(money.errors)")
    }
  }

  @Test("VOC-03 amounts with a comma as decimal mark, by --locale")
  func comma() throws {
    try PulsoRun.inFolder { folder in
      try Data("id,arr\na,\"1.234.567,89 €\"\nb,30K€\n".utf8).write(to: folder.appending(path: "book.csv"))
      let run = try PulsoRun(
        ["segment", "book.csv", "--preset", "eur-20k", "--locale", "comma", "--out", "-", "--quiet"],
        in: folder)
      #expect(run.output.contains("a,1234567.89,") && run.output.contains("b,30000,"), "\(run.errors)")
    }
  }
}
