/// What happened to the rows, in the order of a score: all that a measure of ranking needs.
///
/// A high score stands for the event. Rows that share a score form one ``Tie``; every measure treats a tie
/// by what a random order within it gives on average. Weights count as repetitions: weight 2 is the row
/// twice, weight 0 is no row. Making one costs O(n), every measure after that O(ties).
public struct RankedOutcomes: Sendable, Equatable {
  /// The rows of one score.
  public struct Tie: Sendable, Equatable {
    public let score: Double
    /// Weight of the rows with the event.
    public internal(set) var events: Double
    /// Weight of the rows without.
    public internal(set) var nonEvents: Double

    public var weight: Double { events + nonEvents }
  }

  /// Highest score first.
  public let ties: [Tie]
  /// Total weight of the rows with the event; above 0.
  public let events: Double
  /// Total weight of the rows without; above 0.
  public let nonEvents: Double

  public var weight: Double { events + nonEvents }
  public var eventRate: Double { events / weight }

  /// - Throws: ``MetricError`` where lengths differ, an outcome is neither 0 nor 1, a score or weight is
  ///   no number, or all outcomes are the same.
  public init(outcomes: [Double], scores: [Double], weights: [Double]? = nil) throws(MetricError) {
    try self.init(checkedRows(outcomes: outcomes, scores: scores, weights: weights))
  }

  init(_ rows: [CheckedRow]) throws(MetricError) {
    var ties: [Tie] = []
    for row in rows.reversed() {
      if ties.last?.score != row.score { ties.append(Tie(score: row.score, events: 0, nonEvents: 0)) }
      if row.outcome == 1 {
        ties[ties.count - 1].events += row.weight
      } else {
        ties[ties.count - 1].nonEvents += row.weight
      }
    }
    self.ties = ties
    events = ties.reduce(0) { $0 + $1.events }
    nonEvents = ties.reduce(0) { $0 + $1.nonEvents }
    guard events > 0, nonEvents > 0 else { throw .oneClass(events: events, nonEvents: nonEvents) }
  }
}
