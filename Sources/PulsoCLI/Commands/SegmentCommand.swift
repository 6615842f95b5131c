import Accounts
import ArgumentParser
import Calendar
import Configuration
import Foundation
import History
import SQLTables
import Segmentation
import StableNumerics
import Tables

struct SegmentCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "segment",
    abstract: "Place every account in the pyramid, the 2x2 matrix, the three criteria and the tiers.",
    discussion: """
      Columns are found by name, by the aliases of Salesforce, HubSpot and Gainsight exports, or by the \
      configuration (segment.columns). Only an id is needed; what is unknown never counts as zero. At or above \
      a cut is high. Rows come out in the order they came in, with a history too.
      """)

  @Argument(help: "The accounts: a CSV file, -, or sqlite:FILE?table=T.")
  var table: String

  @Option(help: "Scores, as `pulso score` writes them; joined by id.")
  var scores: String?

  @Option(help: ArgumentHelp("Preset: a name, a YAML file, or several joined by +.", valueName: "name"))
  var preset: String?

  @Option(help: ArgumentHelp("The day to look from; the default is today.", valueName: "date"))
  var asOf: String?

  @Option(
    help: ArgumentHelp(
      "The memory between runs: tiers go up at once and down after one renewal cycle.",
      valueName: "file.sqlite"))
  var history: String?

  @Option(help: ArgumentHelp("Where the run's events go, as JSON lines; needs --history.", valueName: "file"))
  var events: String?

  @Option(help: ArgumentHelp("The id column, where its name doesn't say so.", valueName: "column"))
  var id: String?

  @Option(help: "Configuration; the default is pulso.yaml, where there is one.")
  var config: String?

  @Option(help: "Where the table goes: a file, -, or sqlite:FILE?table=T.")
  var out: String?

  @Option(help: ArgumentHelp("Also show who would move under another preset.", valueName: "preset"))
  var compare: String?

  @Option(
    help: ArgumentHelp(
      "Where the accounts go that pyramid and matrix would serve differently, with the reason.",
      valueName: "file"))
  var disagreements: String?

  @Option(help: ArgumentHelp("Show the arithmetic of one account.", valueName: "id"))
  var explain: String?

  @Option(help: "Language of labels: en or es; the default follows LANG.")
  var lang: Language?

  @Option(help: localeHelp)
  var locale: NumberLocale?

  @OptionGroup var badRows: BadRowArguments

  @Option(help: "Threads; the result doesn't depend on it.")
  var threads = Processors.count

  @Flag(help: "Print the summary as JSON.")
  var json = false

  @Flag(help: "No notes.")
  var quiet = false

  static let localeHelp: ArgumentHelp =
    "How numbers and amounts are written: point (1,234.5) or comma (1.234,5 €)."

  func validate() throws {
    if let asOf, CalendarDate(iso8601: asOf) == nil {
      throw ValidationError("--as-of must be a day such as 2026-03-31, not '\(asOf)'")
    }
    guard events == nil || history != nil else { throw ValidationError("--events needs --history FILE") }
    try InputArguments.check(threads: threads)
    guard out != nil || json || explain != nil || compare != nil else {
      throw ValidationError("--out FILE is missing; --out - writes to standard output")
    }
  }

  func run() throws {
    try OutputPaths.check(
      [
        ("--out", out), ("--rejects", badRows.rejects), ("--events", events),
        ("--disagreements", disagreements),
        ("--history", history),
      ], against: [table, scores].compactMap { $0 })
    let day = asOf.flatMap(CalendarDate.init(iso8601:)) ?? .today
    let memory = try history.map { try SegmentMemory(path: $0, day: day) }
    if let out, let replayed = try memory?.replay() {
      if !quiet { Self.note("\(day) was run before and later days too: this is its table from the history") }
      return try TableSink.write(replayed, to: out)
    }
    let input = try SegmentInput(
      table: table, scores: scores, settings: SegmentConfiguration.load(config, preset: preset), id: id,
      locale: locale, options: ReadOptions(onBadRow: badRows.policy, threads: threads),
      decisions: memory?.decisions(threads: threads))
    try badRows.write(input.rejects)
    var (segmenter, segmentation) = try input.segment(
      input.settings.preset, asOf: day, openProjects: input.decisions?.projects ?? [:], threads: threads)
    let comparison = try compare.map { other in
      let settings = try SegmentConfiguration.load(config, preset: other)
      return Comparison(
        from: segmentation, to: try input.segment(settings.preset, asOf: day, threads: threads).1)
    }
    let outcome = try memory?.record(
      &segmentation, of: input, keepingEvents: events != nil, threads: threads)
    let summary = Ahead(threads: threads) { [segmentation] in
      Summary(segmentation.assignments, preset: segmentation.preset)
    }
    if let out {
      try TableSink.write(
        Table(assignments: segmentation.assignments, id: input.accounts.idColumn, threads: threads), to: out,
        threads: threads)
    }
    if let events, let outcome {
      let lines = EventLines(language: language, tierCount: segmentation.preset.tierCount)
      try AtomicFile.write(lines.text(outcome.events), to: OutputLocation(events))
    }
    if let disagreements {
      try TableSink.write(
        Table(disagreements: segmentation.disagreements, id: input.accounts.idColumn), to: disagreements)
    }
    try show(input, segmenter, segmentation, summary.value(), comparison, day)
  }

  private var language: Language { lang ?? Language(locale: ProcessInfo.processInfo.environment["LANG"]) }

  static func note(_ text: String) {
    StandardError.note("note: \(text)")
  }

  /// The summary is a result of its own where the table goes to a file; beside a table on standard output it
  /// is a note.
  private func show(
    _ input: SegmentInput, _ segmenter: Segmenter, _ segmentation: Segmentation, _ summary: Summary,
    _ comparison: Comparison?, _ day: CalendarDate
  ) throws {
    let isResult = out != "-"
    let notes = segmentation.notes(summary, hasPredictions: input.hasPredictions)
    var text = ""
    if let explain {
      text = try SegmentExplanation(explain, input, segmenter, segmentation, language: language).text
    } else if json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      encoder.keyEncodingStrategy = .convertToSnakeCase
      let object = SegmentJSON(
        segmentation, summary, notes: notes, asOf: "\(day)", language: language,
        advice: input.advice, comparison: comparison)
      text = String(decoding: try encoder.encode(object), as: UTF8.self) + "\n"
    } else {
      text =
        SegmentScreen(
          segmentation: segmentation, summary: summary, notes: notes, advice: input.advice, language: language
        ).text
      if let comparison {
        text += "\n" + ComparisonScreen(comparison: comparison, other: compare ?? "", language: language).text
      }
    }
    if isResult {
      try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
    } else if !quiet {
      StandardError.write(text)
    }
    if !quiet { StandardError.write(input.warnings) }
  }
}
