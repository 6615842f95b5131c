import ArgumentParser
import Foundation
import Metrics
import ModelFile
import SQLTables
import Scoring
import Segmentation
import Tables
import Training

struct AuditCommand: ParsableCommand {
  enum Direction: String, ExpressibleByArgument, CaseIterable {
    case better, worse
  }

  enum Finding: String, ExpressibleByArgument, CaseIterable {
    case verdict
  }

  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Hold an existing health score, from any tool, against what happened.",
    discussion: """
      Churn by colour, both kinds of error, how well the score ranks, its best cut, and a verdict in one \
      sentence. Colours come from --band, from --green-from with --red-below, or from a score that is a colour \
      itself. --fail-on verdict gives exit status 1 where the score does not work or is the wrong way round.
      """)

  @Argument(help: "The table: a CSV path, - or sqlite:FILE?table=T.")
  var file: String

  @Option(help: ArgumentHelp("The score: numbers, or colours.", valueName: "column"))
  var score: String

  @Option(help: ArgumentHelp("What happened.", valueName: "column"))
  var outcome: String

  @Option(help: ArgumentHelp("The outcome's value that means leaving.", valueName: "value"))
  var positive: String?

  @Option(help: ArgumentHelp("The colour of each account.", valueName: "column"))
  var band: String?

  @Option(help: ArgumentHelp("Green from this score on.", valueName: "score"))
  var greenFrom: Double?

  @Option(help: ArgumentHelp("Red below this score.", valueName: "score"))
  var redBelow: Double?

  @Option(help: "Whether a higher score is better or worse.")
  var higherIs = Direction.better

  @Option(help: ArgumentHelp("Columns that the score is made of.", valueName: "columns"))
  var inputs: String?

  @Option(
    help: ArgumentHelp(
      "A model to compare with on the same rows: a path, NAME or NAME/VERSION.", valueName: "model"))
  var model: String?

  @Option(help: ArgumentHelp("Folder of the models.", valueName: "folder"))
  var models = "models"

  @Option(help: ArgumentHelp("Cost of contacting an account, for the best cut.", valueName: "amount"))
  var contactCost: Double?

  @Option(help: ArgumentHelp("Value kept when a contact succeeds.", valueName: "amount"))
  var valueSaved: Double?

  @Option(help: ArgumentHelp("How often a contact succeeds.", valueName: "share"))
  var successRate = 1.0

  @Option(help: "What gives exit status 1: verdict.")
  var failOn: Finding?

  @Option(help: "Language: en or es; the default follows LANG.")
  var lang: Language?

  @Flag(help: "Print the audit in JSON.")
  var json = false

  func validate() throws {
    guard (greenFrom == nil) == (redBelow == nil) else {
      throw ValidationError("--green-from and --red-below belong together")
    }
    if let greenFrom, let redBelow {
      let isOrdered = higherIs == .better ? redBelow <= greenFrom : greenFrom <= redBelow
      guard isOrdered else {
        throw ValidationError("red and green overlap; look at --green-from, --red-below and --higher-is")
      }
    }
    guard band == nil || greenFrom == nil else {
      throw ValidationError("colours come either from --band or from --green-from and --red-below")
    }
    guard (contactCost == nil) == (valueSaved == nil) else {
      throw ValidationError("--contact-cost and --value-saved belong together")
    }
  }

  func run() throws {
    let table = try TableSource.read(file).table
    let input = try AuditInput(table, columns, modelRisk: modelRisk(table))
    let economics = try contactCost.map {
      try ContactEconomics(contactCost: $0, valueSaved: valueSaved ?? 0, successRate: successRate)
    }
    let audit = try HealthScoreAudit(input, economics: economics)
    let text =
      json ? audit.json() : audit.screen(score: score, isSpanish: language == .es)
    try AtomicFile.write(text, to: .standardOutput)
    if failOn == .verdict, audit.verdict.isFinding { throw ExitCode(ExitStatus.finding.rawValue) }
  }

  private var columns: AuditInput.Columns {
    var columns = AuditInput.Columns(score: score, outcome: outcome)
    columns.positive = positive
    columns.band = band
    columns.greenFrom = greenFrom
    columns.redBelow = redBelow
    columns.higherIsBetter = higherIs == .better
    columns.inputs = (inputs ?? "").split(separator: ",").map(String.init)
    return columns
  }

  private func modelRisk(_ table: Table) throws -> [Double]? {
    guard let model else { return nil }
    let scorer = try Scorer(
      readingFrom: ModelSelection.path(model, in: Registry(folder: models)))
    return try scorer.score(table).linearPredictors
  }

  private var language: Language {
    lang ?? Language(locale: ProcessInfo.processInfo.environment["LANG"])
  }
}
