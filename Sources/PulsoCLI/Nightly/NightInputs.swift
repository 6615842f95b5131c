import ArgumentParser
import Calendar
import Configuration
import Foundation
import History
import ModelFile
import Segmentation
import Tables
import Training

/// Everything that a night's results depend on, each by its SHA-256: the same inputs give the same night, so
/// that it need not be done twice, and other inputs never go on with a night half done.
struct NightInputs {
  let date: CalendarDate
  /// Hashes (or plain words) by name, `table:usage`, `model:churn`.
  let parts: [String: String]
  let hash: String

  init(_ plan: NightPlan, decisions: Decisions) throws {
    var parts = [
      "options":
        "pulso \(Pulso.configuration.version), date \(plan.date), language \(plan.language.rawValue)",
      "limits": "\(plan.failOn.limits.map { "\($0.measure.rawValue)=\($0.limit)" })",
      "decisions": SHA256.digest(decisions.lines.joined(separator: "\n").utf8),
    ]
    let file = plan.configuration.file
    parts["configuration"] =
      FileManager.default.fileExists(atPath: file)
      ? try Self.digest(file) : SHA256.digest(Configuration.standardText.utf8)
    for (name, location) in plan.tables { parts["table:\(name)"] = try Self.digest(tableAt: location) }
    for model in plan.models { parts["model:\(model.name)"] = try Self.digest(model.path) }
    for preset in try plan.presetFiles { parts["preset:\(preset)"] = try Self.digest(preset) }
    date = plan.date
    self.parts = parts
    let text = parts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)\n" }.joined()
    hash = SHA256.digest(text.utf8)
  }

  /// A file, or an SQLite file with what it has not yet taken in from its write-ahead log.
  private static func digest(tableAt location: String) throws -> String {
    switch try TableLocation(location) {
    case .file(let path): return try digest(path)
    case .standardInput:
      throw CommandError(
        .usage, "a night reads no standard input",
        hint: "a run that is to be repeated needs files: name one in the configuration")
    case .sqlite(let file, let source):
      let log = "\(file)-wal"
      let rest = FileManager.default.fileExists(atPath: log) ? try digest(log) : ""
      return SHA256.digest("\(try digest(file)) \(rest) \(source)".utf8)
    }
  }

  static func digest(_ path: String) throws -> String {
    var isFolder: ObjCBool = false
    guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw TableError.missingFile(path)
    }
    if isFolder.boolValue { throw TableError.isDirectory(path) }
    guard let file = FileHandle(forReadingAtPath: path) else {
      throw TableError.unreadable(file: path, reason: "it cannot be opened")
    }
    defer { try? file.close() }
    var hash = SHA256()
    do {
      while let bytes = try file.read(upToCount: 1 << 20), !bytes.isEmpty { hash.update(Array(bytes).span) }
    } catch {
      throw TableError.unreadable(file: path, reason: "reading failed")
    }
    return hash.digest()
  }
}

extension Decisions {
  /// Every decision in force, a line each, in a fixed order.
  fileprivate var lines: [String] {
    func lines<Value>(_ values: [String: Value]) -> [String] {
      values.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
    }
    return lines(overrides) + lines(designations) + lines(merges) + lines(projects)
  }
}
