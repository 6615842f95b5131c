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
      let old = try Self.standings(asOf: Self.run(asOf: before, database, path).date, database, path)
      let new = try Self.standings(asOf: Self.run(asOf: now, database, path).date, database, path)
      let byID = Dictionary(old.map { ($0.assignment.id, $0) }, uniquingKeysWith: { first, _ in first })
      return new.flatMap { standing -> [ReviewLine] in
        guard let was = byID[standing.assignment.id] else { return [] }
        return QuarterlyReview.changes(
          from: was.snapshot, to: standing.snapshot, healthPoints: healthPoints
        ).map {
          ReviewLine(
            account: standing.assignment.id, change: $0, from: was.earned, to: standing.earned,
            tier: standing.assignment.tier)
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
          SELECT s.account, s.tier, coalesce(r.last, f.first, s.since) FROM standing s
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
  fileprivate var snapshot: QuarterlyReview.Snapshot {
    QuarterlyReview.Snapshot(
      earned: earned, arr: assignment.arr, designation: state.designation, isAtHighRisk: isAtHighRisk,
      health: health)
  }
}
