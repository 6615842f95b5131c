import Foundation
import ModelFile
import Scoring
import Testing

/// A package of its own that depends on nothing but the product PulsoScoring is built and run, and its
/// binary looked at. Needs neither network nor the system libraries of the other rooms.
@Suite struct ClientPackageTests {
  @Test("PulsoScoring embeds: a client scores, and links neither OpenBLAS nor SQLite nor a web library")
  func client() throws {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let root = tests.deletingLastPathComponent().deletingLastPathComponent()
    let package = root.appending(path: ".build/client")
    try copy(tests.appending(path: "Client"), to: package, root: root)
    let scratch = package.appending(path: ".build").path
    let built = try run([
      "swift", "build", "--package-path", package.path, "--scratch-path", scratch, "--skip-update", "-j", "2",
    ])
    try #require(built.status == 0, "\(built.output.suffix(2000))")

    let binary = scratch + "/debug/Client"
    let folder = FileManager.default.temporaryDirectory.path + "/pulso-client-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let model = folder + "/model.json"
    try Data(ScorerTests.model.encoded()).write(to: URL(fileURLWithPath: model))
    let scored = try run([binary, model])
    let score = try Scorer(ScorerTests.model).score(["seats": .number(5), "plan": .text("pro")])
    #expect(scored.output == "\(score.probability) \(score.reasons.first?.text ?? "")\n")

    let linked = try run(["ldd", binary]).output
    #expect(linked.contains("libswiftCore"))
    let symbols = try run(["nm", "--dynamic", "--undefined-only", binary]).output
    #expect(symbols.contains("malloc") || symbols.contains("swift_"))
    for name in ["openblas", "lapack", "sqlite", "libcurl", "FoundationNetworking"] {
      #expect(!linked.lowercased().contains(name.lowercased()), "the client links \(name)")
    }
    for name in ["sqlite3_", "dpotrf", "cblas_", "curl_"] {
      #expect(!symbols.contains(name), "the client calls \(name)")
    }
  }

  /// The client beside the build's products, with this package's pinned dependencies: the ones that the
  /// product does not need are resolved all the same, and are there already.
  private func copy(_ client: URL, to package: URL, root: URL) throws {
    let files = FileManager.default
    let sources = package.appending(path: "Sources/Client")
    try files.createDirectory(at: sources, withIntermediateDirectories: true)
    let manifest = try String(contentsOf: client.appending(path: "Package.swift"), encoding: .utf8)
    try manifest.replacing("../../..", with: root.path)
      .write(to: package.appending(path: "Package.swift"), atomically: true, encoding: .utf8)
    try Data(contentsOf: client.appending(path: "Sources/Client/main.swift"))
      .write(to: sources.appending(path: "main.swift"))
    if let pins = files.contents(atPath: root.appending(path: "Package.resolved").path) {
      try pins.write(to: package.appending(path: "Package.resolved"))
    }
  }

  private func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }
}
