import Foundation
import ModelFile
import Testing

#if canImport(Glibc)
  import Glibc
#endif

@Suite("Two at once, and readers")
struct TwoAtOnceTests {
  @Test("two nightly runs: the second says who works since when and ends with 74; the first is undisturbed")
  func twoNights() throws {
    try NightBook.inCopy { folder in
      let first = try PulsoProcess(NightBook.night(), in: folder, environment: NightBook.environment)
      let lock = folder.appending(path: "nightly/.lock")
      let isHeld = first.wait { (try? Data(contentsOf: lock))?.isEmpty == false }
      first.send(SIGSTOP)
      try #require(isHeld)
      let second = try PulsoRun(NightBook.night(), in: folder, environment: NightBook.environment)
      #expect(second.status == 74, "\(second.errors)")
      #expect(second.errors.contains("process \(first.id) since 20"), "\(second.errors)")
      first.send(SIGCONT)
      let end = try first.end()
      #expect(end.status == 0, "\(end.errors)")
      let third = try PulsoRun(NightBook.night(), in: folder, environment: NightBook.environment)
      #expect(third.status == 0 && third.output.contains("unchanged"))
    }
  }

  @Test("the lock of a killed run is free at once")
  func killedHolder() throws {
    try NightBook.inCopy { folder in
      let first = try PulsoProcess(NightBook.night(), in: folder, environment: NightBook.environment)
      let lock = folder.appending(path: "nightly/.lock")
      _ = first.wait { (try? Data(contentsOf: lock))?.isEmpty == false }
      first.send(SIGKILL)
      _ = try first.end()
      #expect(try PulsoRun(NightBook.night(), in: folder, environment: NightBook.environment).status == 0)
    }
  }

  @Test("a reader during runs sees whole nights only: each file is the one that run.json names")
  func reader() throws {
    struct Manifest: Decodable {
      struct Stage: Decodable { let files: [String: String] }
      let done: Bool
      let stages: [Stage]
    }
    try NightBook.inCopy { folder in
      let book = folder.appending(path: "world/book.csv")
      let whole = try String(contentsOf: book, encoding: .utf8)
      let lines = whole.split(separator: "\n")
      try #require(
        try PulsoRun(NightBook.night(), in: folder, environment: NightBook.environment).status == 0)
      var seen = 0
      for number in 0..<6 {
        try Data((lines.dropLast(number % 2 == 0 ? 7 : 0).joined(separator: "\n") + "\n").utf8).write(
          to: book)
        let process = try PulsoProcess(NightBook.night(), in: folder, environment: NightBook.environment)
        while process.isRunning {
          // A reader follows the link once and reads on in the folder that it led to.
          let latest = folder.appending(path: "nightly/latest").resolvingSymlinksInPath()
          let manifest = try JSONDecoder().decode(
            Manifest.self, from: Data(contentsOf: latest.appending(path: "run.json")))
          #expect(manifest.done)
          for (name, hash) in manifest.stages.flatMap(\.files) {
            #expect(SHA256.digest(try Data(contentsOf: latest.appending(path: name))) == hash, "\(name)")
          }
          seen += 1
        }
        #expect(try process.end().status == 0)
      }
      #expect(seen > 6)
    }
  }

  @Test("two trainings and two promotions on one registry: one writer at a time, nothing lost")
  func twoWriters() throws {
    try NightBook.inCopy { folder in
      func train(_ lambda: String) throws -> PulsoProcess {
        try PulsoProcess(
          NightBook.train("risk", lambda: lambda), in: folder, environment: NightBook.environment)
      }
      let trainings = try ["0.1", "0.2", "0.3", "0.4"].map(train)
      for training in trainings {
        let end = try training.end()
        #expect(end.status == 0, "\(end.errors)")
      }
      let home = folder.appending(path: "models/risk")
      let versions = try FileManager.default.contentsOfDirectory(atPath: home.path)
        .filter { $0.contains("Z-") }.sorted()
      try #require(versions.count == 4, "\(versions)")
      let promotions = try (0..<8).map { number in
        try PulsoProcess(["models", "promote", "risk/\(versions[number % 4])"], in: folder)
      }
      for promotion in promotions {
        let end = try promotion.end()
        #expect(end.status == 0, "\(end.errors)")
      }
      let champion = try String(contentsOf: home.appending(path: "champion"), encoding: .utf8)
      #expect(versions.contains(champion.trimmingCharacters(in: .newlines)))
      #expect(try PulsoRun(["models", "verify"], in: folder).status == 0)
    }
  }
}
