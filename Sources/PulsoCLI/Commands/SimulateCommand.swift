import ArgumentParser
import Calendar
import Foundation
import Simulation

struct SimulateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Write the tables of an invented software company, with outcomes drawn from a known law.",
    discussion: """
      Tables: accounts, subscriptions, usage, tickets, sentiment, content, contacts, outcomes and book (the \
      customers at the end, ready for `pulso segment`). truth.json holds the law and what a perfect model \
      would score. The same options give the same bytes.
      """)

  @Option(help: "Companies that ever sign.")
  var accounts = 1000

  @Option(help: "Months with outcomes; events begin a quarter earlier.")
  var months = 24

  @Option(help: "What fixes every random choice.")
  var seed: UInt64 = 1

  @Option(help: ArgumentHelp("First day of the first month with outcomes.", valueName: "date"))
  var start = "2024-01-01"

  @Option(help: ArgumentHelp("Folder to write into; made if it doesn't exist.", valueName: "folder"))
  var out: String

  @Option(help: "Threads; the bytes don't depend on it.")
  var threads = Processors.count

  @Flag(help: "Print the summary, which is truth.json, on standard output.")
  var json = false

  @Flag(help: "No progress and no notes.")
  var quiet = false

  func validate() throws {
    guard CalendarDate(iso8601: start) != nil else {
      throw ValidationError("--start must be a day such as 2024-01-01, not '\(start)'")
    }
    try InputArguments.check(threads: threads)
    guard out != "-", !out.isEmpty else { throw ValidationError("--out must be a folder") }
  }

  func run() throws {
    let first = CalendarDate(iso8601: start) ?? CalendarDate(daysSince1970: 0)
    let configuration = try WorldConfiguration(accounts: accounts, months: months, seed: seed, start: first)
    var bar = ProgressBar(total: accounts, unit: "accounts", isQuiet: quiet)
    let truth = try World(configuration: configuration).write(toFolder: out, threads: threads) {
      bar.advance(to: $0)
    }
    bar.finish()
    if json { try FileHandle.standardOutput.write(contentsOf: truth.json()) }
    guard !quiet else { return }
    let summary = WorldTable.allCases.map { "\($0.rawValue) \(truth.rows[$0.rawValue] ?? 0)" }
    let note = """
      \(out): rows: \(summary.joined(separator: ", "))
      \(truth.configuration.dataFrom) to \(truth.configuration.dataUntil); \
      left \(truth.churn.events) of \(truth.churn.atRisk) account-months, \
      grew \(truth.expansion.events) of \(truth.expansion.atRisk)

      """
    StandardError.write(note)
  }
}
