import Calendar
import Foundation
import ModelFile
import Tables

/// Where the nights' results lie:
///
///     OUT/2026-01-31 → runs/2026-01-31-1f0c2a77     one night; the folder is named by what the night read
///     OUT/latest     → runs/2026-01-31-1f0c2a77     the last night
///     OUT/runs/.2026-01-31-1f0c2a77.partial         a night not yet done, which the next run goes on with
///     OUT/.lock                                     held while a run works here
///
/// Links are swapped by one rename, so that a reader sees the whole of one night. A night that was done again
/// on other input leaves its former folder until the next run, for readers who are still in it.
struct NightFolder {
  let out: String
  let date: CalendarDate
  /// The first digits of the hash of everything that the night reads.
  let key: String

  init(out: String, inputs: NightInputs) {
    self.out = out
    date = inputs.date
    key = String(inputs.hash.prefix(8))
  }

  var name: String { "\(date)-\(key)" }
  var published: String { "\(out)/runs/\(name)" }
  var partial: String { "\(out)/runs/.\(name).partial" }
  var link: String { "\(out)/\(date)" }

  /// One run at a time; the system lets go of the lock when its holder dies, however it dies.
  static func lock(_ out: String) throws -> FileLock {
    try OutputFolder.create("\(out)/runs")
    let since = Date.now.formatted(.iso8601)
    let me = "process \(ProcessInfo.processInfo.processIdentifier) since \(since)"
    do throws(FileLock.Failure) {
      return try FileLock("\(out)/.lock", patience: 0, holder: me)
    } catch {
      switch error {
      case .held(let holder):
        throw CommandError(
          .inputOutput, at: SourcePlace(file: out),
          "another nightly run works here: \(holder.isEmpty ? "it has just begun" : holder)",
          hint: "wait until it is done; if it hangs, end that process, and the lock is free at once")
      case .system(let reason):
        throw OutputError.cannotCreate(file: "\(out)/.lock", reason: reason)
      }
    }
  }

  /// Removes what runs that were killed left behind, and nights that were since done again. Only what bears
  /// our names is touched. Call while the lock is held.
  func clean() throws {
    for folder in [out, "\(out)/runs"] {
      for name in try Self.entries(folder) where TemporaryFiles.isAbandoned(name) {
        try? FileManager.default.removeItem(atPath: "\(folder)/\(name)")
      }
    }
    let names = try Self.entries(out)
    let linked = Set(names.compactMap { Self.target("\(out)/\($0)") })
    for run in try Self.entries("\(out)/runs") where run != name && run != ".\(name).partial" {
      let isPartial = run.hasPrefix(".") && run.hasSuffix(".partial")
      let own = isPartial ? String(run.dropFirst().dropLast(8)) : run
      guard Self.isRunName(own), isPartial || !linked.contains("runs/\(run)") else { continue }
      try? FileManager.default.removeItem(atPath: "\(out)/runs/\(run)")
    }
    guard FileManager.default.fileExists(atPath: partial) else { return }
    for name in try Self.entries(partial) where TemporaryFiles.isAbandoned(name) {
      try? FileManager.default.removeItem(atPath: "\(partial)/\(name)")
    }
  }

  /// Whether readers of this date are led to this very night.
  var isShown: Bool { Self.target(link) == "runs/\(name)" }

  /// Shows the finished night to the readers.
  func publish() throws {
    if FileManager.default.fileExists(atPath: partial) { try OutputFolder.publish(partial, as: published) }
    let target = "runs/\(name)"
    if Self.target(link) != target { try AtomicLink.point(link, to: target) }
    let latest = "\(out)/latest"
    // A night of an earlier day, done again, is not the latest.
    if let current = Self.target(latest), current > target,
      current.prefix(15) != target.prefix(15), FileManager.default.fileExists(atPath: latest)
    {
      return
    }
    if Self.target(latest) != target { try AtomicLink.point(latest, to: target) }
  }

  private static func target(_ link: String) -> String? {
    try? FileManager.default.destinationOfSymbolicLink(atPath: link)
  }

  private static func entries(_ folder: String) throws -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    } catch {
      throw OutputError.inputOutput(file: folder, reason: "the folder cannot be listed")
    }
  }

  /// `YYYY-MM-DD-` and eight hexadecimal digits.
  private static func isRunName(_ name: String) -> Bool {
    let parts = (name.prefix(10), name.dropFirst(10).prefix(1), name.dropFirst(11))
    return CalendarDate(iso8601: String(parts.0)) != nil && parts.1 == "-" && parts.2.utf8.count == 8
      && parts.2.allSatisfy(\.isHexDigit)
  }
}
