import Accounts
import Calendar
import Configuration
import Foundation
import History
import SQLTables
import Segmentation
import Tables

/// The accounts, their scores and the settings of a segmentation, read and ready.
struct SegmentInput {
  let settings: SegmentConfiguration
  let accounts: AccountTable
  let scores: ScoreTable?
  /// With `unit: company` the accounts joined by parent, with decisions as these leave them; else nil, and
  /// rows are read on demand.
  let grouped: [Account]?
  let rejects: [RejectedRow]

  init(
    table: String, scores: String?, settings: SegmentConfiguration, id: String?, options: ReadOptions,
    decisions: Decisions? = nil
  ) throws {
    self.settings = settings
    let reading = try TableSource.read(table, options: options)
    let accounts = try AccountTable(
      reading.table, mapping: settings.columns, id: id, onBadRow: options.onBadRow)
    self.accounts = accounts
    self.scores = try scores.map {
      try ScoreTable(TableSource.read($0, options: options).table, id: accounts.idColumn)
    }
    grouped = Self.group(accounts, settings, decisions)
    rejects = reading.rejects
  }

  private static func group(
    _ accounts: AccountTable, _ settings: SegmentConfiguration, _ decisions: Decisions?
  ) -> [Account]? {
    let isDecided = decisions?.touchAccounts ?? false
    guard settings.unit == .company || isDecided else { return nil }
    let grouped = settings.unit.group((0..<accounts.count).map(accounts.account))
    return decisions?.apply(to: grouped) ?? grouped
  }

  var count: Int { grouped?.count ?? accounts.count }

  var hasPredictions: Bool { scores != nil || accounts.hasScores }

  func subject(_ index: Int) -> (Account, Scores?) {
    if let grouped { return (grouped[index], scores?[grouped[index].id]) }
    let account = accounts.account(index)
    return (account, scores?[account.id] ?? accounts.scores(index))
  }

  func segment(
    _ preset: Preset, asOf: CalendarDate, openProjects: [String: Project] = [:], threads: Int
  ) throws -> (Segmenter, Segmentation) {
    let segmenter = try Segmenter(
      preset: preset, asOf: asOf, rates: settings.rates, openProjects: openProjects, threads: threads)
    return (segmenter, try segmenter.segment(count: count, account: subject))
  }

  /// Accounts that the scores don't name.
  func unscored() -> Int {
    guard let scores else { return 0 }
    return (0..<accounts.count).count { scores[accounts.id($0)] == nil }
  }
}

extension SegmentInput {
  /// What the user should know of the input, a line each; empty when there is nothing.
  var warnings: String {
    var lines: [String] = []
    if let column = accounts.ownRevenue {
      lines.append("\(column) is what customers earn themselves, not what they pay; it was not read as ARR")
    }
    let skipped = rejects.count + accounts.rejects.count
    if skipped > 0 { lines.append("\(skipped) rows left out because they can't be read") }
    let unscored = unscored()
    if unscored > 0 { lines.append("\(unscored) of \(accounts.count) accounts have no scores") }
    return lines.map { "pulso: note: \($0)\n" }.joined()
  }
}

extension SegmentConfiguration {
  /// The section `segment` of the configuration at `path`, or of pulso.yaml where there is one.
  static func section(_ path: String?) throws -> StrictMapping? {
    let file = path ?? "pulso.yaml"
    guard path != nil || FileManager.default.fileExists(atPath: file) else { return nil }
    guard FileManager.default.fileExists(atPath: file) else {
      throw ConfigurationError.missingFile(path: file)
    }
    guard let data = FileManager.default.contents(atPath: file),
      let text = String(validating: data, as: UTF8.self)
    else { throw ConfigurationError.unreadable(path: file, reason: "not a readable UTF-8 text") }
    var root = try StrictMapping(yaml: text, file: file)
    return try root.mapping("segment")
  }
}
