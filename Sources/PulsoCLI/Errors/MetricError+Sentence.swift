import Metrics

extension MetricError: Complaining {
  var complaint: Complaint {
    switch self {
    case .noRows:
      Complaint(
        .badData, "no row has both a score and an outcome", hint: "look at the columns named for empty cells")
    case .oneClass(let events, _):
      Complaint(
        .badData, events > 0 ? "every row has the event" : "no row has the event",
        hint: "take a table in which some accounts left and some stayed")
    case .constantScore:
      Complaint(
        .badData, "the score is the same in every row", hint: "there is nothing to compare the outcomes with")
    case .separated:
      Complaint(
        .badData, "the score tells the outcomes apart without error",
        hint: "look for a column that already holds the outcome")
    case .lengthsDiffer(let expected, let found):
      Complaint(.defect, "\(found) values where \(expected) were expected")
    case .notAnOutcome(let row, let value):
      Complaint(.badData, "row \(row + 1): \(value) is neither 0 nor 1")
    case .notFinite(let row):
      Complaint(.badData, "row \(row + 1): the score is not a finite number")
    case .notAProbability(let row, let value):
      Complaint(.badData, "row \(row + 1): \(value) is not a probability")
    case .notAWeight(let row, let value):
      Complaint(.badData, "row \(row + 1): \(value) is not a weight", hint: "weights are 0 or more")
    case .badParameter(let name, let value):
      Complaint(.usage, "\(name) cannot be \(value)")
    }
  }
}
