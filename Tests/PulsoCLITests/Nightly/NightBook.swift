import Foundation
import Testing

/// A small invented company with trained models and a configuration for nightly runs, made once and copied
/// for each test.
enum NightBook {
  /// The first night; the tables reach to it.
  static let date = "2025-01-01"
  static let environment = ["SOURCE_DATE_EPOCH": "1735700000", "LANG": "en_US.UTF-8"]

  static let configuration = """
    data: world
    nightly:
      accounts: book.csv
      exports: [salesforce, hubspot, gainsight, customer]

    """

  /// A folder with `world/`, `panel.csv`, `today.csv`, `models/` and `pulso.yaml`.
  private static let made: Result<URL, any Error> = Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "pulso-book-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(configuration.utf8).write(to: folder.appending(path: "pulso.yaml"))
    let commands = [
      [
        "simulate", "--out", "world", "--accounts", "120", "--months", "12", "--seed", "1", "--start",
        "2024-01-01",
      ],
      ["features", "--from", "2024-03-01", "--to", date, "--every", "1mo", "--out", "panel.csv"],
      ["features", "--as-of", date, "--out", "today.csv"],
      train("churn"),
      ["score", "today.csv", "--out", "scores.csv", "--intervals"],
      ["segment", "world/book.csv", "--scores", "scores.csv", "--as-of", date, "--out", "segments.csv"],
    ]
    for command in commands {
      let run = try PulsoRun(command, in: folder, environment: environment)
      try #require(run.status == 0, "\(command): \(run.errors)")
    }
    return folder
  }

  /// Runs `body` in a copy of the book and removes it.
  static func inCopy(_ body: (URL) throws -> Void) throws {
    let book = try made.get()
    let copy = FileManager.default.temporaryDirectory.appending(path: "pulso-night-\(UUID().uuidString)")
    try FileManager.default.copyItem(at: book, to: copy)
    defer { try? FileManager.default.removeItem(at: copy) }
    try body(copy)
  }

  /// A quick training on the panel.
  static func train(_ name: String, lambda: String = "0.1", panel: String = "panel.csv") -> [String] {
    [
      "train", panel, "--features", "seats,mrr,sessions_30d,tickets_90d,tenure_days,plan", "--lambda", lambda,
      "--folds", "0", "--target", "churned", "--id", "account_id", "--name", name, "--role", "risk",
      "--quiet",
    ]
  }

  static func night(_ more: [String] = [], on date: String = date) -> [String] {
    ["nightly", "--as-of", date] + more
  }

  /// What users see of a folder: the bytes of each file by its path, links as what they point to, without
  /// hidden names and without the database, whose pages may lie otherwise.
  static func contents(_ folder: URL, under path: String = "") throws -> [String: Data] {
    var result: [String: Data] = [:]
    let start = folder.appending(path: path)
    for name in try FileManager.default.contentsOfDirectory(atPath: start.path).sorted() {
      guard !name.hasPrefix("."), !name.contains(".sqlite") else { continue }
      let item = path.isEmpty ? name : "\(path)/\(name)"
      let url = folder.appending(path: item)
      if let target = try? FileManager.default.destinationOfSymbolicLink(atPath: url.path) {
        result[item] = Data("→ \(target)".utf8)
        continue
      }
      var isFolder: ObjCBool = false
      _ = unsafe FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
      if isFolder.boolValue {
        result.merge(try contents(folder, under: item)) { $1 }
      } else {
        result[item] = try Data(contentsOf: url)
      }
    }
    return result
  }

  /// Hidden names anywhere below that are neither locks nor folders of an unfinished night.
  static func leftovers(_ folder: URL) -> [String] {
    let all = FileManager.default.subpaths(atPath: folder.path) ?? []
    return all.filter { $0.hasSuffix(".tmp") || $0.hasSuffix(".partial") }.sorted()
  }

  /// The history as it reads: the table of each night and all events.
  static func history(_ folder: URL, dates: [String]) throws -> [String] {
    var texts: [String] = []
    for date in dates {
      let run = try PulsoRun(
        ["history", "as-of", date, "--history", "history.sqlite", "--out", "-"], in: folder)
      try #require(run.status == 0, "\(run.errors)")
      texts.append(run.output)
    }
    let events = try PulsoRun(
      ["history", "events", "--history", "history.sqlite"], in: folder, environment: environment)
    try #require(events.status == 0, "\(events.errors)")
    return texts + [events.output]
  }
}
