import Foundation

#if canImport(Glibc)
  import Glibc
#endif

/// A `pulso` that runs on while the test goes on: to be stopped, killed and watched.
final class PulsoProcess {
  private let process = Process()
  private let folder: URL
  private let files: [URL]

  init(_ arguments: [String], in folder: URL, environment: [String: String] = [:]) throws {
    self.folder = folder
    files = ["out", "err"].map { folder.appending(path: ".\(UUID().uuidString).\($0)") }
    for file in files { try Data().write(to: file) }
    let handles = try files.map { try FileHandle(forWritingTo: $0) }
    process.executableURL = PulsoRun.binary
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardOutput = handles[0]
    process.standardError = handles[1]
    process.standardInput = FileHandle.nullDevice
    try process.run()
  }

  var id: Int32 { process.processIdentifier }
  var isRunning: Bool { process.isRunning }

  func send(_ signal: Int32) { kill(id, signal) }

  /// Waits until `condition` holds or the process ends; true where it held.
  func wait(until condition: () -> Bool) -> Bool {
    while process.isRunning {
      if condition() { return true }
      usleep(100)
    }
    return condition()
  }

  /// Waits for the end; nil where a signal ended it.
  func end() throws -> (status: Int32?, output: String, errors: String) {
    process.waitUntilExit()
    let texts = try files.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
    for file in files { try FileManager.default.removeItem(at: file) }
    return (process.terminationReason == .exit ? process.terminationStatus : nil, texts[0], texts[1])
  }
}
