import Foundation
import Testing

@Suite("Full disk, read-only folder, no file handles left: one clear line, old files intact")
struct ExhaustionTests {
  static let commands = [
    NightBook.train("churn", lambda: "0.2", panel: "../panel.csv"),
    ["score", "../today.csv", "--models", "../models", "--out", "scores.csv", "--reasons", "9"],
    [
      "segment", "../world/book.csv", "--as-of", NightBook.date, "--history", "history.sqlite", "--out",
      "segments.csv",
    ],
    ["features", "--config", "../pulso.yaml", "--as-of", NightBook.date, "--out", "features.csv"],
    [
      "nightly", "--config", "../pulso.yaml", "--as-of", NightBook.date, "--quiet", "--out", "nightly",
      "--history", "history.sqlite",
    ],
    ["simulate", "--out", "world", "--accounts", "200", "--months", "12"],
  ]

  /// Runs a shell script around `pulso "$@"`.
  private func shell(_ script: String, _ arguments: [String], in folder: URL) throws -> PulsoRun {
    try PulsoRun(
      ["-c", script, PulsoRun.binary.path] + arguments, in: folder, environment: NightBook.environment,
      executable: URL(filePath: "/bin/sh"))
  }

  private func check(_ run: PulsoRun, _ statuses: Set<Int32>, _ what: String) {
    #expect(statuses.contains(run.status), "\(what): status \(run.status): \(run.errors)")
    guard run.status != 0 else { return }
    let lines = run.errors.split(separator: "\n")
    let errors = lines.filter { $0.hasPrefix("pulso: error: ") }
    #expect(errors.count == 1, "\(what): \(run.errors)")
    #expect(lines.allSatisfy { $0.hasPrefix("pulso: ") || $0.hasPrefix("hint: ") }, "\(what): \(run.errors)")
  }

  /// The old files of a folder in which each command's result is there already.
  private func withOldFiles(_ folder: URL) throws -> [String: Data] {
    for name in ["scores.csv", "segments.csv", "features.csv"] {
      try Data("old \(name)\n".utf8).write(to: folder.appending(path: name))
    }
    return try NightBook.contents(folder)
  }

  private func checkOld(_ old: [String: Data], _ folder: URL, _ what: String) throws {
    let now = try NightBook.contents(folder)
    for (path, bytes) in old { #expect(now[path] == bytes, "\(what): \(path) changed") }
    #expect(NightBook.leftovers(folder).filter { $0.hasSuffix(".tmp") } == [], "\(what)")
  }

  @Test("a file beyond the limit of its size", arguments: commands)
  func fileSize(_ command: [String]) throws {
    try NightBook.inCopy { book in
      for blocks in [0, 1, 8] {
        let folder = book.appending(path: "limit\(blocks)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let old = try withOldFiles(folder)
        // Standard output and error go to a pipe here, which the limit does not touch.
        let run = try shell("( ulimit -f \(blocks); exec \"$0\" \"$@\" ) 2>&1 | cat >&2", command, in: folder)
        let text = run.errors
        #expect(text.contains("pulso: error: "), "\(command[0]) with \(blocks) blocks: \(text)")
        try checkOld(old, folder, "\(command[0]) with \(blocks) blocks")
      }
    }
  }

  @Test("a full disk", arguments: commands)
  func fullDisk(_ command: [String]) throws {
    try NightBook.inCopy { book in
      let folder = book.appending(path: "disk")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let mount = try tool("/bin/mount", ["-t", "tmpfs", "-o", "size=16k", "tmpfs", folder.path])
      guard mount == 0 else {
        print("SKIPPED: a full disk: this user cannot mount a small one")
        return
      }
      defer { _ = try? tool("/bin/umount", ["-l", folder.path]) }
      for name in ["scores.csv", "segments.csv", "features.csv"] {
        try Data("old\n".utf8).write(to: folder.appending(path: name))
      }
      let old = try NightBook.contents(folder)
      let run = try PulsoRun(
        command, in: folder, environment: NightBook.environment, streamsIn: book)
      check(run, [73, 74], command[0])
      #expect(run.errors.contains("space") || run.errors.contains("full"), "\(run.errors)")
      try checkOld(old, folder, command[0])
    }
  }

  @Test("a folder that cannot be written", arguments: commands)
  func readOnly(_ command: [String]) throws {
    try NightBook.inCopy { book in
      let folder = book.appending(path: "frozen")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let old = try withOldFiles(folder)
      guard try freeze(folder) else {
        print("SKIPPED: a read-only folder: this user can neither mount nor take away its own right")
        return
      }
      defer { thaw(folder) }
      let run = try PulsoRun(
        command, in: folder, environment: NightBook.environment, streamsIn: book)
      check(run, [73], command[0])
      try checkOld(old, folder, command[0])
    }
  }

  @Test("no file handles left", arguments: commands)
  func handles(_ command: [String]) throws {
    try NightBook.inCopy { book in
      let folder = book.appending(path: "few")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let old = try withOldFiles(folder)
      for count in [4, 5, 6, 8, 12, 18, 19, 20] {
        let run = try shell("ulimit -n \(count); exec \"$0\" \"$@\"", command, in: folder)
        if run.status == 0 { return }
        // Below what the loader itself needs, it is the loader that speaks.
        if run.status == 127 { continue }
        check(run, [66, 73, 74], "\(command[0]) with \(count) handles")
        try checkOld(old, folder, "\(command[0]) with \(count) handles")
      }
    }
  }

  // MARK: Folders that refuse

  private func tool(_ path: String, _ arguments: [String]) throws -> Int32 {
    guard FileManager.default.isExecutableFile(atPath: path) else { return -1 }
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }

  /// Takes away the right to write: by permissions, which bind all but root, else by a read-only mount, else
  /// by the attribute that binds root too.
  private func freeze(_ folder: URL) throws -> Bool {
    try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: folder.path)
    if isFrozen(folder) { return true }
    if try tool("/bin/mount", ["--bind", folder.path, folder.path]) == 0 {
      _ = try tool("/bin/mount", ["-o", "remount,ro,bind", folder.path])
      if isFrozen(folder) { return true }
    }
    _ = try tool("/usr/bin/chattr", ["+i", folder.path])
    return isFrozen(folder)
  }

  private func thaw(_ folder: URL) {
    _ = try? tool("/usr/bin/chattr", ["-i", folder.path])
    _ = try? tool("/bin/umount", ["-l", folder.path])
    try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path)
  }

  private func isFrozen(_ folder: URL) -> Bool {
    let probe = folder.appending(path: "probe").path
    guard FileManager.default.createFile(atPath: probe, contents: nil) else { return true }
    try? FileManager.default.removeItem(atPath: probe)
    return false
  }
}
