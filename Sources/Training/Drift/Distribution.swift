public import Metrics
import StableNumerics
import Tables

/// How a column was distributed: counts, not rows, so that it can be kept beside a model.
public enum Distribution: Sendable, Equatable {
  /// Numbers: `counts[k]` values lie above `edges[k − 1]` and up to `edges[k]`; the last count lies above all
  /// edges. Edges are the deciles, fewer where they coincide.
  case numbers(edges: [Double], counts: [Int], moments: Moments)
  /// Levels in ascending order with their counts; a boolean's are `false` and `true`.
  case levels([LevelCount])

  public struct LevelCount: Sendable, Equatable {
    public let level: String
    public let count: Int

    public init(level: String, count: Int) {
      self.level = level
      self.count = count
    }
  }

  /// Of the values that aren't NaN, in bins of their own or those of `other`.
  public init(numbers values: [Double], binnedAs other: Distribution? = nil) {
    let sorted = ascending(values.filter { !$0.isNaN })
    if case .numbers(let edges, _, _) = other {
      self = .numbers(
        edges: edges, counts: Self.counts(of: sorted, edges: edges), moments: Moments(ascending: sorted))
      return
    }
    var edges: [Double] = []
    for decile in 1..<10 where !sorted.isEmpty {
      let edge = sorted[min(sorted.count - 1, sorted.count * decile / 10)]
      if edges.last != edge { edges.append(edge) }
    }
    // A bin of their own for values below all that were seen, where the lowest fills a bin by itself.
    if let first = edges.first, first == sorted.first { edges.insert(first.nextDown, at: 0) }
    self = .numbers(
      edges: edges, counts: Self.counts(of: sorted, edges: edges), moments: Moments(ascending: sorted))
  }

  /// Levels with their counts; those that do not occur are left out, counts of a level that is there twice added.
  public init(levels counts: some Sequence<(String, Int)>) {
    let counts = Dictionary(counts.filter { $0.1 > 0 }, uniquingKeysWith: +)
    self = .levels(counts.sorted { $0.key < $1.key }.map { LevelCount(level: $0.key, count: $0.value) })
  }

  /// How many values are present.
  public var count: Int {
    switch self {
    case .numbers(_, let counts, _): counts.reduce(0, +)
    case .levels(let levels): levels.reduce(0) { $0 + $1.count }
    }
  }

  /// Values in ascending order by the edges that aren't below them.
  private static func counts(of ascending: [Double], edges: [Double]) -> [Int] {
    var counts: [Int] = []
    var start = 0
    for edge in edges {
      var (low, high) = (start, ascending.count)  // the first value above the edge
      while low < high {
        let middle = (low + high) / 2
        if ascending[middle] > edge { high = middle } else { low = middle + 1 }
      }
      counts.append(low - start)
      start = low
    }
    return counts + [ascending.count - start]
  }
}

extension Distribution {
  /// Of a column's rows; dates count as numbers of seconds.
  init(_ values: ColumnValues, rows: [Int], binnedAs other: Distribution? = nil) {
    switch values {
    case .numeric(let numbers): self.init(numbers: rows.map { numbers[$0] }, binnedAs: other)
    case .text(let text):
      self.init(levels: zip(text.levels, text.levelCounts(rows: rows)))
    case .boolean(let flags):
      self.init(
        levels: [("false", Int8(0)), ("true", 1)].map { level, code in
          (level, rows.count { flags[$0] == code })
        })
    case .date(let dates):
      self.init(
        numbers: rows.map { dates.seconds[$0] == Dates.missing ? .nan : Double(dates.seconds[$0]) },
        binnedAs: other)
    }
  }
}
