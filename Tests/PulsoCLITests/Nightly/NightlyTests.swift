import Foundation
import ModelFile
import Testing

#if canImport(Glibc)
  import Glibc
#endif

@Suite("The nightly run")
struct NightlyTests {
  private func run(_ arguments: [String], _ folder: URL) throws -> PulsoRun {
    try PulsoRun(arguments, in: folder, environment: NightBook.environment)
  }

  @Test("every stage leaves whole files under the date and latest; the same night again changes no byte")
  func idempotent() throws {
    try NightBook.inCopy { folder in
      let first = try run(NightBook.night(), folder)
      try #require(first.status == 0, "\(first.errors)")
      #expect(first.output.hasPrefix("2025-01-01: ") && first.output.split(separator: "\n").count == 1)
      let files = try NightBook.contents(folder.appending(path: "nightly/latest/"))
      for name in [
        "run.json", "features.csv", "scores.csv", "segments.csv", "events.jsonl", "salesforce.csv",
        "hubspot.csv", "gainsight.csv", "customer.csv", "report.html",
      ] {
        #expect(files[name]?.isEmpty == false, "\(name)")
      }
      let before = try NightBook.contents(folder)
      let history = try NightBook.history(folder, dates: [NightBook.date])
      let second = try run(NightBook.night(["--json", "--threads", "1"]), folder)
      #expect(second.status == 0, "\(second.errors)")
      #expect(second.output.contains("\"status\": \"unchanged\""), "\(second.output)")
      #expect(try NightBook.contents(folder) == before)
      #expect(try NightBook.history(folder, dates: [NightBook.date]) == history)
    }
  }

  @Test("a single command gives the same bytes as its stage")
  func sameAsCommands() throws {
    try NightBook.inCopy { folder in
      let night = try run(NightBook.night(), folder)
      try #require(night.status == 0, "\(night.errors)")
      let files = try NightBook.contents(folder.appending(path: "nightly/latest/"))
      let segment = try run(
        [
          "segment", "world/book.csv", "--scores", "nightly/latest/scores.csv", "--as-of", NightBook.date,
          "--history", "other.sqlite", "--out", "one.csv",
        ], folder)
      try #require(segment.status == 0, "\(segment.errors)")
      #expect(files["segments.csv"] == (try Data(contentsOf: folder.appending(path: "one.csv"))))
      #expect(files["features.csv"] == (try Data(contentsOf: folder.appending(path: "today.csv"))))
    }
  }

