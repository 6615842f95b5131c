import Accounts
import ArgumentParser
import Configuration
import Calendar
import Foundation
import History
import Segmentation
import Tables

struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write segments and scores as Salesforce, HubSpot or Gainsight load them, or for customers.",
    discussion: """
      Codes become the words of pick lists (Tier 1), probabilities percent; ids are kept as they are. A cell \
      that a spreadsheet would run as a formula gets a quote mark. `--for customer` holds what each plan \
      includes and nothing of how accounts are filed.
      """)

  @Argument(help: "Segments, as `pulso segment` writes them.")
  var segments: String

  @Option(name: .customLong("for"), help: "salesforce, hubspot, gainsight or customer.")
  var format: ExportFormat

  @Option(help: "Scores, as `pulso score` writes them; joined by id.")
  var scores: String?

  @Option(
    help: ArgumentHelp(
      "The history of the segments, for the day each tier was last reviewed.", valueName: "file.sqlite"))
  var history: String?

  @Option(help: ArgumentHelp("The header of the id column; default that of the tool.", valueName: "name"))
  var idHeader: String?

  @Option(help: ArgumentHelp("The preset of the segments, for --for customer.", valueName: "name"))
  var preset: String?

  @Option(help: "Configuration; the default is pulso.yaml, where there is one.")
  var config: String?

  @Option(help: "Language of labels: en or es; the default follows LANG.")
  var lang: Language?

  @Option(help: "Where the table goes: a file, or - for standard output.")
  var out: String

  func run() throws {
    let preset = try SegmentConfiguration(SegmentConfiguration.section(config), preset: preset).preset
    let export = AccountExport(
      format, language: lang ?? Language(locale: ProcessInfo.processInfo.environment["LANG"]),
      idHeader: idHeader, tierCount: preset.tierCount)
    let reviews = try history.map {
      try History(path: $0, access: .read).lastReviews(on: .today).mapValues(\.description)
    }
    let rows = try ExportFile(segments: segments, scores: scores, export: export, reviews: reviews).write(
      to: OutputLocation(out))
    StandardError.note("\(rows) accounts for \(format.rawValue) in \(out)")
  }
}
