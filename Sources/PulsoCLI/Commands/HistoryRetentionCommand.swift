import ArgumentParser
import Calendar
import History
import Segmentation

extension HistoryCommand {
  struct Retention: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "retention",
      abstract: "What each tier kept of its accounts and of their ARR over a period.",
      discussion: """
        The tier is the one held at the start. An account is lost when it is missing from the last run of the \
        period; growth doesn't count as ARR kept. against_last compares the tier's retention with the last \
        tier's, in percent: the sources speak of 20 to 30 for the upper tiers of companies that segment.
        """)

    @OptionGroup var file: File
    @OptionGroup var output: ServiceCommand.Output
    @Option(help: ArgumentHelp("The end of the period; the default is the last run.", valueName: "date"))
    var asOf: Day?
    @Option(
      help: ArgumentHelp("Its start; the default is a year before, or the first run.", valueName: "date"))
    var since: Day?

    func run() throws {
      let history = try file.open()
      let runs = try history.runs().map(\.date)
      guard let first = runs.first, let last = asOf?.date ?? runs.last else {
        throw CommandError(.badData, "the history has no run yet")
      }
      let start = since?.date ?? max(first, last.adding(months: -12))
      guard start <= last else { throw ValidationError("--since lies after --as-of") }
      let lines = try history.retention(from: start, to: last)
      func percent(_ share: Double) -> String { ((share * 1000).rounded() / 10).inWords }
      let base = lines.last?.retention ?? 0
      try output.write([
        ("tier", lines.map(\.tier.code)), ("accounts", lines.map { "\($0.accounts)" }),
        ("kept", lines.map { "\($0.kept)" }), ("retention", lines.map { percent($0.retention) }),
        ("arr", lines.map { $0.arr.inWords }), ("arr_kept", lines.map { $0.keptARR.inWords }),
        ("arr_retention", lines.map { $0.arrRetention.map(percent) ?? "" }),
        ("against_last", lines.map { base > 0 ? percent($0.retention / base - 1) : "" }),
      ])
    }
  }
}
