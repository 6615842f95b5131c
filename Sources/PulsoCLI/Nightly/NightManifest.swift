import Foundation
import ModelFile
import Tables

/// `run.json`: what a night read, which stages are done, and the files that they wrote. It holds no time, so
/// that the same night has the same bytes; times are in the log.
struct NightManifest: Codable, Equatable {
  struct Stage: Codable, Equatable {
    let stage: NightStage
    let rows: Int
    /// SHA-256 by name.
    let files: [String: String]
  }

  var format = "pulso.run"
  var formatVersion = 1
  let date: String
  /// SHA-256 by name.
  let inputs: [String: String]
  /// The version by model.
  let models: [String: String]
  var stages: [Stage] = []
  /// How many events of each kind.
  var events: [String: Int] = [:]
  /// What drifted beyond its limit.
  var findings: [String] = []
  var done = false

  static let fileName = "run.json"

  init(_ inputs: NightInputs, _ plan: NightPlan) {
    date = "\(inputs.date)"
    self.inputs = inputs.parts
    models = Dictionary(plan.models.map { ($0.name, $0.version) }) { first, _ in first }
  }

  /// The manifest of a folder; nil where there is none, or none that can be read.
  init?(in folder: String) {
    guard let data = FileManager.default.contents(atPath: "\(folder)/\(Self.fileName)"),
      let manifest = try? JSONDecoder().decode(Self.self, from: data), manifest.formatVersion == 1
    else { return nil }
    self = manifest
  }

  func write(in folder: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try AtomicFile.write(
      Array(try encoder.encode(self)) + [UInt8(ascii: "\n")], to: "\(folder)/\(Self.fileName)")
  }

  /// Whether a stage is done and its files still are what it wrote.
  func holds(_ stage: NightStage, in folder: String) -> Bool {
    guard let record = stages.first(where: { $0.stage == stage }) else { return false }
    return record.files.allSatisfy { name, hash in
      FileManager.default.contents(atPath: "\(folder)/\(name)").map { SHA256.digest($0) } == hash
    }
  }

  /// Whether the whole night is done and every file is what it was.
  func isWhole(in folder: String) -> Bool {
    done && stages.allSatisfy { holds($0.stage, in: folder) }
  }

  func rows(of stage: NightStage) -> Int { stages.first { $0.stage == stage }?.rows ?? 0 }

  private enum CodingKeys: String, CodingKey {
    case format, date, inputs, models, stages, events, findings, done
    case formatVersion = "format_version"
  }
}

/// The stages of a night, in their order.
enum NightStage: String, Codable, CaseIterable {
  case features, score, drift, segment, exports, report
}
