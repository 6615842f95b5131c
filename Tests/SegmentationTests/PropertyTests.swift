import Configuration
import Segmentation
import StableNumerics
import Testing

@Suite struct PropertyTests {
  private func book(_ count: Int, seed: UInt64) -> ([Account], [String: Scores]) {
    var source = SplitMix64(seed: seed)
    let accounts = (0..<count).map { Account.random("a\($0)", &source) }
    var predictions: [String: Scores] = [:]
    for account in accounts where source.next() % 3 > 0 { predictions[account.id] = .random(&source) }
    return (accounts, predictions)
  }

  @Test(
    "every account lands in exactly one segment of each system",
    arguments: ["usd-100k", "eur-20k", "tiers-5", "pct-20-50-30", "cut-offs-targets"])
  func partition(name: String) throws {
    let preset = try PresetLibrary.preset(name)
    let (accounts, predictions) = book(500, seed: 7)
    let result = try run(accounts, predictions, preset: preset)
    let summary = Summary(result.assignments, preset: preset)
    for counts in [
      summary.quadrants.map(\.group.accounts), summary.tiers.map(\.group.accounts),
      summary.pyramid.map(\.group.accounts), summary.criteria.map(\.group.accounts),
      summary.coverage.map(\.group.accounts),
    ] {
      #expect(counts.reduce(0, +) == 500)
    }
    #expect(result.assignments.map(\.id) == accounts.map(\.id))
  }

  @Test(
    "TIR-11 shuffled rows and more threads give the same assignments",
    arguments: ["usd-100k", "cut-offs-targets"])
  func shuffling(name: String) throws {
    let preset = try PresetLibrary.preset(name)
    let (accounts, predictions) = book(20_000, seed: 11)
    let first = try run(accounts, predictions, preset: preset)
    var source = SplitMix64(seed: 3)
    let shuffled = accounts.map { ($0, source.next()) }.sorted { $0.1 < $1.1 }.map(\.0)
    let second = try run(shuffled, predictions, preset: preset, threads: 2)
    #expect(first.assignments.sorted { $0.id < $1.id } == second.assignments.sorted { $0.id < $1.id })
    #expect(Summary(first.assignments, preset: preset) == Summary(second.assignments, preset: preset))
  }

  @Test(
    "raising only ARR never lowers a tier or importance",
    arguments: ["usd-100k", "eur-20k", "tiers-5", "tiers-3", "pct-20-50-30", "expansion-and-fit"])
  func monotoneARR(name: String) throws {
    let preset = try PresetLibrary.preset(name)
    let (accounts, predictions) = book(300, seed: 13)
    let before = try run(accounts, predictions, preset: preset)
    var source = SplitMix64(seed: 31)
    for index in accounts.indices where source.next() % 2 == 0 {
      guard let arr = accounts[index].arr else { continue }
      var raised = accounts
      raised[index].arr = arr * Double(1 + source.next() % 5) + Double(source.next() % 60_000)
      let after = try run(raised, predictions, preset: preset).assignments[index]
      let old = before.assignments[index]
      #expect(!old.tier.isHigher(than: after.tier), "\(accounts[index])")
      #expect(!old.criteriaTier.isHigher(than: after.criteriaTier), "\(accounts[index])")
      #expect((after.importance ?? 0) >= (old.importance ?? 0), "\(accounts[index])")
      #expect(old.quadrant.isImportant ? after.quadrant.isImportant : true)
    }
  }

  @Test("growing into a potential keeps what the potential earned: 40K to 120K of 120K stays tier 1")
  func grownIntoPotential() throws {
    for arr in [10_000.0, 40_000, 80_000, 120_000, 150_000] {
      let place = try place(account("a", arr: arr) { $0.potentialARR = 120_000 })
      #expect(place.tier == .tier1 && place.criteriaTier == .tier1, "\(arr)")
    }
    #expect(
      try place(account("a", arr: 150_000) { $0.potentialARR = 150_000 }).flags.contains(.review),
      "TIR-13: fully grown, without strategic value: somebody should look")
    #expect(try place(account("a", arr: 4_000) { $0.potentialARR = 4_400 }).criteriaTier == .tier3)
  }

  @Test("raising only the risk never lowers need")
  func monotoneRisk() throws {
    let (accounts, predictions) = book(400, seed: 17)
    var raised = predictions
    for (id, scores) in predictions {
      guard let risk = scores.churnRisk else { continue }
      let higher = risk + (1 - risk) / 2
      raised[id]?.churnRisk = higher
      raised[id]?.health = scores.health(at: higher)
      raised[id]?.churnRiskHigh = 1
    }
    let before = try run(accounts, predictions).assignments
    let after = try run(accounts, raised).assignments
    for (old, new) in zip(before, after) {
      #expect((new.need ?? 0) >= (old.need ?? 0))
      #expect(!old.quadrant.isNeedy || new.quadrant.isNeedy)
    }
  }

  @Test("solved cut-offs meet the targets whenever any cut-offs do, as trying them all shows")
  func solvedAgainstAll() {
    var source = SplitMix64(seed: 19)
    let targets = [ShareTarget(accounts: 15...20), ShareTarget(accounts: 30...40), ShareTarget()]
    for _ in 0..<300 {
      let totals = (0..<(5 + Int(source.next() % 30))).map { _ in Double(source.next() % 12) }
      let values = Set(totals).sorted(by: >) + [-1]
      let possible = values.contains { first in
        values.contains { second in
          let one = totals.count { $0 >= first }
          let two = totals.count { $0 >= second && $0 < first }
          let n = Double(totals.count)
          return (0.15 * n...0.2 * n).contains(Double(one)) && (0.3 * n...0.4 * n).contains(Double(two))
        }
      }
      #expect(CutOffs.solve(totals: totals, targets: targets).meetsTargets == possible)
    }
  }
}
