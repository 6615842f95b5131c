import Calendar
import Foundation
import History
import Segmentation
import StableNumerics
import Testing

@Suite struct HistoryTests {
  let path = NSTemporaryDirectory() + "pulso-history-\(UUID().uuidString).sqlite"

  func night(
    _ date: String, _ book: [String: Double], need: Double = 40, path: String? = nil
  ) throws -> (RunOutcome, [Assignment]) {
    let history = try History(path: path ?? self.path, access: .write)
    var assignments = book.keys.sorted().reversed().map { assignment($0, arr: book[$0] ?? 0, need: need) }
    let outcome = try history.record(
      Run(date: day(date), preset: "usd-100k"), preset: Preset(),
      assignments: &assignments
    ) { _, _ in RunContext(renewal: day("2026-09-30")) }
    return (outcome, assignments.sorted { $0.id < $1.id })
  }

  func tier(_ arr: Double) -> Tier {
    arr >= 100_000 ? .tier1 : arr >= 25_000 ? .tier2 : arr >= 5_000 ? .tier3 : .tier4
  }

  func assignment(_ id: String, arr: Double, need: Double) -> Assignment {
    Assignment(
      id: id, arr: arr, importance: arr / 2_000, need: need, quadrant: need >= 50 ? .project : .digitalScale,
      isQuadrantSure: true, pyramidLevel: .lowTouch, criteriaTier: .tier2, tier: tier(arr), tierScore: nil,
      tierReason: "arr_threshold", coverage: Preset().coverage(of: tier(arr)), flags: [.needIncomplete])
  }

  @Test("MIG-14 the up of MIG-05 and the down of MIG-07 are two rows of tier history")
  func tierHistory() throws {
    _ = try night("2026-02-02", ["a": 24_000])
    _ = try night("2026-02-03", ["a": 26_000])
    _ = try night("2026-03-01", ["a": 20_000])
    let (_, held) = try night("2026-09-30", ["a": 20_000])
    #expect(held.map(\.tier) == [.tier2])
    #expect(held.map(\.coverage) == [.shared])
    #expect(held.first?.tierReason == "arr_threshold;expansion;grace_until_2026-09-30")
    #expect(held.first?.flags.contains(.inGrace) == true)
    _ = try night("2026-10-01", ["a": 20_000])
    let events = try History(path: path, access: .read).events(of: "a")
    let changes = events.filter { $0.changesTier && $0.kind != .initial }
    #expect(changes.map(\.kind) == [.upgrade, .downgrade])
    #expect(changes.map { $0.date.description } == ["2026-02-03", "2026-10-01"])
    #expect(changes.map(\.from) == ["tier_3", "tier_2"])
    #expect(changes.map(\.reason) == ["expansion", "renewal_passed"])
  }

