import Foundation
import Metrics
import ModelFile

/// Why a `baseline.json` cannot be used.
public enum BaselineError: Error, Sendable, Equatable {
  case notFound(path: String)
  case unreadable(path: String, reason: String)
  case notABaseline(path: String)
  case unknownFormatVersion(path: String, version: Int)
  /// The content doesn't have the SHA-256 that the file states.
  case damaged(path: String)
}

extension Baseline {
  static let format = "pulso.baseline"
  static let formatVersion = 1

  /// The bytes of `baseline.json`: the same baseline always gives the same bytes. `sha256` is that of the
  /// file with its own 64 digits taken out.
  public func encoded() -> [UInt8] {
    let text = document(sha256: "")
    return Array(document(sha256: SHA256.digest(text.utf8)).utf8)
  }

  /// Reads and verifies; `path` is only for the error.
  public init(decoding bytes: [UInt8], path: String) throws(BaselineError) {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    guard let document = try? decoder.decode(Document.self, from: Data(bytes)),
      document.format == Self.format
    else { throw .notABaseline(path: path) }
    guard document.formatVersion == Self.formatVersion else {
      throw .unknownFormatVersion(path: path, version: document.formatVersion)
    }
    guard let score = document.score.input, document.inputs.allSatisfy({ $0.input != nil }) else {
      throw .notABaseline(path: path)
    }
    self.init(rows: document.rows, inputs: document.inputs.compactMap(\.input), score: score)
    // One spelling only: what doesn't come out byte for byte was edited, cut or flipped.
    guard encoded() == bytes else { throw .damaged(path: path) }
  }

  /// Reads `baseline.json` beside a model; `modelPath` is the version's folder or a file in it.
  public init(besideModelAt modelPath: String) throws(BaselineError) {
    var folder = URL(filePath: modelPath)
    if !folder.hasDirectoryPath, folder.lastPathComponent.hasSuffix(".json") {
      folder.deleteLastPathComponent()
    }
    let file = folder.appending(path: Self.fileName)
    guard FileManager.default.fileExists(atPath: file.path) else { throw .notFound(path: file.path) }
    let bytes: [UInt8]
    do {
      bytes = Array(try Data(contentsOf: file))
    } catch {
      throw .unreadable(path: file.path, reason: error.localizedDescription)
    }
    try self.init(decoding: bytes, path: file.path)
  }

  private func document(sha256: String) -> String {
    var json = JSONText()
    json.object { json in
      json.string("format", Self.format)
      json.integer("format_version", Self.formatVersion)
      json.string("sha256", sha256)
      json.integer("rows", rows)
      json.object("score", inline: true) { Self.write(score, &$0) }
      json.array("inputs") { json in
        for input in inputs { json.object(inline: true) { Self.write(input, &$0) } }
      }
    }
    return json.text + "\n"
  }

  private static func write(_ input: Input, _ json: inout JSONText) {
    json.string("name", input.name)
    json.integer("missing", input.missing)
    switch input.distribution {
    case .numbers(let edges, let counts, let moments):
      json.numbers("edges", edges)
      json.numbers("counts", counts.map(Double.init))
      // Sums of numbers near 1e308 overflow, and JSON has no infinity.
      let largest = Double.greatestFiniteMagnitude
      json.number("mean", max(-largest, min(largest, moments.mean)))
      json.number("variance", min(largest, moments.variance))
    case .levels(let levels):
      json.strings("levels", levels.map(\.level))
      json.numbers("counts", levels.map { Double($0.count) })
    }
  }
}

/// Format version 1 as it lies in the file.
private struct Document: Decodable {
  let format: String
  let formatVersion: Int
  let sha256: String
  let rows: Int
  let score: Entry
  let inputs: [Entry]

  struct Entry: Decodable {
    let name: String
    let missing: Int
    let counts: [Int]
    let edges: [Double]?
    let mean: Double?
    let variance: Double?
    let levels: [String]?

    /// Nil where the parts don't fit together.
    var input: Baseline.Input? {
      guard missing >= 0, counts.allSatisfy({ (0...(1 << 40)).contains($0) }) else { return nil }
      if let levels {
        guard levels.count == counts.count else { return nil }
        return Baseline.Input(
          name: name, missing: missing,
          distribution: .levels(
            zip(levels, counts).map { Distribution.LevelCount(level: $0, count: $1) }))
      }
      guard let edges, let mean, let variance, counts.count == edges.count + 1,
        zip(edges, edges.dropFirst()).allSatisfy({ $0 < $1 })
      else { return nil }
      return Baseline.Input(
        name: name, missing: missing,
        distribution: .numbers(
          edges: edges, counts: counts,
          moments: Moments(count: counts.reduce(0, +), mean: mean, variance: variance)))
    }
  }
}
