import ArgumentParser
import Calendar
import History
import Segmentation

/// Who decided, why, and for how long.
struct DecisionArguments: ParsableArguments {
  @Option(help: "Who decides.")
  var author: String
  @Option(help: "Why.")
  var reason: String
  @Option(help: ArgumentHelp("First day; the default is today.", valueName: "date"))
  var since: Day?
  @Option(help: ArgumentHelp("Last day; the default is until something else is decided.", valueName: "date"))
  var until: Day?

  var start: CalendarDate { since?.date ?? .today }

  func validate() throws {
    guard !author.isEmpty, !reason.isEmpty else {
      throw ValidationError("--author and --reason can't be empty")
    }
    if let until, until.date < start { throw ValidationError("--until lies before --since") }
  }
}

extension HistoryCommand {
  struct Override: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "override", abstract: "Set an account's tier by hand, until a day.",
      discussion: "The next run shows the tier; the rules go on beneath it.")

    @Argument(help: "The account's id.")
    var account: String
    @Argument(
      help: "The tier: tier_1 to tier_5.",
      transform: { text in
        guard let tier = Tier(code: text) else {
          throw ValidationError("'\(text)' is no tier; there are tier_1 to tier_5")
        }
        return tier
      })
    var tier: Tier
    @OptionGroup var file: File
    @OptionGroup var decision: DecisionArguments

    func run() throws {
      let history = try file.open(.write)
      if let count = try history.runs().last?.tierCount, tier.rawValue > count {
        throw CommandError(
          .badData, "the last run has \(count) tiers, so there is no \(tier.code)",
          hint: "choose tier_1 to tier_\(count)")
      }
      try history.record(
        TierOverride(
          account: account, tier: tier, author: decision.author, reason: decision.reason,
          since: decision.start, until: decision.until?.date))
    }
  }

  struct Designate: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "designate",
      abstract: "Call an account strategic: it earns the first tier, whatever its size.")

    @Argument(help: "The account's id.")
    var account: String
    @Argument(help: "Why it is strategic, in a word such as partnership.")
    var kind: String
    @OptionGroup var file: File
    @OptionGroup var decision: DecisionArguments

    func run() throws {
      try file.open(.write).record(
        Designation(
          account: account, kind: kind, author: decision.author, reason: decision.reason,
          since: decision.start, until: decision.until?.date))
    }
  }

  struct Merge: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "merge", abstract: "Make two accounts one from the next run on; both histories stay.")

    @Argument(help: "The account that goes on.")
    var account: String
    @Argument(help: "The account that ends in it.")
    var absorbed: String
    @OptionGroup var file: File
    @Option(help: "Who decides.")
    var author: String
    @Option(help: "Why.")
    var reason: String
    @Option(help: ArgumentHelp("From this day on; the default is today.", valueName: "date"))
    var since: Day?

    func validate() throws {
      guard account != absorbed else { throw ValidationError("an account can't be merged with itself") }
    }

    func run() throws {
      try file.open(.write).record(
        AccountMerge(account: account, absorbed: absorbed, author: author, reason: reason),
        date: since?.date ?? .today)
    }
  }

  struct Reviewed: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "reviewed", abstract: "Note that somebody looked at an account's tier.")

    @Argument(help: "The account's id.")
    var account: String
    @OptionGroup var file: File
    @Option(help: "Who looked.")
    var author: String
    @Option(help: "What they found.")
    var note = ""
    @Option(help: ArgumentHelp("When; the default is today.", valueName: "date"))
    var date: Day?

    func run() throws {
      try file.open(.write).recordReview(
        of: account, date: date?.date ?? .today, author: author, note: note)
    }
  }

  struct Finish: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "finish",
      abstract: "Declare the account's open project done; it ends once the customer is healthy too.")

    @Argument(help: "The account's id.")
    var account: String
    @OptionGroup var file: File
    @Option(help: ArgumentHelp("When; the default is today.", valueName: "date"))
    var date: Day?

    func run() throws {
      guard try file.open(.write).finishProject(of: account, date: date?.date ?? .today) else {
        throw CommandError(.badData, "the account \(account) has no open project")
      }
    }
  }
}
