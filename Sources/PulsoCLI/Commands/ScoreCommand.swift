import ArgumentParser
import Scoring
import SQLTables
import Tables

struct ScoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score",
    abstract: "Give every account of a table its risk of leaving, its potential to grow, and the reasons.",
    discussion: """
      Without --model the champion of every model under models/ is used. Rows come out in the order they \
      came in: the id, then for risk churn_risk, health (0–100; 50 is the usual odds of leaving, 25 three \
      times those) and band; for expansion expansion_potential and expansion_band, and where the outcome \
      had three bands expansion_potential is that of high, beside expansion_p_medium and expansion_p_low; \
      for another model NAME_probability. A level that training never saw counts as a rare one, or as none.
      """)

  @Argument(help: "The accounts: a CSV file, - or sqlite:FILE?table=T.")
  var table: String

  @Option(help: "A model.json, a version's folder, NAME or NAME/VERSION; may be given several times.")
  var model: [String] = []

  @Option(help: ArgumentHelp("The folder of models.", valueName: "dir"))
  var models = "models"

  @Option(help: "The scores: a CSV path, sqlite:FILE?table=T, or - for standard output.")
  var out: String

  @Flag(help: "Add the 95 % bounds of each probability, from the covariance of the estimates.")
  var intervals = false

  @Option(help: "How many reasons a model, such as seats:+0.42 (part of the log-odds, the largest first).")
  var reasons = 0

  @Option(help: "The id column; default the one of the model's training table.")
  var id: String?

  @Option(help: "How numbers are written: point (1234.56) or comma (1.234,56).")
  var numbers: NumberLocale = .point

  @OptionGroup var badRows: BadRowArguments

  @Option(help: "Threads; the bytes don't depend on it.")
  var threads = Processors.count

  @Flag(help: "No progress and no notes.")
  var quiet = false

  func validate() throws {
    guard (0...100).contains(reasons) else { throw ValidationError("--reasons must be 0 to 100") }
    try InputArguments.check(threads: threads)
  }

  func run() throws {
    try OutputPaths.check([("--out", out), ("--rejects", badRows.rejects)], against: [table])
    let scorers = try ModelSelection(named: model, folder: models).scorers()
    let sheet = try ScoreSheet(scorers, id: id, intervals: intervals, reasons: reasons)
    var result = ScoreFile(
      sheet: sheet, table: table, locale: numbers, onBadRow: badRows.policy, threads: threads, isQuiet: quiet)
    try result.write(to: out)
    try badRows.write(result.rejects)
    if !quiet { StandardError.write(result.note(out: out, badRows)) }
  }
}