  @Test("MIG-19 the table of each day can be had later, as it was, in the order of its input")
  func asOf() throws {
    var tables: [String: [Assignment]] = [:]
    for (date, book) in books {
      // Recorded in descending order.
      tables[date] = try night(date, book).1.reversed()
    }
    let history = try History(path: path, access: .read)
    for (date, _) in books {
      let found = try history.assignments(asOf: day(date))
      #expect(found.run.date == day(date))
      #expect(found.rows == tables[date])
    }
    let between = try history.assignments(asOf: day("2026-03-15"))
    #expect(between.run.date == day("2026-03-01"))
    #expect(between.rows == tables["2026-03-01"])
    #expect(throws: HistoryError.noRun(onOrBefore: day("2025-12-31"), first: day("2026-01-01"))) {
      try history.assignments(asOf: day("2025-12-31"))
    }
  }

  @Test("MIG-19 random walks of a book in random order: each day's rows come back, in their order")
  func randomWalks() throws {
    var source = SplitMix64(seed: 37)
    let history = try History(path: path, access: .write)
    var written: [(CalendarDate, [Assignment])] = []
    var arr: [String: Double] = [:]
    for night in 0..<40 {
      for _ in 0..<6 {
        let id = "é\(source.next() % 25)"
        if source.next() % 4 == 0 { arr[id] = nil } else { arr[id] = Double(source.next() % 150_000) }
      }
      let date = day("2026-01-01").adding(days: 11 * night)
      var rows = arr.keys.sorted().map { ($0, source.next() >> (night % 2 == 0 ? 60 : 0)) }
        .sorted { ($0.1, $0.0) < ($1.1, $1.0) }
        .map { assignment($0.0, arr: arr[$0.0] ?? 0, need: Double(source.next() % 100)) }
      _ = try history.record(Run(date: date, preset: ""), preset: Preset(), assignments: &rows) { _, _ in
        RunContext(renewal: day("2026-06-30"))
      }
      written.append((date, rows))
    }
    for (date, rows) in written {
      var found = try history.assignments(asOf: date).rows
      // What memory applied is kept in the codes; the floor and health behind them are the day's own.
      for index in found.indices { (found[index].coverageFloor, found[index].isHealthy) = (.digital, false) }
      #expect(found == rows, "\(date)")
    }
    let events = try history.events()
    for (_, own) in Dictionary(grouping: events, by: \.account) {
      var last: CalendarDate?
      for event in own {
        if event.kind == .departed { last = nil }
        guard event.kind == .downgrade else { continue }
        if let last {
          #expect(event.date >= last.adding(months: 12).adding(days: -1), "MIG-09 one downgrade a cycle")
        }
        last = event.date
      }
    }
  }

  @Test("the last day run again leaves the same history, and other input replaces it")
  func idempotent() throws {
    for (date, book) in books { _ = try night(date, book) }
    let twin = NSTemporaryDirectory() + "pulso-history-\(UUID().uuidString).sqlite"
    for (date, book) in books {
      _ = try night(date, ["stranger": 7_000, "a": 500_000], need: 90, path: twin)
      let (outcome, _) = try night(date, book, path: twin)
      #expect(outcome.replacedRun)
    }
    let one = try History(path: path, access: .read)
    let two = try History(path: twin, access: .read)
    #expect(try one.events() == two.events())
    for (date, _) in books {
      #expect(try one.assignments(asOf: day(date)).rows == two.assignments(asOf: day(date)).rows)
    }
    #expect(try one.decisions(on: day("2027-01-01")) == two.decisions(on: day("2027-01-01")))
  }

  @Test("a day before the last run is refused, with both days")
  func olderThanLast() throws {
    _ = try night("2026-03-01", ["a": 1])
    #expect(throws: HistoryError.olderThanLast(date: day("2026-02-28"), last: day("2026-03-01"))) {
      try night("2026-02-28", ["a": 1])
    }
  }

  @Test("an account that nothing happened to costs nothing")
  func onlyChanges() throws {
    _ = try night("2026-01-01", ["a": 1_000, "b": 2_000])
    let (outcome, _) = try night("2026-01-02", ["a": 1_000, "b": 3_000])
    #expect(outcome.changed == 1)
    #expect(outcome.events.isEmpty)
    let (gone, _) = try night("2026-01-03", ["b": 3_000])
    #expect(gone.departed == 1)
    #expect(gone.events.map(\.kind) == [.departed])
    #expect(gone.events.map(\.reason) == ["not_in_input"])
  }

  @Test("MIG-02 an override is kept in the next run until its expiry, with author and reason")
  func override() throws {
    _ = try night("2026-01-01", ["a": 30_000])
    let history = try History(path: path, access: .write)
    try history.record(
      TierOverride(
        account: "a", tier: .tier1, author: "ana", reason: "logo", since: day("2026-01-02"),
        until: day("2026-01-03")))
    for date in ["2026-01-02", "2026-01-03"] {
      let (_, rows) = try night(date, ["a": 30_000])
      #expect(rows.map(\.tier) == [.tier1])
      #expect(rows.map(\.coverage) == [.dedicated])
      #expect(rows.first?.flags.contains(.manualOverride) == true)
    }
    let (outcome, rows) = try night("2026-01-04", ["a": 30_000])
    #expect(rows.map(\.tier) == [.tier2])
    #expect(outcome.events.map(\.kind) == [.overrideEnded])
    let began = try history.events(of: "a").first { $0.kind == .overrideBegan }
    #expect(began?.author == "ana")
    #expect(began?.reason == "logo")
  }

  @Test("MIG-06 a designation by decision moves a tiny account up in the next run")
  func designation() throws {
    _ = try night("2026-01-01", ["a": 2_000])
    try History(path: path, access: .write).record(
      Designation(
        account: "a", kind: "partnership", author: "ana", reason: "integration", since: day("2026-01-02"),
        until: nil))
    let (outcome, rows) = try night("2026-01-02", ["a": 2_000])
    #expect(rows.map(\.tier) == [.tier1])
    #expect(outcome.events.map(\.reason) == ["designation:partnership"])
    #expect(outcome.events.map(\.author) == ["ana"])
  }

  @Test("MIG-17 A of tier 2 and B of tier 3 become one of tier 1 with the history of both")
  func merge() throws {
    _ = try night("2026-01-01", ["A": 90_000, "B": 20_000])
    let history = try History(path: path, access: .write)
    try history.record(
      AccountMerge(account: "A", absorbed: "B", author: "ana", reason: "departments merge"),
      date: day("2026-02-01"))
    let (_, rows) = try night("2026-02-01", ["A": 110_000])
    #expect(rows.map(\.id) == ["A"])
    #expect(rows.map(\.tier) == [.tier1])
    let events = try history.events(of: "A")
    #expect(Set(events.map(\.account)) == ["A", "B"])
    #expect(events.filter { $0.kind == .initial }.map(\.to) == ["tier_2", "tier_3"])
    #expect(events.first { $0.kind == .departed }?.reason == "merged_into:A")
    #expect(throws: HistoryError.unknownAccount("nobody")) {
      try history.record(
        AccountMerge(account: "A", absorbed: "nobody", author: "ana", reason: ""), date: day("2026-02-01"))
    }
  }

  @Test("MTX-17 every move between quadrants has its date, from, to and reason")
  func quadrantMove() throws {
    _ = try night("2026-01-01", ["a": 1_000])
    let (outcome, _) = try night("2026-01-02", ["a": 1_000], need: 80)
    #expect(
      outcome.events == [
        TierEvent(
          account: "a", date: day("2026-01-02"), kind: .quadrantMoved, from: "digital_scale", to: "project",
          reason: "need_rose")
      ])
  }

  @Test("MTX-11 a project is opened with its kind, owner and start, and concluded when its flag is gone")
  func project() throws {
    let history = try History(path: path, access: .write)
    let project = Project(kind: .onboarding, owner: "ana", start: day("2026-01-01"))
    func night(_ date: String, flags: Flags, project: Project?) throws {
      var rows = [assignment("a", arr: 1_000, need: 80)]
      rows[0].flags = flags
      _ = try history.record(
        Run(date: day(date), preset: ""), preset: Preset(), assignments: &rows
      ) { _, _ in RunContext(project: project) }
    }
    try night("2026-01-01", flags: [], project: project)
    #expect(try history.decisions(on: day("2026-01-02")).projects == ["a": project])
    #expect(try history.finishProject(of: "a", date: day("2026-01-02")))
    #expect(try history.decisions(on: day("2026-01-02")).projects["a"]?.isDone == true)
    try night("2026-01-02", flags: [.projectOpen], project: project)
    #expect(try history.decisions(on: day("2026-01-03")).projects.count == 1)
    try night("2026-01-03", flags: [], project: nil)
    #expect(try history.decisions(on: day("2026-01-04")).projects.isEmpty)
    #expect(try !history.finishProject(of: "a", date: day("2026-01-04")))
  }

  @Test("TIR-31 retention by the tier at the start, in accounts and in ARR, so that a claim can be checked")
  func retention() throws {
    _ = try night("2026-01-01", ["a": 120_000, "b": 30_000, "c": 40_000, "d": 6_000, "e": 6_000])
    let history = try History(path: path, access: .write)
    try history.record(
      AccountMerge(account: "a", absorbed: "d", author: "ana", reason: "departments"), date: day("2026-02-01")
    )
    _ = try night("2026-12-31", ["a": 100_000, "b": 60_000, "new": 9_000])
    let lines = try history.retention(from: day("2026-01-01"), to: day("2026-12-31"))
    #expect(lines.map(\.tier) == [.tier1, .tier2, .tier3])
    #expect(lines.map(\.accounts) == [1, 2, 2])
    #expect(lines.map(\.kept) == [1, 1, 1], "d goes on in a; c and e are gone; new was not there")
    #expect(lines.map(\.retention) == [1, 0.5, 0.5])
    #expect(lines.map(\.keptARR) == [100_000, 30_000, 6_000], "growth doesn't count")
  }

  @Test("MIG-01 the first night takes the tier of the table as where the account stands; later nights don't")
  func currentTier() throws {
    func night(_ date: String, standing: Tier) throws -> Assignment {
      let history = try History(path: path, access: .write)
      var rows = [assignment("a", arr: 30_000, need: 40)]
      _ = try history.record(Run(date: day(date), preset: "usd-100k"), preset: Preset(), assignments: &rows) {
        _, _ in RunContext(renewal: day("2026-09-30"), standing: standing)
      }
      return rows[0]
    }
    let first = try night("2026-01-01", standing: .tier1)
    #expect(first.tier == .tier1 && first.coverage == .dedicated && first.flags.contains(.inGrace))
    #expect(first.tierReason == "arr_threshold;tier_current;grace_until_2026-09-30")
    #expect(try night("2026-10-01", standing: .tier1).tier == .tier2)
  }

  @Test("CON-05 a decision for a tier that the preset lacks shows its last one")
  func tierBeyond() throws {
    _ = try night("2026-01-01", ["a": 30_000])
    try History(path: path, access: .write).record(
      TierOverride(
        account: "a", tier: .tier5, author: "ana", reason: "x", since: day("2026-01-02"), until: nil))
    #expect(try night("2026-01-02", ["a": 30_000]).1.map(\.tier) == [.tier4])
    #expect(try History(path: path, access: .read).runs().map(\.tierCount) == [4, 4])
  }

  @Test("MIG-19 threads change nothing: the same file, the same events")
  func threads() throws {
    func walk(_ threads: Int) throws -> (Data, [TierEvent]) {
      let file = NSTemporaryDirectory() + "pulso-history-\(UUID().uuidString).sqlite"
      defer { try? FileManager.default.removeItem(atPath: file) }
      let history = try History(path: file, access: .write)
      var random = SplitMix64(seed: 8)
      var events: [TierEvent] = []
      for month in 0..<4 {
        var rows = (0..<40_000).compactMap { number -> Assignment? in
          random.next() % 10 == 0
            ? nil
            : assignment(
              "k\(number)", arr: Double(random.next() % 150_000), need: Double(random.next() % 100))
        }
        events += try history.record(
          Run(date: day("2026-01-01").adding(months: month), preset: ""), preset: Preset(),
          assignments: &rows,
          threads: threads
        ) { index, _ in RunContext(renewal: day("2026-02-15").adding(days: index % 40)) }.events
      }
      let rows = try history.assignments(asOf: day("2026-12-31")).rows
      return (Data("\(rows)".utf8), events)
    }
    let (one, two) = (try walk(1), try walk(2))
    #expect(one.0 == two.0)
    #expect(one.1 == two.1 && !one.1.isEmpty)
  }

  @Test("ids of every length come back, from a page of many rows and from one with few changes")
  func lengthsOfTexts() throws {
    let ids = (1...200).map { String(repeating: "k", count: $0) }
    var book = Dictionary(uniqueKeysWithValues: ids.map { ($0, Double($0.utf8.count)) })
    _ = try night("2026-01-01", book)
    for id in ids.prefix(70) { book[id]? += 0.5 }
    let (outcome, _) = try night("2026-01-02", book)
    #expect(outcome.changed == 70)
    let history = try History(path: path, access: .read)
    #expect(try history.assignments(asOf: day("2026-01-01")).rows.reversed().map(\.id) == ids)
    let rows = try history.assignments(asOf: day("2026-01-02")).rows
    #expect(rows.allSatisfy { $0.arr == book[$0.id] })
    #expect(try history.events(of: ids[99]).map(\.account) == [ids[99]])
  }

  @Test("MIG-13 the day of each account's last review")
  func lastReviews() throws {
    _ = try night("2026-01-01", ["a": 30_000, "b": 30_000])
    let history = try History(path: path, access: .write)
    for date in ["2026-01-05", "2026-02-05", "2026-05-05"] {
      try history.recordReview(of: "a", date: day(date), author: "ana", note: "")
    }
    #expect(try history.lastReviews(on: day("2026-03-01")) == ["a": day("2026-02-05")])
  }

  @Test("MIG-03 MIG-04 the review lists what changed, and who is overdue")
  func review() throws {
    _ = try night("2026-01-01", ["down": 30_000, "same": 30_000, "up": 30_000])
    _ = try night("2026-03-31", ["down": 20_000, "same": 30_000, "up": 130_000])
    let history = try History(path: path, access: .write)
    let lines = try history.review(from: day("2026-01-01"), to: day("2026-03-31"))
    #expect(lines.map(\.account) == ["down", "up"])
    #expect(lines.map(\.change) == [.contracted, .expanded])
    #expect(lines.map(\.tier) == [.tier2, .tier1])
    try history.recordReview(of: "up", date: day("2026-03-31"), author: "ana", note: "")
    let overdue = try history.overdueReviews(on: day("2026-04-02"), service: ServiceLevels())
    #expect(overdue.map(\.account) == ["down", "same"])
    #expect(overdue.first?.due == day("2026-04-01"))
  }

  /// Random walks of a small book: accounts come, go, grow and shrink.
  let books: [(String, [String: Double])] = [
    ("2026-01-01", ["a": 120_000, "b": 30_000, "ñu": 4_000]),
    ("2026-02-01", ["a": 80_000, "b": 30_000, "ñu": 9_000, "zz": 1]),
    ("2026-03-01", ["a": 80_000, "ñu": 9_000, "zz": 26_000]),
    ("2026-10-01", ["a": 80_000, "b": 70_000, "zz": 26_000]),
    ("2026-10-02", ["a": 80_000, "b": 70_000, "c": 5, "zz": 26_000]),
  ]
}

func day(_ text: String) -> CalendarDate {
  CalendarDate(iso8601: text) ?? CalendarDate(daysSince1970: .min / 2)
}
