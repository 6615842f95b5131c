import Calendar
import Tables

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// One aggregate over one table, ready to be asked for any account, window and date. Everything lies in the
/// order of ``RowsByAccount``, so that a window is read straight through.
struct WindowAggregate: Sendable {
  let kind: FeatureDeclaration.Aggregate
  let rows: RowsByAccount
  /// What is aggregated, NaN where missing; codes for texts, days since 1970 for dates. Empty where nothing is.
  let values: [Double]
  /// Codes below `levels` for `distinct`.
  let levels: Int
  /// Which rows pass the filter; empty where all do.
  let passes: [Bool]
  /// From when on each row is known; empty where that is its start.
  let knownAt: [Int64]

  /// The value as known just before `asOf`; NaN is missing.
  func value(of account: Int, window: FeatureWindow, accountStart: Int64?, asOf: CalendarDate) -> Double {
    let now = asOf.seconds
    let range: Range<Int>
    switch window {
    case .all, .running: range = rows.positions(of: account, from: .min, to: now)
    case .trailing(let span):
      range = rows.positions(of: account, from: asOf.adding(span, times: -1).seconds, to: now)
    case .first(let days):
      guard let accountStart else { return .nan }
      range = rows.positions(
        of: account, from: .min, to: min(now, CalendarDate(seconds: accountStart).adding(days: days).seconds))
    }
    let mustRun = window == .running
    func isSeen(_ position: Int) -> Bool {
      (!mustRun || rows.end[position] >= now) && (knownAt.isEmpty || knownAt[position] < now)
    }
    func counts(_ position: Int) -> Bool {
      isSeen(position) && (passes.isEmpty || passes[position])
    }
    switch kind {
    case .count:
      return Double(range.count(where: counts))
    case .share:
      let seen = range.count(where: isSeen)
      return seen == 0 ? .nan : Double(range.count(where: counts)) / Double(seen)
    case .sum, .mean:
      var sum = 0.0
      var count = 0
      for position in range where counts(position) && !values[position].isNaN {
        sum += values[position]
        count += 1
      }
      return kind == .sum ? sum : count == 0 ? .nan : sum / Double(count)
    case .min, .max:
      var best = Double.nan
      for position in range where counts(position) && !values[position].isNaN {
        let value = values[position]
        if best.isNaN || (kind == .min ? value < best : value > best) { best = value }
      }
      return best
    case .distinct:
      return distinct(range.lazy.filter { counts($0) && !values[$0].isNaN })
    case .last:
      return range.last { counts($0) && !values[$0].isNaN }.map { values[$0] } ?? .nan
    case .daysSince:
      guard let last = range.last(where: { counts($0) && (values.isEmpty || !values[$0].isNaN) }) else {
        return .nan
      }
      let day = values.isEmpty ? Double(CalendarDate(seconds: rows.start[last]).daysSince1970) : values[last]
      return Double(asOf.daysSince1970) - day
    case .daysUntil:
      guard let last = range.last(where: { counts($0) && !values[$0].isNaN }) else { return .nan }
      return values[last] - Double(asOf.daysSince1970)
    case .attribute:
      return .nan
    }
  }

  private func distinct(_ positions: some Sequence<Int>) -> Double {
    guard levels <= 64 else { return Double(Set(positions.map { values[$0] }).count) }
    var seen: UInt64 = 0
    for position in positions { seen |= 1 << UInt64(values[position]) }
    return Double(seen.nonzeroBitCount)
  }
}

extension FeatureDeclaration.Trend {
  /// `now` against `before`; NaN is missing.
  func value(now: Double, before: Double) -> Double {
    switch self {
    case .difference: now - before
    case .logRatio: now > -1 && before > -1 ? log1p(now) - log1p(before) : .nan
    }
  }
}

extension CalendarDate {
  /// Midnight at the beginning of the day, UTC.
  var seconds: Int64 { Int64(daysSince1970) * 86_400 }

  /// The day that holds this second.
  init(seconds: Int64) {
    self.init(daysSince1970: Int((Double(seconds) / 86_400).rounded(.down)))
  }
}
