import ArgumentParser
import Features
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
      log-odds. With --actionable, the smallest change over those columns, to values that other accounts of \
      the table have, after which the account is no longer red.
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
  @Option(help: "Columns that somebody can act on, separated by commas.")
  var actionable: String?
  @Flag(help: "One JSON object on standard output.")
  var json = false

  func run() throws {
    let scorers = try ModelSelection(named: model, folder: models).scorers()
    let sheet = try ScoreSheet(scorers, id: id)
    guard let id = sheet.id else {
      throw CommandError(.usage, "no model names an id column", hint: "name it with --id COLUMN")
    }
    let options = ReadOptions(kinds: sheet.kinds, wanted: Set(sheet.kinds.keys))
    let book = try TableSource.read(table, options: options).table
    let row = try Self.row(of: account, in: book, id: id, table: table)
    let explanations = try scorers.map {
      try AccountExplanation($0, book: book, row: row, actionable: actionableColumns)
    }
    print(json ? AccountExplanation.json(explanations, account: account) : text(explanations))
  }

  private var actionableColumns: [String] {
    actionable?.split(separator: ",").map { $0.drop { $0 == " " }.description } ?? []
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
    return row
  }
}
