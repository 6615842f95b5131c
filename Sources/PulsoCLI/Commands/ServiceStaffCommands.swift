import ArgumentParser
import Foundation
import Segmentation

// The people behind the service: how many, how loaded, where their hours go, and what to put right before hiring.

extension ServiceCommand {
  struct Staffing: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "staffing",
      abstract: "The customer-success managers that the book needs, by tier, against those there are.",
      discussion: """
        csm_share is the tier's part of all managers at the middle of each ratio; capacity says whether the \
        first tier's part goes with its part of the ARR, from ten points below it up to it. With --compare the \
        same under another preset, and the difference.
        """)

    @OptionGroup var book: BookArguments
    @OptionGroup var output: Output
    @Option(help: "How many there are.")
    var headcount = 0
    @Option(help: ArgumentHelp("Also what another preset would need.", valueName: "preset"))
    var compare: String?

    func validate() throws {
      guard headcount >= 0 else { throw ValidationError("--headcount can't be negative") }
    }

    func run() throws {
      let (placed, other) = try book.place(comparing: compare)
      let need = placed.staffing(headcount)
      let summary = Summary(placed.segmentation.assignments, preset: placed.preset)
      let arr = summary.tiers.map { summary.arrShare($0.group) }
      let shares = need.lines.map(need.capacityShare)
      let standing = shares.first.flatMap { $0 }.map { CapacityShare(ofCapacity: $0, arr: arr[0]) }
      let total = need.lines.reduce(0) { $0 + $1.accounts }
      let rest = need.lines.dropFirst().map { _ in "" } + [""]
      var columns: [(name: String, cells: [String])] = [
        ("tier", need.lines.map(\.tier.code) + ["total"]),
        ("accounts", need.lines.map { "\($0.accounts)" } + ["\(total)"]),
        ("csm_least", need.lines.map { "\($0.needed.lowerBound)" } + ["\(need.total.lowerBound)"]),
        ("csm_most", need.lines.map { "\($0.needed.upperBound)" } + ["\(need.total.upperBound)"]),
        ("gap", need.lines.map { _ in "" } + ["\(need.gap)"]),
        ("csm_share", shares.map { $0.map(Self.percent) ?? "" } + [""]),
        ("arr_share", arr.map(Self.percent) + [""]),
        ("capacity", [standing?.rawValue ?? ""] + rest),
      ]
      if let other { columns += Self.comparison(need, other.staffing(headcount)) }
      try output.write(columns)
    }

    /// Tiers that only one of the two presets has are told in their own.
    private static func comparison(_ need: StaffingNeed, _ what: StaffingNeed) -> [(String, [String])] {
      let lines = need.lines.map { line in what.lines.first { $0.tier == line.tier } }
      func range(_ text: (ClosedRange<Int>) -> Int) -> [String] {
        lines.map { $0.map { "\(text($0.needed))" } ?? "" } + ["\(text(what.total))"]
      }
      let changes = zip(need.lines, lines).map { old, new in
        new.map { "\($0.needed.upperBound - old.needed.upperBound)" } ?? ""
      }
      return [
        ("other_accounts", lines.map { $0.map { "\($0.accounts)" } ?? "" } + [""]),
        ("other_csm_least", range(\.lowerBound)), ("other_csm_most", range(\.upperBound)),
        ("change", changes + ["\(what.total.upperBound - need.total.upperBound)"]),
      ]
    }

    static func percent(_ share: Double) -> String { ((share * 10).rounded() / 10).inWords }
  }

  struct Portfolios: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "portfolios",
      abstract: "The accounts of each named manager against what one can look after.",
      discussion: """
        managers_least and managers_most say how many full managers the accounts take, at the fullest and the \
        lightest ratio. An account in a temporary project counts as a dedicated one.
        """)

    @OptionGroup var book: BookArguments
    @OptionGroup var output: Output

    func run() throws {
      let placed = try book.place()
      var portfolios: [String: Portfolio] = [:]
      for (account, assignment) in placed.accounts {
        portfolios[account.csm ?? "", default: Portfolio()].add(
          assignment.coverage, isProject: assignment.quadrant == .project, service: placed.preset.service)
      }
      // Accounts that nobody has come last.
      let rows = portfolios.sorted { ($0.key.isEmpty ? 1 : 0, $0.key) < ($1.key.isEmpty ? 1 : 0, $1.key) }
      func rounded(_ value: Double) -> String { ((value * 100).rounded() / 100).inWords }
      try output.write([
        ("csm", rows.map(\.key)), ("accounts", rows.map { "\($0.value.accounts)" }),
        ("projects", rows.map { "\($0.value.projects)" }),
        ("managers_least", rows.map { rounded($0.value.leastManagers) }),
        ("managers_most", rows.map { rounded($0.value.mostManagers) }),
        ("load", rows.map { $0.key.isEmpty ? "unassigned" : $0.value.load.rawValue }),
      ])
    }
  }

  struct Hours: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "hours",
      abstract: "Hours a year on check-ins and reviews: everybody alike, and each by its tier.")

    @OptionGroup var book: BookArguments
    @OptionGroup var output: Output
    @Option(help: "Minutes a touch.")
    var minutes = 30.0
    @Option(help: "Reviews a year for everybody, when all are treated alike.")
    var reviews = 4
    @Option(help: "Check-ins a year for everybody, when all are treated alike.")
    var checkIns = 12

    func validate() throws {
      guard minutes > 0, minutes <= 1440 else { throw ValidationError("--minutes must lie in (0, 1440]") }
      guard 0...1000 ~= reviews, 0...1000 ~= checkIns else {
        throw ValidationError("--reviews and --check-ins must lie between 0 and 1000")
      }
    }

    func run() throws {
      let placed = try book.place()
      let time = LiberatedTime(
        accounts: placed.tierCounts, preset: placed.preset, touchesAlike: Double(reviews + checkIns),
        minutes: minutes)
      func column(_ value: (LiberatedTime.Line) -> Double) -> [String] {
        let values = time.lines.map(value)
        return (values + [values.reduce(0, +)]).map { (($0 * 10).rounded() / 10).inWords }
      }
      try output.write([
        ("tier", time.lines.map(\.tier.code) + ["total"]), ("accounts", column { Double($0.accounts) }),
        ("hours_alike", column(\.hoursAlike)), ("hours_by_tier", column(\.hours)),
        ("hours_liberated", column(\.liberated)),
      ])
    }
  }

  struct Readiness: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "readiness",
      abstract: "What to put right before hiring; exit status 1 where there is anything.",
      discussion: """
        Four causes of not scaling are structural: segmentation, coverage, playbooks, criteria. With a column \
        csm_hours also whether time follows value: a rank correlation with ARR of at least 0.2.
        """)

    @OptionGroup var book: BookArguments
    @OptionGroup var output: Output
    @Option(help: ArgumentHelp("The team's playbooks.", valueName: "file"))
    var playbooks: String?

    func run() throws {
      let placed = try book.place()
      let assignments = placed.segmentation.assignments
      let notes = placed.segmentation.notes(
        Summary(assignments, preset: placed.preset), hasPredictions: placed.hasPredictions)
      let correlation =
        placed.accounts.contains { $0.0.csmHours != nil }
        ? Attention.correlation(placed.accounts.map { ($0.0.csmHours, $0.1.arr) }) : nil
      let readiness = HiringReadiness(
        assignments, preset: placed.preset, usesARROnly: notes.contains(.arrOnly),
        hasPlaybooks: playbooks.map { FileManager.default.contents(atPath: $0)?.isEmpty == false } ?? false,
        correlation: correlation)
      try output.write([
        ("check", readiness.checks.map(\.check.rawValue)),
        ("ready", readiness.checks.map { $0.isReady ? "yes" : "no" }),
        ("remedy", readiness.checks.map { $0.isReady ? "" : $0.check.remedy.text(in: output.language) }),
      ])
      if readiness.checks.contains(where: { !$0.isReady }) { throw ExitCode(ExitStatus.finding.rawValue) }
    }
  }
}

extension PlacedBook {
  fileprivate func staffing(_ headcount: Int) -> StaffingNeed {
    var ratios: [Tier: CSMRatio] = [:]
    for tier in preset.tiers { ratios[tier] = preset.service.ratio(preset.coverage(of: tier)) }
    return StaffingNeed(accounts: tierCounts, ratios: ratios, headcount: headcount)
  }
}
