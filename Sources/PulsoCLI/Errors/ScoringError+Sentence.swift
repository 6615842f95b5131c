import Features
import Scoring
import Tables

extension ScoringError: Complaining {
  var complaint: Complaint { complaint(at: SourcePlace()) }

  /// The complaint about a row whose place is known.
  func complaint(at place: SourcePlace) -> Complaint {
    var place = place
    switch self {
    case .missingValue(let column, _):
      place.column = column
      return Complaint(
        .badData, at: place, "the model was trained without missing values, and here is one",
        hint: "leave such rows out with --on-bad-row skip, or train with --recipe auto")
    case .notFinite:
      return Complaint(.badData, at: place, "the numbers in this row are too large to score")
    case .unknownInput(let name, let known):
      return Complaint(
        .usage, "the model has no input \(name)", hint: "it has \(known.joined(separator: ", "))")
    case .wrongKind(let input, let expected):
      return Complaint(
        .badData, at: SourcePlace(column: input), "the model needs a \(expected.rawValue) value")
    case .recipe(let error):
      var complaint = error.complaint
      complaint.place.file = place.file
      return complaint
    case .offset(let column, let found):
      place.column = column
      return Complaint(
        .badData, at: place,
        found == nil
          ? "the model was trained with this offset column and the table lacks it"
          : "the model's offset must be a number")
    case .columnCount(let count, let expected):
      return Complaint(.badData, at: place, "the model has \(expected) inputs, and \(count) columns came")
    case .unequalLengths(let input, let count, let expected):
      place.column = input
      return Complaint(.badData, at: place, "\(count) values where the other columns have \(expected)")
    case .modelsDisagree(let column, let model):
      return Complaint(
        .usage, "the model \(model) reads the column \(column) as another kind than the models before it",
        hint: "score one model at a time with --model")
    case .noCovariance(let model):
      return Complaint(
        .usage, "the model \(model) has no covariance, so that its scores have no intervals",
        hint: "leave out --intervals, or train it again")
    }
  }
}
