public import Calendar
internal import GRDB
public import Segmentation

/// A line of the quarterly review (MIG-03).
public struct ReviewLine: Sendable, Hashable {
  public var account: String
  public var change: QuarterlyReview.Change
  /// The tier at the last review and the one that today's facts earn.
  public var from: Tier
  public var to: Tier
  /// The tier that holds.
  public var tier: Tier
}

/// An account whose tier nobody has looked at for too long (MIG-04).
public struct OverdueReview: Sendable, Hashable {
  public var account: String
  public var tier: Tier
  /// The last review, or the day the account was first seen.
  public var last: CalendarDate
  public var due: CalendarDate
}

extension History {
  /// What changed between the last run on or before `before` and the last on or before `now`, by account.
  public func review(from before: CalendarDate, to now: CalendarDate, healthPoints: Double = 15)
    throws(HistoryError) -> [ReviewLine]
  {
    try reading { database in
      let old = try Self.standings(asOf: Self.run(asOf: before, database, path).0.date, database)
      let new = try Self.standings(asOf: Self.run(asOf: now, database, path).0.date, database)
      let places = try Places(database, path: path)
      let byID = Dictionary(old.map { ($0.account, $0) }, uniquingKeysWith: { first, _ in first })
      return try new.flatMap { standing -> [ReviewLine] in
        guard let was = byID[standing.account] else { return [] }
        let from = try places.place(of: was)
        let to = try places.place(of: standing)
        return QuarterlyReview.changes(
          from: was.snapshot(from), to: standing.snapshot(to), healthPoints: healthPoints
        ).map {
          ReviewLine(
            account: standing.account, change: $0, from: from.earned, to: to.earned, tier: to.tier)
        }
      }
    }
  }

  /// The accounts of the last run whose review is overdue on `today`, by account.
  public func overdueReviews(on today: CalendarDate, service: ServiceLevels) throws(HistoryError)
    -> [OverdueReview]
  {
    try reading { database in
      let cursor = try Row.fetchCursor(
        database,
        sql: """
          SELECT s.account, p.tier, coalesce(r.last, f.first, s.since) FROM standing s
          JOIN place p ON p.id = s.place
          LEFT JOIN (SELECT account, max(date) AS last FROM review WHERE date <= ?1 GROUP BY account) r
            ON r.account = s.account
          LEFT JOIN (SELECT account, min(since) AS first FROM former GROUP BY account) f
            ON f.account = s.account
          ORDER BY s.account
          """, arguments: [today.description])
      var overdue: [OverdueReview] = []
      while let row = try cursor.next() {
        guard let tier = Tier(code: row[1]), let last = CalendarDate(iso8601: row[2]) else {
          throw HistoryError.corrupted(path: path, table: "standing", column: "tier", value: row[1])
        }
        if service.reviewIsOverdue(last: last, tier: tier, today: today) {
          overdue.append(
            OverdueReview(
              account: row[0], tier: tier, last: last, due: service.reviewDue(after: last, tier: tier)))
        }
      }
      return overdue
    }
  }
}

extension Standing {
  fileprivate func snapshot(_ place: Place) -> QuarterlyReview.Snapshot {
    QuarterlyReview.Snapshot(
      earned: place.earned, arr: arr, designation: place.state.designation, isAtHighRisk: place.isAtHighRisk,
      health: health)
  }
}
