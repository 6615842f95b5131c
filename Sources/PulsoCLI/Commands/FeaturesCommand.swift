import ArgumentParser
import Calendar
import Configuration
import Features
import Foundation
import SQLTables
import Tables

struct FeaturesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "features",
    abstract:
      "Make one row an account and date from event tables, using only what was known before the date.",
    discussion: """
      The configuration says which tables there are and what to make of them (`pulso init` writes one to start \
      from). Columns: the account, as_of, the features, then the labels churned and expanded, which are blank \
      where the horizon isn't over. What is odd about the tables is counted and said.
      """)

  @Option(
    help: ArgumentHelp(
      "The configuration; without it pulso.yaml here, else the standard one.", valueName: "file"))
  var config: String?

  @Option(help: ArgumentHelp("Folder of the tables, instead of the configuration's.", valueName: "folder"))
  var data: String?

  @Option(help: ArgumentHelp("The date: what happened on it or later isn't known yet.", valueName: "date"))
  var asOf: String?

  @Option(help: ArgumentHelp("First date of a panel.", valueName: "date"))
  var from: String?

  @Option(help: ArgumentHelp("Last date of a panel.", valueName: "date"))
  var to: String?

  @Option(help: ArgumentHelp("Step of a panel: 7d, 1w, 1mo, 1y.", valueName: "span"))
  var every = "1mo"

  @Option(
    help: ArgumentHelp("How far ahead the labels look, instead of the configuration's.", valueName: "span"))
  var horizon: String?

  @Option(
    help: ArgumentHelp(
      "Last day that the tables cover; without it the last day on which anything in them happened.",
      valueName: "date"))
  var dataUntil: String?

  @Option(help: ArgumentHelp("Where the table goes: a file, - or sqlite:FILE?table=T.", valueName: "table"))
  var out: String

  @OptionGroup var input: InputArguments

  @Flag(help: "Print a summary in JSON on standard output.")
  var json = false

  @Flag(help: "No notes on standard error.")
  var quiet = false

  func validate() throws {
    guard !(json && out == "-") else {
      throw ValidationError("--json and --out - both want standard output; give --out a file")
    }
    _ = try dates()
    _ = try Self.span("--horizon", horizon)
    _ = try Self.date("--data-until", dataUntil)
  }

  func run() throws {
    var configuration = try Configuration.load(config, dataFolder: data)
    try OutputPaths.check(
      [("--out", out), ("--rejects", input.badRows.rejects)],
      against: configuration.plan.tables.map { configuration.location(of: $0) })
    if let horizon = try Self.span("--horizon", horizon) { configuration.horizon = horizon }
    let request = FeatureRequest(
      asOf: try dates(), horizon: configuration.horizon,
      dataUntil: try Self.date("--data-until", dataUntil), threads: input.threadCount)
    var rejects = RejectsFile()
    let result = try configuration.features(request) { try input.read($0, options: $1, rejects: &rejects) }
    try input.badRows.write(rejects)
    try TableSink.write(result.table, to: out)
    if json {
      try FileHandle.standardOutput.write(contentsOf: FeatureSummary(result, request, out: out).json())
    }
    if !quiet { StandardError.write(result.notes) }
  }

  private func dates() throws -> [CalendarDate] {
    if let date = try Self.date("--as-of", asOf) {
      guard from == nil, to == nil else {
        throw ValidationError("--as-of gives one date, --from and --to several; not both")
      }
      return [date]
    }
    guard let from = try Self.date("--from", from), let to = try Self.date("--to", to) else {
      throw ValidationError("give --as-of DATE, or --from DATE and --to DATE")
    }
    guard let every = try Self.span("--every", every), from <= to else {
      throw ValidationError("--from \(from) lies after --to \(to)")
    }
    return FeatureRequest.dates(from: from, to: to, every: every)
  }

  private static func date(_ option: String, _ text: String?) throws -> CalendarDate? {
    guard let text else { return nil }
    guard let date = CalendarDate(iso8601: text) else {
      throw ValidationError("\(option) must be a day such as 2024-06-30, not '\(text)'")
    }
    return date
  }

  private static func span(_ option: String, _ text: String?) throws -> CalendarSpan? {
    guard let text else { return nil }
    guard let span = CalendarSpan(text) else {
      throw ValidationError("\(option) must be a span such as 90d, 12w, 3mo or 1y, not '\(text)'")
    }
    return span
  }
}

extension Configuration {
  /// Reads the declared tables and makes the features.
  func features(
    _ request: FeatureRequest,
    read: (String, ReadOptions) throws -> Table = { try TableSource.read($0, options: $1).table }
  ) throws -> FeatureRun {
    var tables: [String: Table] = [:]
    for source in plan.tables {
      tables[source.name] = try read(
        location(of: source), plan.readOptions(for: source, threads: request.threads))
    }
    do throws(FeatureError) {
      return try plan.run(request, on: tables)
    } catch {
      throw PlacedFeatureError(error: error, places: featurePlaces)
    }
  }
}
