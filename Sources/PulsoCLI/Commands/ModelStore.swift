import Calendar
import Foundation
import ModelFile
import Reporting
import Scoring
import Tables
import Training

/// Saving a training result with its card, under the clock or SOURCE_DATE_EPOCH.
struct ModelStore {
  let folder: String

  /// What becomes of a new version besides being saved. The first version of a name is always the champion.
  enum Promotion {
    case no, ifNothingObjects, always
  }

  struct Saved {
    let reference: ModelReference
    let isChampion: Bool
    /// A promotion was asked for and refused.
    let isRefused: Bool
    /// Why there is no comparison, where one was to be.
    let notCompared: String?

    var note: String {
      if isChampion { return "\(reference.path) (champion)" }
      return "\(reference.path) (not the champion: "
        + (isRefused
          ? "--force promotes it all the same)"
          : "`pulso models promote \(reference.name)/\(reference.version)`)")
    }
  }

  /// Compares the result with the champion and notes it in the report, saves the version, and promotes it.
  func save(
    _ result: inout Trainer.Result, of table: Table, _ options: TrainingOptions,
    promotion: Promotion = .no
  ) throws -> Saved {
    let registry = Registry(folder: folder)
    let champion = try registry.currentChampion(of: options.name)
    var notCompared: String?
    if let champion {
      do {
        result.report.comparison = try comparison(of: result, with: champion, table, options)
      } catch {
        notCompared =
          "not compared with the champion \(champion.version): "
          + ((error as? any Complaining)?.complaint.message ?? "\(error)")
      }
    }
    let card = ModelCard(result.model, result.report).markdown
    let reference = try registry.save(
      result.model, card: card,
      extras: [
        TrainingReport.fileName: try result.report.encoded(), Baseline.fileName: result.baseline.encoded(),
      ], at: Self.now)
    result.report.version = reference.version
    result.report.path = reference.path

    let objects = notCompared != nil || !(result.report.comparison?.objections.isEmpty ?? true)
    let promotes =
      champion == nil || promotion == .always || (promotion == .ifNothingObjects && !objects)
    if promotes { try registry.setChampion(reference) }
    return Saved(
      reference: reference, isChampion: promotes || champion == reference,
      isRefused: promotion == .ifNothingObjects && !promotes, notCompared: notCompared)
  }

  /// The report that lies beside a version's model.
  static func report(of reference: ModelReference) -> TrainingReport? {
    FileManager.default.contents(atPath: "\(reference.folder)/\(TrainingReport.fileName)")
      .flatMap(TrainingReport.init(decoding:))
  }

  private func comparison(
    of result: Trainer.Result, with champion: ModelReference, _ table: Table, _ options: TrainingOptions
  ) throws -> ChampionComparison {
    try ChampionComparison(
      champion: Scorer(readingFrom: champion.path), version: champion.version,
      learnedUntil: Self.report(of: champion)?.learnedUntil.flatMap(CalendarDate.init(iso8601:)),
      result: result, table: table, options: options)
  }

  private static var now: Int64 {
    if let text = ProcessInfo.processInfo.environment["SOURCE_DATE_EPOCH"], let seconds = Int64(text) {
      return seconds
    }
    return Int64(Date().timeIntervalSince1970)
  }
}
