import Calendar
import Features
import Metrics
import Tables

extension TrainingWarning {
  /// What the rows as a whole say: the same row more than once, outcomes that hang on the order of the file.
  static func rows(_ data: TrainingRows) -> [TrainingWarning] {
    [duplicates(data), order(data)].compactMap { $0 }
  }

  /// Rows that the fit could not use, and outcomes that were not known when the split says so.
  static func leftOut(
    _ data: TrainingRows, _ options: TrainingOptions, _ report: TrainingReport
  ) -> [TrainingWarning] {
    var warnings: [TrainingWarning] = []
    let share = Double(report.rowsDropped) / Double(data.rows.count)
    if share > 0.05 {
      warnings.append(
        TrainingWarning(
          .rowsLeftOut,
          "\(report.rowsDropped) of \(data.rows.count) rows lack a value and are left out, in the fit and in every figure of quality: those figures are for complete rows only; --recipe auto keeps them all"
        ))
    }
    if let prior = options.prior {
      var isLater = false
      if let first = data.times?.min(), let last = prior.learnedUntil {
        isLater = first >= Int64(last.daysSince1970 + 1) * 86_400
      }
      if !isLater {
        warnings.append(
          TrainingWarning(
            .priorSawRows,
            "the prior \(prior.name) may have learned from these rows too: they then count twice, and quality looks better than it is; train on rows after \(prior.learnedUntil.map(String.init(describing:)) ?? "those it learned from") with --time, or leave --prior out"
          ))
      }
    }
    if data.times != nil, data.groups != nil, options.horizon == nil {
      warnings.append(
        TrainingWarning(
          .horizonUnknown,
          "accounts repeat over time, and how far ahead the outcome looks is not stated: rows whose outcome came after the cut help to predict past it, and quality looks better than it will be; say it, as in --horizon 90d"
        ))
    }
    return warnings
  }

  /// Rows that repeat another in every column. Where no column tells rows apart (neither an id nor a number
  /// with more than 100 values), equal rows are to be expected.
  private static func duplicates(_ data: TrainingRows) -> TrainingWarning? {
    let copies = data.rows.count - Set(data.contentHashes).count
    guard copies > 0, data.trials == nil, data.weights == nil, data.id != nil || hasManyValues(data) else {
      return nil
    }
    let share = Double(copies) / Double(data.rows.count)
    guard data.id != nil || share > 0.005 else { return nil }
    return TrainingWarning(
      .duplicatedRows,
      "\(copies) of \(data.rows.count) rows repeat another one in every column: each copy counts again, and validation may have seen its twin; keep one of each"
        + (data.id == nil ? ", or name the account with --id" : "")
    )
  }

  private static func hasManyValues(_ data: TrainingRows) -> Bool {
    data.features.contains { name in
      guard case .numeric(let values)? = data.table[name]?.values else { return false }
      return Set(data.rows.prefix(10_000).map { values[$0] }).count > 100
    }
  }

  /// The outcome follows the row number: an AUC away from ½ by .1 and by five standard deviations of an AUC
  /// without signal (Mann & Whitney 1947). Not asked where a time column says what the order may mean.
  private static func order(_ data: TrainingRows) -> TrainingWarning? {
    guard data.times == nil, data.trials == nil,
      let area = try? RankedOutcomes(
        outcomes: data.outcomes, scores: data.rows.map(Double.init), weights: data.weights
      ).auc
    else { return nil }
    let events = data.outcomes.reduce(0, +)
    let others = Double(data.outcomes.count) - events
    let deviation = ((events + others + 1) / (12 * events * others)).squareRoot()
    guard (area - 0.5).magnitude > max(0.1, 5 * deviation) else { return nil }
    return TrainingWarning(
      .rowOrder,
      "the outcome follows the order of the rows (the row number alone has AUC \(short(max(area, 1 - area)))): where the order is time, name the date with --time, so that validation looks forward; where the file was sorted or put together from two sources, see to it that no column tells them apart"
    )
  }
}