  @Test("other input for the same date: the night is done again, its folder swapped, the history replaced")
  func corrected() throws {
    try NightBook.inCopy { folder in
      try #require(try run(NightBook.night(), folder).status == 0)
      let book = folder.appending(path: "world/book.csv")
      let whole = try String(contentsOf: book, encoding: .utf8)
      let lines = whole.split(separator: "\n")
      try Data((lines.dropLast(10).joined(separator: "\n") + "\n").utf8).write(to: book)
      let less = try run(NightBook.night(), folder)
      #expect(less.status == 0, "\(less.errors)")
      let segments = folder.appending(path: "nightly/\(NightBook.date)/segments.csv")
      #expect(
        try String(contentsOf: segments, encoding: .utf8).split(separator: "\n").count == lines.count - 10)
      try Data(whole.utf8).write(to: book)
      #expect(try run(NightBook.night(), folder).status == 0)
      let runs = try FileManager.default.contentsOfDirectory(
        atPath: folder.appending(path: "nightly/runs").path)
      #expect(runs.count <= 2, "former runs stay for one run only: \(runs)")
      try NightBook.inCopy { fresh in
        try #require(try run(NightBook.night(), fresh).status == 0)
        #expect(
          try NightBook.history(folder, dates: [NightBook.date])
            == NightBook.history(fresh, dates: [NightBook.date]))
      }
    }
  }

  @Test("the log is one JSON object a line, an error among them")
  func jsonLog() throws {
    struct Line: Decodable {
      let time: String
      let level: String
      let message: String
      let stage: String?
      let rows: Int?
      let seconds: Double?
      let status: Int?
    }
    try NightBook.inCopy { folder in
      let night = try run(NightBook.night(["--log", "json"]), folder)
      let lines = try night.errors.split(separator: "\n").map {
        try JSONDecoder().decode(Line.self, from: Data($0.utf8))
      }
      let stages = lines.filter { $0.seconds != nil }.compactMap(\.stage)
      #expect(stages.prefix(2) == ["features", "score"] && stages.contains("segment"), "\(stages)")
      #expect(lines.allSatisfy { $0.time.hasSuffix("Z") && !$0.level.isEmpty })
      try FileManager.default.removeItem(at: folder.appending(path: "world/usage.csv"))
      let bad = try run(NightBook.night(["--log", "json"]), folder)
      #expect(bad.status == 66)
      let said = try bad.errors.split(separator: "\n").map {
        try JSONDecoder().decode(Line.self, from: Data($0.utf8))
      }
      #expect(said.last?.level == "error" && said.last?.status == 66, "\(bad.errors)")
      #expect(try run(NightBook.night(["--quiet"]), folder).errors.hasPrefix("pulso: error: "))
    }
  }

  @Test("a night before the last one is refused with one line, and nothing changes")
  func past() throws {
    try NightBook.inCopy { folder in
      try #require(try run(NightBook.night(), folder).status == 0)
      let before = try NightBook.contents(folder)
      let past = try run(NightBook.night(on: "2024-12-20"), folder)
      #expect(past.status == 65, "\(past.errors)")
      #expect(past.errors.contains("pulso: error: "))
      #expect(try NightBook.contents(folder) == before)
    }
  }

  @Test("SIGTERM: 143, no temporary file, and the next run gives what an undisturbed one gives")
  func terminated() throws {
    // A quick night may be over before the signal arrives; then once more.
    for _ in 0..<20 where try isTerminated() { return }
    Issue.record("no night was caught while it ran")
  }

  private func isTerminated() throws -> Bool {
    var isCaught = false
    try NightBook.inCopy { folder in
      let process = try PulsoProcess(
        NightBook.night(), in: folder, environment: NightBook.environment)
      let runs = folder.appending(path: "nightly/runs").path
      _ = process.wait {
        (try? FileManager.default.contentsOfDirectory(atPath: runs))?.contains { $0.hasSuffix(".partial") }
          ?? false
      }
      process.send(SIGTERM)
      let end = try process.end()
      if end.status == 0 { return }
      isCaught = true
      #expect(end.status == 143, "\(end.errors)")
      #expect(NightBook.leftovers(folder).filter { $0.hasSuffix(".tmp") } == [])
      #expect(try run(NightBook.night(), folder).status == 0)
      #expect(NightBook.leftovers(folder) == [])
      try NightBook.inCopy { fresh in
        try #require(try run(NightBook.night(), fresh).status == 0)
        #expect(try NightBook.contents(folder) == NightBook.contents(fresh))
      }
    }
    return isCaught
  }

  @Test("an unknown key of the section is an error that names the nearest; a missing table its path")
  func configuration() throws {
    try NightBook.inCopy { folder in
      let file = folder.appending(path: "pulso.yaml")
      try Data((NightBook.configuration + "  export: [hubspot]\n").utf8).write(to: file)
      let unknown = try run(NightBook.night(), folder)
      #expect(unknown.status == 78 && unknown.errors.contains("nightly.export"), "\(unknown.errors)")
      #expect(unknown.errors.contains("did you mean exports?"))
      try Data("data: world\nnightly: {exports: [zendesk]}\n".utf8).write(to: file)
      #expect(try run(NightBook.night(), folder).errors.contains("gainsight"))
      try Data("data: world\nnightly: {accounts: bok.csv}\n".utf8).write(to: file)
      let missing = try run(NightBook.night(), folder)
      #expect(missing.status == 66 && missing.errors.contains("world/bok.csv"), "\(missing.errors)")
    }
  }
}
