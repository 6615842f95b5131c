import StableNumerics
import Tables

/// Which rows learn and which are predicted, split by split, and what to call it.
struct ValidationSplits: Sendable {
  struct Split: Sendable {
    let training: [Int]
    let validation: [Int]
  }

  let scheme: String
  let splits: [Split]

  /// Folds over `positions` as the options say: forward in time where there is a time column, else stratified
  /// with groups kept together.
  init(_ data: TrainingRows, _ options: TrainingOptions, positions: [Int]) throws(TrainingError) {
    if let times = data.times, options.holdout == nil {
      self = try Self.forward(data, times, folds: options.folds, positions: positions)
      return
    }
    let folds = try Folds.stratified(
      outcomes: positions.map { data.outcomes[$0] },
      bands: data.fittedBands.map { all in positions.map { all[$0] } },
      groups: data.groups.map { all in positions.map { all[$0] } }, count: options.folds, seed: options.seed)
    scheme = data.groups == nil ? "stratified \(options.folds)-fold" : "grouped \(options.folds)-fold"
    splits = (0..<options.folds).map { fold in
      let (training, validation) = Folds.split(folds, fold)
      return Split(training: training.map { positions[$0] }, validation: validation.map { positions[$0] })
    }
  }

  private init(scheme: String, splits: [Split]) {
    self.scheme = scheme
    self.splits = splits
  }

  /// Accounts with an event from which a fit can be asked to predict.
  private static let leastEvents = 5

  /// folds + 1 stretches of time with about the same number of rows; each but the first is predicted from the rows
  /// whose outcome was known when it began, where they hold ``leastEvents``. A date is never cut in two.
  private static func forward(
    _ data: TrainingRows, _ times: [Int64], folds: Int, positions: [Int]
  ) throws(TrainingError) -> ValidationSplits {
    let sorted = positions.map { times[$0] }.sorted()
    var starts: [Int64] = []
    for stretch in 1...folds {
      let start = sorted[stretch * sorted.count / (folds + 1)]
      if start > starts.last ?? sorted[0] { starts.append(start) }
    }
    guard let last = sorted.last, !starts.isEmpty else {
      throw .emptyHoldout(detail: "all rows have the same date")
    }
    var splits: [Split] = []
    for (index, start) in starts.enumerated() {
      let end = index + 1 < starts.count ? starts[index + 1] : last + 1
      let training = positions.filter { data.isKnown($0, before: start) }
      let hasRest = training.contains { row in
        data.fittedBands.map { $0[row] == 0 } ?? (data.outcomes[row] < 1)
      }
      guard data.eventCount(training) >= leastEvents, hasRest else { continue }
      splits.append(
        Split(training: training, validation: positions.filter { times[$0] >= start && times[$0] < end }))
    }
    guard !splits.isEmpty else {
      throw .emptyHoldout(
        detail: "no cut has \(leastEvents) accounts with an event, and one without, known before it")
    }
    return ValidationSplits(scheme: "forward in time, \(splits.count) stretches" + data.gap, splits: splits)
  }

  /// The rows that a holdout keeps aside: the latest, or a random share with groups kept together. Between the two
  /// sides of a date lie the rows whose outcome was not known then.
  static func holdout(
    _ data: TrainingRows, _ options: TrainingOptions
  ) throws(TrainingError) -> (training: [Int], validation: [Int], scheme: String)? {
    guard let holdout = options.holdout else { return nil }
    let positions = Array(data.rows.indices)
    let training: [Int]
    let validation: [Int]
    let scheme: String
    switch (holdout, data.times) {
    case (.from(let date), let times?):
      let start = Int64(date.daysSince1970) * 86_400
      training = positions.filter { data.isKnown($0, before: start) }
      validation = positions.filter { times[$0] >= start }
      scheme = "rows from \(date) on" + data.gap
    case (.from, nil):
      throw .invalidOption(name: "--holdout", detail: "a date needs a time column")
    case (.fraction(let share), let times?):
      let sorted = times.sorted()
      let start = sorted[min(sorted.count - 1, Int((1 - share) * Double(sorted.count)))]
      training = positions.filter { data.isKnown($0, before: start) }
      validation = positions.filter { times[$0] >= start }
      let (day, _) = start.quotientAndRemainder(dividingBy: 86_400)
      scheme = "rows from \(CalendarDate(daysSince1970: Int(day))) on" + data.gap
    case (.fraction(let share), nil):
      let count = max(2, Int((1 / share).rounded()))
      let folds = try Folds.stratified(
        outcomes: data.outcomes, bands: data.fittedBands, groups: data.groups, count: count,
        seed: options.seed &+ 3)
      training = positions.filter { folds[$0] != 0 }
      validation = positions.filter { folds[$0] == 0 }
      scheme = "random \(data.groups == nil ? "rows" : "groups"), one in \(count)"
    }
    for (rows, side) in [(training, "before"), (validation, "after")] {
      let events = rows.count { data.outcomes[$0] > 0 }
      if events == 0 || rows.allSatisfy({ data.outcomes[$0] >= 1 }) {
        throw .emptyHoldout(detail: "\(rows.count) rows \(side) the cut, \(events) of them events")
      }
    }
    return (training, validation, scheme)
  }
}
