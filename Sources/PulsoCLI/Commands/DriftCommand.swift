import ArgumentParser
import Features
import Foundation
import ModelFile
import SQLTables
import Scoring
import Segmentation
import Tables
import Training

struct DriftCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "drift",
    abstract: "Tell how a table differs from what a model was trained on.",
    discussion: """
      For each input and for the score: the population stability index (beside what sampling alone explains), \
      the effect size (Cohen's d, Cramér's V), missing values and levels never seen. Where outcomes are known, \
      how good the probabilities were. Compared with the baseline.json beside the model, or with a table. \
      Exit status 1 where --fail-on finds something.
      """)

  @Argument(help: "A model.json, the folder of a version, NAME or NAME/VERSION.")
  var model: String

  @Argument(help: "The later table: a CSV path, - or sqlite:FILE?table=T.")
  var table: String

  @Option(
    help: ArgumentHelp(
      "What happened; without it the model's target, if the table has it.", valueName: "column"))
  var outcome: String?

  @Option(help: ArgumentHelp("Compare with this table instead of baseline.json.", valueName: "table"))
  var baseline: String?

  @Option(
    help: ArgumentHelp(
      "Limits such as psi=0.2,effect=0.5,missing=0.1,unseen=0,ece=0.05.", valueName: "limits"))
  var failOn: String?

  @Option(help: ArgumentHelp("Folder of the models.", valueName: "folder"))
  var models = "models"

  @Option(help: "Language: en or es; the default follows LANG.")
  var lang: Language?

  @Flag(help: "Print the report in JSON.")
  var json = false

  func validate() throws {
    _ = try limits()
  }

  func run() throws {
    let path = try ModelSelection.path(model, in: Registry(folder: models))
    let scorer = try Scorer(readingFrom: path)
    let then =
      if let baseline {
        try Baseline(scorer, TableSource.read(baseline, options: ReadOptions(inputsOf: scorer)).table)
      } else {
        try Baseline(besideModelAt: path)
      }
    let now = try TableSource.read(table, options: ReadOptions(inputsOf: scorer)).table
    let report = try DriftReport(then, scorer, now, outcomes: outcomes(scorer, now))
    let limits = try limits()
    if limits.limits.contains(where: { $0.measure == .ece }), report.quality == nil {
      throw CommandError(
        .badData, at: SourcePlace(file: table), "ece can't be held against its limit: no outcome is known",
        hint: "leave ece out of --fail-on until outcomes are known, or name their column with --outcome")
    }
    let findings = report.findings(limits)
    let text =
      json
      ? report.json(findings)
      : report.screen(findings, isSpanish: language == .es)
    try AtomicFile.write(text, to: .standardOutput)
    if !findings.isEmpty { throw ExitCode(ExitStatus.finding.rawValue) }
  }

  private func outcomes(_ scorer: Scorer, _ table: Table) throws -> [Double]? {
    let name = outcome ?? scorer.model.target
    guard outcome != nil || table[name] != nil else { return nil }
    let column = try table.column(name)
    // In a window whose outcomes are all still open there is nothing to read.
    guard (0..<column.count).contains(where: { !column.values.isMissing($0) }) else { return nil }
    return try OutcomeColumn.values(column, positive: scorer.model.positive)
  }

  private func limits() throws -> DriftLimits { try DriftLimits(argument: failOn ?? "") }

  private var language: Language {
    lang ?? Language(locale: ProcessInfo.processInfo.environment["LANG"])
  }
}

extension ReadOptions {
  /// Columns are read as what they were in training, not as what they look like now.
  init(inputsOf scorer: Scorer) {
    self.init()
    for input in scorer.inputs {
      kinds[input.name] =
        switch input.kind {
        case .numeric: .numeric
        case .categorical: .text
        case .boolean: .boolean
        }
    }
  }
}
