import Accounts
import ArgumentParser
import Calendar
import Configuration
import Foundation
import History
import Reporting
import Segmentation
import SQLTables
import Tables

struct HistoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "What happened to the accounts, and what people decided about them.",
    subcommands: [
      Show.self, AsOf.self, Events.self, Review.self, Retention.self, Override.self, Designate.self,
      Merge.self,
      Reviewed.self, Finish.self,
    ])

  struct File: ParsableArguments {
    @Option(
      help: ArgumentHelp("The history, as `pulso segment --history` keeps it.", valueName: "file.sqlite"))
    var history: String

    func open(_ access: History.Access = .read) throws -> History {
      // A decision needs runs to stand on, so that a wrong path doesn't start a new history.
      _ = try History(path: history, access: .read)
      return try History(path: history, access: access)
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Every event of an account, and of those merged into it.")

    @Argument(help: "The account's id.")
    var account: String
    @OptionGroup var file: File
    @Option(help: "Language of headers: en or es; the default follows LANG.")
    var lang: Language?

    func run() throws {
      let language = lang ?? Language(locale: ProcessInfo.processInfo.environment["LANG"])
      let headers = [
        Phrase("date", es: "fecha"), Phrase("account", es: "cuenta"), Phrase("event", es: "suceso"),
        Phrase("from", es: "de"), Phrase("to", es: "a"), Phrase("reason", es: "motivo"),
        Phrase("author", es: "autor"),
      ]
      var grid = TextTable()
      grid.add(headers.map { $0.text(in: language) })
      for event in try file.open().events(of: account) {
        grid.add([
          "\(event.date)", event.account, event.kind.rawValue, event.from ?? "", event.to ?? "", event.reason,
          event.author,
        ])
      }
      print(grid.text)
    }
  }

  struct AsOf: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "as-of", abstract: "The table of the last run on or before a day, as it was written then.")

    @Argument(help: "The day, such as 2026-03-31.")
    var date: Day
    @OptionGroup var file: File
    @Option(help: "Where the table goes: a file, -, or sqlite:FILE?table=T.")
    var out = "-"

    func run() throws {
      let (run, rows) = try file.open().assignments(asOf: date.date)
      if run.date != date.date {
        SegmentCommand.note("the last run on or before \(date.date) is of \(run.date)")
      }
      try TableSink.write(Table(assignments: rows, id: run.idColumn), to: out)
    }
  }

  struct Events: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "events",
      abstract: "Events as JSON lines, with the tasks and changes that follow from each.")

    @OptionGroup var file: File
    @Option(help: ArgumentHelp("From this day on.", valueName: "date"))
    var since: Day?
    @Option(help: ArgumentHelp("Only this account, and those merged into it.", valueName: "id"))
    var account: String?
    @Option(help: "How many tiers there are; the default is what each day's own run had.")
    var tiers: Int?
    @Option(help: "Language of texts: en or es; the default follows LANG.")
    var lang: Language?
    @Option(help: "Where the lines go: a file or -.")
    var out = "-"

    func validate() throws {
      if let tiers, !(3...5 ~= tiers) { throw ValidationError("--tiers must be 3, 4 or 5") }
    }

    func run() throws {
      let language = lang ?? Language(locale: ProcessInfo.processInfo.environment["LANG"])
      let history = try file.open()
      let lines =
        if let tiers {
          EventLines(language: language, tierCount: tiers)
        } else {
          EventLines(language: language, runs: try history.runs())
        }
      let text = try lines.text(history.events(of: account, since: since?.date))
      try AtomicFile.write(text, to: OutputLocation(out))
    }
  }

  struct Review: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "review",
      abstract: "The quarterly review: what changed in a quarter, and whose review is overdue.")

    @OptionGroup var file: File
    @Option(help: ArgumentHelp("The end of the period; the default is the last run.", valueName: "date"))
    var asOf: Day?
    @Option(
      help: ArgumentHelp(
        "Its start; the default is three months before, or the first run.", valueName: "date"))
    var since: Day?
    @Option(help: ArgumentHelp("Preset with the cadence of reviews.", valueName: "name"))
    var preset: String?
    @Option(help: "Configuration; the default is pulso.yaml, where there is one.")
    var config: String?
    @Option(help: "Language of labels: en or es; the default follows LANG.")
    var lang: Language?
    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
      let history = try file.open()
      let runs = try history.runs().map(\.date)
      guard let first = runs.first, let last = asOf?.date ?? runs.last else {
        throw CommandError(.badData, "the history has no run yet")
      }
      let start = since?.date ?? max(first, last.adding(months: -3))
      let service = try SegmentConfiguration.load(config, preset: preset).preset.service
      let screen = ReviewScreen(
        start: start, end: last, lines: try history.review(from: start, to: last),
        overdue: try history.overdueReviews(on: last, service: service),
        language: lang ?? Language(locale: ProcessInfo.processInfo.environment["LANG"]))
      print(json ? try screen.json() : screen.text)
    }
  }
}

/// A day on the command line.
struct Day: ExpressibleByArgument {
  let date: CalendarDate

  init?(argument: String) {
    guard let date = CalendarDate(iso8601: argument) else { return nil }
    self.date = date
  }
}
