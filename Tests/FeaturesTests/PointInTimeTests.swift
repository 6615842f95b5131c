import Calendar
import Features
import StableNumerics
import Tables
import Testing

@Suite("What lies after the date leaves no trace, and neither does the order of rows or threads")
struct PointInTimeTests {
  /// A seeded book of 40 accounts with everything that may happen.
  private struct RandomBook {
    var subscriptions: [(id: Int, account: Int, start: Int, end: Int?)] = []
    var usage: [(account: Int, day: Int, sessions: Double?, feature: String)] = []
    var tickets: [(id: Int, account: Int, opened: Int, closed: Int?, csat: Int?)] = []

    init(seed: UInt64) {
      var random = SplitMix64(seed: seed)
      for account in 0..<40 {
        let start = random.below(200)
        let change = start + 30 + random.below(200)
        let end = random.below(3) == 0 ? change + random.below(200) : nil
        subscriptions.append((2 * account, account, start, change))
        subscriptions.append((2 * account + 1, account, change, end))
        for _ in 0..<random.below(60) {
          usage.append(
            (
              account, start + random.below(500), random.below(5) == 0 ? nil : Double(random.below(100)) / 7,
              ["core", "export", "api"][random.below(3)]
            ))
        }
        for _ in 0..<random.below(8) {
          let opened = start + random.below(500)
          let closed = random.below(4) == 0 ? nil : opened + random.below(30)
          tickets.append((tickets.count, account, opened, closed, closed.map { _ in 1 + random.below(5) }))
        }
      }
    }

    static func date(_ day: Int?) -> String {
      day.map { CalendarDate(daysSince1970: 19_700 + $0).description } ?? ""
    }

    /// As CSV; `before` cuts everything that isn't known just before that day.
    func texts(before now: Int = .max, shuffle seed: UInt64? = nil) -> [String: String] {
      func known(_ day: Int?) -> Int? { day.flatMap { $0 < now ? $0 : nil } }
      var random = SplitMix64(seed: seed ?? 0)
      func table(_ header: String, _ rows: [String]) -> String {
        ([header] + (seed == nil ? rows : rows.shuffled(using: &random))).joined(separator: "\n") + "\n"
      }
      return [
        "subscriptions": table(
          "subscription_id,account_id,start_date,end_date,mrr,seats,plan",
          subscriptions.filter { $0.start < now }.map {
            "s\($0.id),a\($0.account),\(Self.date($0.start)),\(Self.date(known($0.end))),\($0.id + 10),5,p\($0.id % 3)"
          }),
        "usage": table(
          "account_id,date,sessions,feature",
          usage.filter { $0.day < now }.map {
            "a\($0.account),\(Self.date($0.day)),\($0.sessions.map(\.description) ?? ""),\($0.feature)"
          }),
        "tickets": table(
          "ticket_id,account_id,opened_at,closed_at,csat",
          tickets.filter { $0.opened < now }.map {
            let isClosed = known($0.closed) != nil
            return "t\($0.id),a\($0.account),\(Self.date($0.opened)),\(Self.date(known($0.closed))),"
              + (isClosed ? $0.csat.map(String.init) ?? "" : "")
          }),
      ]
    }
  }

  private func plan() throws -> FeaturePlan {
    let month = FeatureWindow.trailing(.days(30))
    var plan = SmallBook.plan(
      try feature(.sum, of: "seats", in: "subscriptions", over: .running, name: "seats"),
      try feature(.last, of: "plan", in: "subscriptions", over: .running, name: "plan"),
      try feature(.sum, of: "sessions", over: month, .all, trend: .logRatio, lag: .days(30), name: "sum"),
      try feature(.mean, of: "sessions", over: month, per: "seats", name: "mean"),
      try feature(.min, of: "sessions", over: .first(days: 90), name: "min"),
      try feature(.distinct, of: "feature", over: month, name: "distinct"),
      try feature(.last, of: "sessions", where: "feature in (core, api)", name: "last"),
      try feature(.share, over: month, where: "feature = core", name: "share"),
      try feature(.daysSince, name: "since"),
      try feature(.mean, of: "csat", in: "tickets", name: "csat"),
      try feature(.count, in: "tickets", over: .running, name: "open"),
      tables: [SmallBook.subscriptions, SmallBook.usage, SmallBook.tickets])
    plan.churned = ChurnLabel(rule: .lapse(grace: 1))
    return plan
  }

  @Test("Deleting what happens on or after the date changes no feature", arguments: [UInt64(1), 2, 3])
  func theFutureIsNotRead(seed: UInt64) throws {
    let book = RandomBook(seed: seed)
    for now in [150, 260, 400] {
      let date = [RandomBook.date(now)]
      var plan = try plan()
      let whole = try SmallBook.run(plan, asOf: date, texts: book.texts())
      // In the cut tables nobody is seen to leave yet.
      plan.churned = nil
      plan.expanded = nil
      let cut = try SmallBook.run(plan, asOf: date, texts: book.texts(before: now))
      #expect(whole.table.rowCount > 10)
      for column in cut.table.columns { #expect(whole.table[column.name] == column, "\(column.name)") }
    }
  }

  @Test("The same bytes in any order of the rows and for any number of threads")
  func orderAndThreads() throws {
    let book = RandomBook(seed: 7)
    let dates = stride(from: 100, to: 500, by: 30).map { RandomBook.date($0) }
    let plain = try SmallBook.run(plan(), asOf: dates, texts: book.texts()).table.csv()
    for seed in [UInt64(1), 2] {
      let shuffled = try SmallBook.run(plan(), asOf: dates, threads: 4, texts: book.texts(shuffle: seed))
      #expect(shuffled.table.csv() == plain)
    }
  }

  @Test("Sums, counts and last values agree with a scan of all rows")
  func agreesWithAScan() throws {
    let book = RandomBook(seed: 11)
    let now = 300
    let run = try SmallBook.run(plan(), asOf: [RandomBook.date(now)], texts: book.texts())
    let ids = try SmallBook.cells(run, "account_id")
    for (row, id) in ids.enumerated() {
      let mine = book.usage.filter { "a\($0.account)" == id && $0.day < now }
      let recent = mine.filter { $0.day >= now - 30 }
      let sum = try #require(Double(try SmallBook.cells(run, "sum_30d")[row]))
      #expect(abs(sum - recent.compactMap(\.sessions).reduce(0, +)) < 1e-9)
      #expect(try SmallBook.cells(run, "distinct_30d")[row] == String(Set(recent.map(\.feature)).count))
      #expect(
        try SmallBook.cells(run, "since")[row] == (mine.map(\.day).max().map { String(now - $0) } ?? ""))
      let open = book.tickets.count {
        "a\($0.account)" == id && $0.opened < now && ($0.closed ?? .max) >= now
      }
      #expect(try SmallBook.cells(run, "open")[row] == String(open))
    }
    let there = Set(
      book.subscriptions.filter { $0.start < now && ($0.end ?? .max) >= now }.map { "a\($0.account)" })
    #expect(Set(ids) == there)
  }
}
