import Calendar
import Tables

/// One column of the result, ready to be computed for any account and date.
struct FeatureColumn: Sendable {
  enum Source: Sendable {
    /// Days since the account began.
    case tenure
    /// 1 while the tenure is below so many days.
    case onboarding(days: Int)
    /// A value for each account.
    case attribute([Double])
    case attributeDay([Double], sign: Double)
    case aggregate(WindowAggregate, FeatureWindow, per: Int?)
    case trend(WindowAggregate, FeatureWindow, FeatureDeclaration.Trend, lag: CalendarSpan)
  }

  enum Kind: Sendable {
    case numeric, boolean
    /// Values are codes of these levels.
    case text([String])
  }

  let name: String
  let group: FeatureGroup
  let kind: Kind
  let source: Source

  /// The column further up that this one is divided by.
  var divisor: Int? {
    if case .aggregate(_, _, let per) = source { per } else { nil }
  }

  /// The value just before `asOf`, before any division. NaN is missing.
  func value(of account: Int, start: Int64?, asOf: CalendarDate) -> Double {
    switch source {
    case .tenure:
      return Self.tenure(start, asOf)
    case .onboarding(let days):
      let tenure = Self.tenure(start, asOf)
      return tenure.isNaN ? .nan : tenure < Double(days) ? 1 : 0
    case .attribute(let values):
      return values[account]
    case .attributeDay(let days, let sign):
      return sign * (days[account] - Double(asOf.daysSince1970))
    case .aggregate(let aggregate, let window, _):
      return aggregate.value(of: account, window: window, accountStart: start, asOf: asOf)
    case .trend(let aggregate, let window, let trend, let lag):
      // What was known then, against what is known now.
      return trend.value(
        now: aggregate.value(of: account, window: window, accountStart: start, asOf: asOf),
        before: aggregate.value(
          of: account, window: window, accountStart: start, asOf: asOf.adding(lag, times: -1)))
    }
  }

  private static func tenure(_ start: Int64?, _ asOf: CalendarDate) -> Double {
    start.map { Double(asOf.daysSince1970 - CalendarDate(seconds: $0).daysSince1970) } ?? .nan
  }

  /// The finished column from its values.
  func column(_ values: [Double]) -> Column {
    switch kind {
    case .numeric: Column(name: name, values: .numeric(values))
    case .boolean: Column(name: name, values: .boolean(values.map { $0.isNaN ? -1 : Int8($0) }))
    case .text(let levels):
      Column(
        name: name,
        values: .text(CodedText(codes: values.map { $0.isNaN ? -1 : Int32($0) }, levels: levels)))
    }
  }
}
