public import Calendar
internal import GRDB
public import Segmentation

/// What a tier kept of the accounts that stood in it at the start of a period (TIR-31).
public struct TierRetention: Sendable, Hashable {
  public let tier: Tier
  public internal(set) var accounts = 0
  public internal(set) var kept = 0
  /// The ARR at the start, and what of it is still there; growth doesn't count.
  public internal(set) var arr = 0.0
  public internal(set) var keptARR = 0.0

  /// 0–1.
  public var retention: Double { Double(kept) / Double(max(1, accounts)) }
  /// 0–1; nil without ARR.
  public var arrRetention: Double? { arr > 0 ? keptARR / arr : nil }
}

extension History {
  /// Retention by the tier that held after the last run on or before `before`, seen from the last on or before
  /// `now`; tiers with accounts only. An account merged into another is kept where that one is.
  public func retention(from before: CalendarDate, to now: CalendarDate) throws(HistoryError)
    -> [TierRetention]
  {
    try reading { database in
      let end = try Self.run(asOf: now, database, path).0.date
      let old = try Self.standings(asOf: Self.run(asOf: before, database, path).0.date, database)
      let new = try Self.standings(asOf: end, database)
      let places = try Places(database, path: path)
      let decisions = try Self.decisions(database, on: end, path: path)
      let arrNow = Dictionary(new.map { ($0.account, $0.arr) }, uniquingKeysWith: { first, _ in first })
      var lines = Tier.allCases.map { TierRetention(tier: $0) }
      for standing in old {
        let row = try places.place(of: standing).tier.rawValue - 1
        lines[row].accounts += 1
        lines[row].arr += standing.arr ?? 0
        guard let arr = arrNow[standing.account] ?? arrNow[decisions.survivor(of: standing.account)] else {
          continue
        }
        lines[row].kept += 1
        lines[row].keptARR += min(standing.arr ?? 0, arr ?? 0)
      }
      return lines.filter { $0.accounts > 0 }
    }
  }

  /// The day on which somebody last looked at each account's tier, up to `day` (MIG-13).
  public func lastReviews(on day: CalendarDate) throws(HistoryError) -> [String: CalendarDate] {
    try reading { database in
      let rows = try SQLStatement(
        database, "SELECT account, max(date) FROM review WHERE date <= ? GROUP BY account")
      rows.bind(1, day.description)
      var reviews: [String: CalendarDate] = [:]
      while try rows.step() {
        let text = rows.text(1) ?? "NULL"
        guard let date = CalendarDate(iso8601: text) else {
          throw HistoryError.corrupted(path: path, table: "review", column: "date", value: text)
        }
        reviews[rows.text(0) ?? ""] = date
      }
      return reviews
    }
  }
}
