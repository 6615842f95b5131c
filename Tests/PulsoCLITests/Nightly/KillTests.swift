import Foundation
import StableNumerics
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// How much of the long tests is run: PULSO_LONG=1 runs all of it, minutes instead of seconds.
let isLong = ProcessInfo.processInfo.environment["PULSO_LONG"] == "1"

@Suite("kill -9 at any moment")
struct KillTests {
  /// A command, what it is run in, and when to kill it beside random moments.
  struct Victim: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let command: [String]
    /// Commands that make ready.
    var before: [[String]] = []
    /// Kill as soon as something of this name (or beginning of a name) is in this folder.
    var steps: [(folder: String, name: String)] = []
  }

  static let victims = [
    Victim(
      testDescription: "train", command: NightBook.train("risk", lambda: "0.2"),
      steps: [
        ("models/risk", ".lock"), ("models/risk", ".2"), ("models/risk", "2"), ("models/risk", "champion"),
      ]),
    Victim(
      testDescription: "promote", command: ["models", "promote", "churn/2"],
      before: [NightBook.train("churn", lambda: "0.2")],
      steps: [("models/churn", ".champion"), ("models/churn", "champions")]),
    Victim(
      testDescription: "score", command: ["score", "today.csv", "--out", "new.csv", "--reasons", "3"],
      steps: [("", ".new.csv"), ("", "new.csv")]),
    Victim(
      testDescription: "segment",
      command: [
        "segment", "world/book.csv", "--scores", "scores.csv", "--as-of", NightBook.date, "--history",
        "history.sqlite", "--out", "segments.csv",
      ],
      steps: [("", "history.sqlite"), ("", "history.sqlite-wal"), ("", ".segments.csv")]),
    Victim(
      testDescription: "nightly", command: NightBook.night(),
      steps: [
        ("nightly/runs", "."), ("nightly/runs/*", "features.csv"), ("nightly/runs/*", "scores.csv"),
        ("", "history.sqlite"), ("nightly/runs/*", "segments.csv"), ("nightly/runs/*", "salesforce.csv"),
        ("nightly/runs", "2"), ("nightly", "2"), ("nightly", "latest"),
      ]),
  ]

  /// Each victim so often at random moments; 300 in all in the long run.
  static let times = isLong ? 55 : 2

  @Test(
    "nothing half-written, history intact, the next run completes and equals an undisturbed one",
    arguments: victims)
  func killed(_ victim: Victim) throws {
    try NightBook.inCopy { ready in
      for command in victim.before {
        let run = try PulsoRun(command, in: ready, environment: NightBook.environment)
        try #require(run.status == 0, "\(command): \(run.errors)")
      }
      let command = try Self.resolved(victim.command, in: ready)
      let old = try NightBook.contents(ready)
      var new: [String: Data] = [:]
      var history: [String] = []
      var duration = 0.0
      try Self.inCopy(of: ready) { folder in
        let clock = ContinuousClock()
        let begin = clock.now
        let run = try PulsoRun(command, in: folder, environment: NightBook.environment)
        duration = (clock.now - begin) / .seconds(1)
        try #require(run.status == 0, "\(run.errors)")
        new = try NightBook.contents(folder)
        history = try Self.history(folder)
      }
      var random = SplitMix64(seed: UInt64(victim.testDescription.utf8.count))
      var killed = 0
      let steps = isLong ? victim.steps + victim.steps : victim.steps
      for number in 0..<Self.times + steps.count {
        try Self.inCopy(of: ready) { folder in
          let process = try PulsoProcess(command, in: folder, environment: NightBook.environment)
          if number < steps.count {
            _ = process.wait { Self.isThere(steps[number], in: folder) }
          } else {
            usleep(UInt32(Double(random.next() >> 11) / 0x1p53 * duration * 1_000_000))
          }
          process.send(SIGKILL)
          if try process.end().status == nil { killed += 1 }
          try Self.check(folder, old: old, new: new, "kill \(number)")
          let next = try PulsoRun(command, in: folder, environment: NightBook.environment)
          #expect(next.status == 0, "after kill \(number): \(next.errors)")
          #expect(try NightBook.contents(folder) == new, "after kill \(number)")
          #expect(try Self.history(folder) == history, "after kill \(number)")
          if victim.testDescription == "nightly" { #expect(NightBook.leftovers(folder) == []) }
        }
      }
      print("\(victim.testDescription): killed \(killed) times of \(Self.times + steps.count)")
    }
  }

  /// Every file that a reader can see is the one of before or the one of after, and models are whole.
  private static func check(_ folder: URL, old: [String: Data], new: [String: Data], _ what: String) throws {
    for (path, bytes) in try NightBook.contents(folder) {
      // A night's folder comes whole; until it is linked nobody is led there.
      #expect(old[path] == bytes || new[path] == bytes, "\(what): \(path) is half-written")
    }
    let verified = try PulsoRun(["models", "verify"], in: folder)
    #expect(verified.status == 0, "\(what): \(verified.errors)")
  }

  private static func history(_ folder: URL) throws -> [String] {
    guard FileManager.default.fileExists(atPath: folder.appending(path: "history.sqlite").path) else {
      return []
    }
    return try NightBook.history(folder, dates: [NightBook.date])
  }

  private static func isThere(_ step: (folder: String, name: String), in folder: URL) -> Bool {
    var folders = [folder.appending(path: step.folder).path]
    if step.folder.hasSuffix("/*") {
      let parent = folder.appending(path: String(step.folder.dropLast(2))).path
      folders = ((try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []).map {
        "\(parent)/\($0)"
      }
    }
    return folders.contains { path in
      ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).contains {
        $0.hasPrefix(step.name)
      }
    }
  }

  /// `churn/2` as the version that is not the champion.
  private static func resolved(_ command: [String], in folder: URL) throws -> [String] {
    guard command.last == "churn/2" else { return command }
    let home = folder.appending(path: "models/churn")
    let champion = try String(contentsOf: home.appending(path: "champion"), encoding: .utf8)
    let other = try FileManager.default.contentsOfDirectory(atPath: home.path)
      .first { $0.contains("Z-") && !champion.hasPrefix($0) }
    return command.dropLast() + ["churn/\(try #require(other))"]
  }

  private static func inCopy(of ready: URL, _ body: (URL) throws -> Void) throws {
    let copy = FileManager.default.temporaryDirectory.appending(path: "pulso-kill-\(UUID().uuidString)")
    try FileManager.default.copyItem(at: ready, to: copy)
    defer { try? FileManager.default.removeItem(at: copy) }
    try body(copy)
  }
}
