import ArgumentParser
import Tables

/// What to do with rows that cannot be used; the same for every command that reads a table.
struct BadRowArguments: ParsableArguments {
  @Option(help: "stop at the first bad row, or skip such rows and count them.")
  var onBadRow = "stop"

  @Option(help: ArgumentHelp("Where skipped rows go, with line and reason.", valueName: "file"))
  var rejects: String?

  var policy: BadRowPolicy { BadRowPolicy(rawValue: onBadRow) ?? .stop }

  func validate() throws {
    guard BadRowPolicy(rawValue: onBadRow) != nil else {
      throw ValidationError("--on-bad-row must be stop or skip, not '\(onBadRow)'")
    }
    guard rejects == nil || policy == .skip else {
      throw ValidationError("--rejects needs --on-bad-row skip")
    }
  }

  func write(_ file: RejectsFile) throws {
    if let rejects { try file.write(to: rejects) }
  }
}
