import Foundation
import ModelFile
import Reporting
import Training

/// Saving a training result with its card, under the clock or SOURCE_DATE_EPOCH.
struct ModelStore {
  let folder: String

  struct Saved {
    let reference: ModelReference
    let note: String
  }

  /// Saves the version, notes it in the report, and makes the first version of a name the champion.
  func save(_ result: inout Trainer.Result) throws -> Saved {
    let registry = Registry(folder: folder)
    let card = ModelCard(result.model, result.report).markdown
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    // Timings differ from run to run; the kept report is the same for the same training.
    var kept = result.report
    kept.seconds = .init()
    let reference = try registry.save(
      result.model, card: card, extras: ["report.json": Array(try encoder.encode(kept))], at: Self.now)
    result.report.version = reference.version
    result.report.path = reference.path
    let isFirst = try registry.currentChampion(of: reference.name) == nil
    if isFirst { try registry.setChampion(reference) }
    let standing =
      isFirst ? "champion" : "not the champion: `pulso models promote \(reference.name) \(reference.version)`"
    return Saved(reference: reference, note: "\(reference.path) (\(standing))")
  }

  private static var now: Int64 {
    if let text = ProcessInfo.processInfo.environment["SOURCE_DATE_EPOCH"], let seconds = Int64(text) {
      return seconds
    }
    return Int64(Date().timeIntervalSince1970)
  }
}
