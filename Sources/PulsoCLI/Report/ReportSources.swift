import Accounts
import Calendar
import Configuration
import Foundation
import History
import ModelFile
import Reporting
import SQLTables
import Scoring
import Segmentation
import Tables
import Training

/// The files that a report is made from, and how they become its values.
struct ReportSources {
  var segments: String?
  var scores: String?
  var accounts: String?
  var models: String?
  var drift: String?
  var history: String?
  var preset: String?
  var config: String?
  var id: String?

  func read(language: Language, asOf: CalendarDate?) throws -> ReportInputs {
    let moves = try history.map { try readMoves($0, on: asOf) }
    return ReportInputs(
      language: language, asOf: asOf ?? moves?.day, book: try segments.map(readBook),
      models: try models.map(readModels) ?? [], moves: moves, hasDriftTable: drift != nil)
  }

  // MARK: The book

  private func readBook(_ path: String) throws -> ReportBook {
    let settings = try SegmentConfiguration(SegmentConfiguration.section(config), preset: preset)
    let placed = try AssignmentTable(TableSource.read(path).table)
    let scoreTable = try scores.map { try TableSource.read($0).table }
    let scored = try scoreTable.map { try ScoreTable($0, id: placed.idColumn) }
    let reasons = scoreTable.map {
      ReasonTable($0, id: $0[placed.idColumn]?.name ?? $0.columnNames.first ?? "")
    }
    let known = try accounts.map {
      try AccountTable(TableSource.read($0).table, mapping: settings.columns, id: id, onBadRow: .skip)
    }
    var rowOf: [String: Int] = [:]
    for row in 0..<(known?.count ?? 0) { rowOf[known?.id(row) ?? ""] = row }
    let scoredRows = scored?.rows(of: placed.assignments.map(\.id))
    return ReportBook(
      preset: settings.preset,
      entries: placed.assignments.enumerated().map { index, assignment in
        .init(assignment: assignment, scores: scoredRows?[index].flatMap { scored?.scores($0) })
      }
    ) { [rowOf] id in
      var detail = ReportBook.Detail()
      if let account = rowOf[id].flatMap({ known?.account($0) }) {
        detail.name = account.name
        detail.csm = account.csm
        detail.renewal = account.renewalDate
      }
      detail.reasons = reasons?.reasons(of: id, .churn).compactMap(ReportReason.init) ?? []
      detail.expansionReasons = reasons?.reasons(of: id, .expansion).compactMap(ReportReason.init) ?? []
      return detail
    }
  }

  // MARK: Models

  /// The champion of every name under the folder.
  private func readModels(_ folder: String) throws -> [ReportModel] {
    let registry = Registry(folder: folder)
    let references = try registry.names().map { try registry.champion(of: $0) }
    let order: [Model.Role] = [.risk, .expansion, .other]
    let models = try references.map { reference in
      let scorer = try Scorer(readingFrom: reference.path)
      var model = ReportModel(
        model: scorer.model, version: reference.version,
        report: ModelStore.report(of: reference),
        baseline: try? Baseline(besideModelAt: reference.path))
      model.comparison = try comparison(reference, registry)
      if let drift, let baseline = model.baseline {
        model.drift = try DriftReport(
          baseline, scorer, TableSource.read(drift, options: ReadOptions(inputsOf: scorer)).table)
      }
      return model
    }
    return models.enumerated().sorted {
      let (a, b) = (
        order.firstIndex(of: $0.element.model.role) ?? 0, order.firstIndex(of: $1.element.model.role) ?? 0
      )
      return a != b ? a < b : $0.offset < $1.offset
    }.map(\.element)
  }

  /// Of a newer version that waits to be promoted, else the champion's with the one before it.
  private func comparison(_ champion: ModelReference, _ registry: Registry) throws -> ReportComparison? {
    if let newest = try registry.versions(of: champion.name).last, newest.version > champion.version,
      let found = ModelStore.report(of: newest)?.comparison, found.champion == champion.version
    {
      return ReportComparison(version: newest.version, isChampion: false, comparison: found)
    }
    return ModelStore.report(of: champion)?.comparison.map {
      ReportComparison(version: champion.version, isChampion: true, comparison: $0)
    }
  }

  // MARK: Moves

  private func readMoves(_ path: String, on day: CalendarDate?) throws -> ReportMoves {
    guard let moves = try ReportMoves(History(path: path, access: .read), on: day) else {
      throw CommandError(
        .noInput, "\(path) holds no run\(day.map { " up to \($0)" } ?? " yet")",
        hint: "`pulso segment --history` records one")
    }
    return moves
  }
}

extension ReportMoves {
  /// Of the last run up to `day`, or of all; nil where there is none.
  init?(_ history: History, on day: CalendarDate?) throws {
    let runs = try history.runs().map(\.date).sorted().filter { run in day.map { run <= $0 } ?? true }
    guard let last = runs.last else { return nil }
    self.init(
      since: runs.dropLast().last, day: last,
      events: try history.events(since: last).filter { $0.date == last })
  }
}
