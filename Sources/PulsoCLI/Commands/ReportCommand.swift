import ArgumentParser
import Calendar
import Foundation
import Reporting
import Segmentation
import Tables

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "One self-contained HTML page: whom to call, what is at risk, and why to trust it.",
    discussion: """
      No network, no script: the page works from an attachment and prints. Every input is optional; what \
      isn't given is left out, and the page says what would fill it. The same inputs give the same bytes; \
      the date is that of --as-of, or of the history's last run.
      """)

  @Option(help: "Segments, as `pulso segment` writes them: the matrix, tiers, money.")
  var segments: String?
  @Option(help: "Scores, as `pulso score` writes them: risk, reasons, growth.")
  var scores: String?
  @Option(help: "The accounts: names, managers and renewals of those that are shown.")
  var accounts: String?
  @Option(help: ArgumentHelp("The folder of models; models where there is one.", valueName: "dir"))
  var models: String?
  @Option(
    help: ArgumentHelp("A later table of features, to see how it differs from training.", valueName: "table"))
  var drift: String?
  @Option(help: ArgumentHelp("The memory of `pulso segment`: who moved.", valueName: "file.sqlite"))
  var history: String?
  @Option(
    help: ArgumentHelp(
      "The preset of the segments: a name, a YAML file, or several joined by +.", valueName: "name"))
  var preset: String?
  @Option(help: "Configuration; the default is pulso.yaml, where there is one.")
  var config: String?
  @Option(help: ArgumentHelp("The accounts' id column, where its name doesn't say so.", valueName: "column"))
  var id: String?
  @Option(help: ArgumentHelp("The day that the page is of.", valueName: "date"))
  var asOf: Day?
  @Option(help: ArgumentHelp("The headline; without it the main finding.", valueName: "text"))
  var title: String?
  @Option(help: "Language: en or es; the default follows LANG.")
  var lang: Language?
  @Option(help: "Where the page goes: a file, or -.")
  var out: String

  func validate() throws {
    guard segments != nil || (scores == nil && accounts == nil) else {
      throw ValidationError("--scores and --accounts belong to --segments; `pulso segment` writes it")
    }
  }

  func run() throws {
    let sources = ReportSources(
      segments: segments, scores: scores, accounts: accounts, models: try modelFolder(), drift: drift,
      history: history, preset: preset, config: config, id: id)
    var inputs = try sources.read(
      language: lang ?? Language(locale: ProcessInfo.processInfo.environment["LANG"]), asOf: asOf?.date)
    inputs.title = title
    try AtomicFile.write(try Report(inputs).html(), to: OutputLocation(out))
  }

  /// The folder named, or `models` where it is there; a page of nothing is refused.
  private func modelFolder() throws -> String? {
    if let models { return models }
    if FileManager.default.fileExists(atPath: "models") { return "models" }
    guard segments != nil || history != nil else {
      throw CommandError(
        .usage, "there is nothing to report on",
        hint: "give --segments TABLE, --models DIR or --history FILE; `pulso report --help` names all parts")
    }
    return nil
  }
}
