import ArgumentParser
import Configuration
import Features
import Foundation
import ModelFile
import SQLTables
import Scoring
import Tables

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Why one account has its score: the sum of named parts, and what would take it out of the red.",
    discussion: """
      Each part is log-odds relative to the mean account of training; the parts add up to the account's \
      log-odds. With --before, what changed since an earlier table, split exactly into data, model and the \
      bands' thresholds. With --actionable (or `actionable` in the configuration), the smallest change over \
      those columns, to values that other accounts of the table have, after which the account is no longer red.
      """)

  @Argument(help: "The account's id.")
  var account: String
  @Argument(help: "The table that the account is in: a CSV file, - or sqlite:FILE?table=T.")
  var table: String
  @Option(help: "A model.json, a version's folder, NAME or NAME/VERSION.")
  var model: [String] = []
  @Option(help: ArgumentHelp("The folder of models.", valueName: "dir"))
  var models = "models"
  @Option(help: "The id column; default the one of the model's training table.")
  var id: String?
  @Option(help: ArgumentHelp("The same account in an earlier table.", valueName: "table"))
  var before: String?
  @Option(help: "The model of that time, where it is another; NAME/VERSION or a path, one for each model.")
  var beforeModel: [String] = []
  @Option(help: "Columns that somebody can act on, separated by commas.")
  var actionable: String?
  @Option(help: ArgumentHelp("The configuration; default pulso.yaml, where there is one.", valueName: "file"))
  var config: String?
  @Flag(help: "One JSON object on standard output.")
  var json = false

  func validate() throws {
    guard beforeModel.isEmpty || before != nil else { throw ValidationError("--before-model needs --before") }
  }

  func run() throws {
    let scorers = try ModelSelection(named: model, folder: models).scorers()
    let sheet = try ScoreSheet(scorers, id: id)
    guard let id = sheet.id else {
      throw CommandError(.usage, "no model names an id column", hint: "name it with --id COLUMN")
    }
    var options = ReadOptions(kinds: sheet.kinds)
    // An earlier model may read columns that today's doesn't.
    if before == nil { options.wanted = Set(sheet.kinds.keys) }
    let book = try TableSource.read(table, options: options).table
    let row = try Self.row(of: account, in: book, id: id, table: table)
    let earlier = try earlier(scorers, id: id)
    let actionable = try actionableColumns
    let explanations = try scorers.map { scorer in
      var explanation = try AccountExplanation(scorer, book: book, row: row, actionable: actionable)
      if let earlier {
        let old = earlier.scorers[scorer.model.name] ?? scorer
        explanation.change = try ScoreChange(
          from: (old, old.row(earlier.row, of: earlier.book)), current: old.row(row, of: book),
          to: (scorer, scorer.row(row, of: book)))
      }
      return explanation
    }
    print(json ? AccountExplanation.json(explanations, account: account) : text(explanations))
  }

  /// The earlier table, the account's row in it, and the earlier models by name.
  private func earlier(
    _ scorers: [Scorer], id: String
  ) throws -> (book: Table, row: Int, scorers: [String: Scorer])? {
    guard let before else { return nil }
    let registry = Registry(folder: models)
    var old: [String: Scorer] = [:]
    for argument in beforeModel {
      let scorer = try Scorer(readingFrom: try ModelSelection.path(argument, in: registry))
      old[scorer.model.name] = scorer
    }
    let kinds = try ScoreSheet(scorers.map { old[$0.model.name] ?? $0 }, id: id).kinds
    let book = try TableSource.read(before, options: ReadOptions(kinds: kinds, wanted: Set(kinds.keys))).table
    return (book, try Self.row(of: account, in: book, id: id, table: before), old)
  }

  private var actionableColumns: [String] {
    get throws {
      if let actionable { return actionable.split(separator: ",").map { $0.drop { $0 == " " }.description } }
      guard config != nil || FileManager.default.fileExists(atPath: "pulso.yaml") else { return [] }
      return try Configuration.load(config).actionable
    }
  }

  private func text(_ explanations: [AccountExplanation]) -> String {
    explanations.map { "\(account)  \($0.text)" }.joined(separator: "\n\n")
  }

  private static func row(of account: String, in book: Table, id: String, table: String) throws -> Int {
    guard case .text(let ids) = try book.column(id).values,
      let row = ids.codes.indices.first(where: { ids[$0] == account })
    else {
      throw CommandError(
        .badData, at: SourcePlace(file: table, column: id), "there is no account \(account)",
        hint: "ids are compared letter by letter")
    }
    let again = ids.codes.count { $0 == ids.codes[row] } - 1
    if again > 0 {
      StandardError.note(
        "note: \(account) stands in \(again == 1 ? "another row" : "\(again) more rows") of \(table); the first of them is explained"
      )
    }
    return row
  }
}
