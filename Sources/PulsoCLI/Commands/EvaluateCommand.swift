import ArgumentParser
import Metrics
import ModelFile
import Reporting
import Scoring
import Tables
import Training

struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "The quality report of any model on any table whose outcomes are known.")

  @Argument(help: "A model.json, a version's folder, NAME or NAME/VERSION.")
  var model: String
  @Argument(help: "A table with outcomes: a CSV file, - or sqlite:FILE?table=T.")
  var table: String
  @Option(help: ArgumentHelp("The folder of models.", valueName: "dir"))
  var models = "models"
  @Option(help: "The outcome column; default the model's.")
  var target: String?
  @Option(help: "The value that counts as the event; default the model's.")
  var positive: String?
  @Option(help: "The account's id; default the model's, where the table has it.")
  var id: String?
  @Option(help: "The date column: accounts are then ranked within a date.")
  var time: String?
  @Option(help: "A column of case weights.")
  var weights: String?
  @Option(help: ArgumentHelp("Also measure within each value of a column.", valueName: "column"))
  var by: String?
  @Option(help: "What contacting an account costs; with --value-saved, whom it pays to contact.")
  var contactCost: Double?
  @Option(help: "What an account is worth that would have left and stays; same currency.")
  var valueSaved: Double?
  @Option(help: "How often a contact changes the mind of an account that would have left.")
  var successRate = 0.3
  @Option(help: "What the offer costs when it is taken, for the expected maximum profit.")
  var offerCost = 0.0
  @OptionGroup var input: InputArguments
  @Flag(help: "Print the report as one JSON object.")
  var json = false

  func validate() throws {
    guard (contactCost == nil) == (valueSaved == nil) else {
      throw ValidationError("--contact-cost and --value-saved need each other")
    }
  }

  func run() throws {
    try OutputPaths.check([("--rejects", input.badRows.rejects)], against: [table])
    let path = try ModelSelection.path(model, in: Registry(folder: models))
    let scorer = try Scorer(readingFrom: path)
    let named = [id ?? scorer.model.id].compactMap { $0 }
    let rows = try input.read(table, idColumns: named)
    var options = TrainingOptions(target: target ?? scorer.model.target)
    options.positive = positive ?? scorer.model.positive
    options.id = id ?? named.first { rows[$0] != nil }
    options.time = time
    options.weights = weights
    options.threads = input.threadCount
    let contact = try contactCost.map {
      try ContactEconomics(contactCost: $0, valueSaved: valueSaved ?? 0, successRate: successRate)
    }
    let evaluation = try Evaluation(
      scorer, on: rows, options, by: by, contact: contact, offerCost: offerCost)
    if json { return try StandardOutput.write(json: evaluation) }
    try StandardOutput.write(text(evaluation))
  }

  private func text(_ evaluation: Evaluation) -> String {
    var parts = [TrainingSummary.quality(of: [evaluation.quality]).text]
    if let ordered = TrainingSummary.orderedQuality(of: [evaluation.quality]) { parts.append(ordered.text) }
    if evaluation.quality.noBetterThanChance { parts.append("no better than chance on this table") }
    let left = evaluation.rowsWithoutOutcome + evaluation.rowsWithoutScore
    if left > 0 {
      parts.append(
        "\(evaluation.rowsWithoutOutcome) rows without an outcome, \(evaluation.rowsWithoutScore) without a score"
      )
    }
    if let economics = evaluation.economics { parts.append(text(economics)) }
    if let by, !evaluation.groups.isEmpty {
      parts.append(
        TextTable(
          header: [by, "rows", "events", "AUC", "log loss", "mean risk", "event rate"],
          rows: evaluation.groups.map { group in
            let quality = group.quality
            return [
              group.value, Figures.count(Double(quality.rows)), Figures.count(quality.events),
              Figures.interval(quality.auc?.value, quality.auc?.low, quality.auc?.high),
              Figures.fixed(quality.logLoss, 4), Figures.percent(quality.meanProbability),
              Figures.percent(quality.eventRate),
            ]
          }
        ).text)
    }
    return parts.joined(separator: "\n\n") + "\n"
  }

  private func text(_ economics: Evaluation.Economics) -> String {
    func row(_ what: String, _ cut: Double?, _ share: Double, _ profit: Double) -> [String] {
      [what, cut.map { Figures.percent($0) } ?? "–", Figures.percent(share), Figures.fixed(profit, 2)]
    }
    return TextTable(
      header: ["contact", "from risk", "share of rows", "profit a row"],
      rows: [
        row("where it pays", economics.breakEvenProbability, economics.share, economics.profit),
        row("best cut on these rows", economics.bestCut, economics.bestShare, economics.bestProfit),
        row("expected maximum profit", nil, economics.expectedShare, economics.expectedMaximumProfit),
      ]
    ).text
  }
}
