import Foundation

/// A run of the `pulso` that was built beside these tests, in a folder of its own.
struct PulsoRun {
  let status: Int32
  let output: String
  let errors: String

  static let packageFolder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// `data` of `../shared` or of PULSO_SHARED; tests that read it are skipped, loudly, where it is absent.
  static let sharedData: URL? = {
    let named = ProcessInfo.processInfo.environment["PULSO_SHARED"].map { URL(filePath: $0) }
    let shared = named ?? packageFolder.deletingLastPathComponent().appending(path: "shared")
    let folder = shared.appending(path: "data")
    guard FileManager.default.fileExists(atPath: folder.appending(path: "telco/telco.csv").path) else {
      print("SKIPPED: real tables not found at \(folder.path); set PULSO_SHARED")
      return nil
    }
    return folder
  }()

  static let binary: URL = {
    let beside = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "pulso")
    if FileManager.default.isExecutableFile(atPath: beside.path) { return beside }
    return packageFolder.appending(path: ".build/release/pulso")
  }()

  /// `streamsIn` is where output and errors are kept meanwhile, where `folder` cannot take them.
  init(
    _ arguments: [String], in folder: URL, environment: [String: String] = [:], executable: URL? = nil,
    streamsIn streams: URL? = nil
  ) throws {
    let process = Process()
    process.executableURL = executable ?? Self.binary
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let files = ["out", "err"].map { (streams ?? folder).appending(path: ".\(UUID().uuidString).\($0)") }
    for file in files { try Data().write(to: file) }
    let handles = try files.map { try FileHandle(forWritingTo: $0) }
    process.standardOutput = handles[0]
    process.standardError = handles[1]
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    status = process.terminationStatus
    output = String(decoding: try Data(contentsOf: files[0]), as: UTF8.self)
    errors = String(decoding: try Data(contentsOf: files[1]), as: UTF8.self)
    for file in files { try FileManager.default.removeItem(at: file) }
  }

  /// Runs `body` in a new folder and removes it.
  static func inFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "pulso-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }
}
