import Tables
import Training

extension TrainingError: Complaining {
  var complaint: Complaint {
    switch self {
    case .noRows:
      Complaint(
        .badData, "there is no row with a known outcome", hint: "train needs rows whose target is filled")
    case .unknownColumn(let option, let name, let known):
      Complaint(
        .badData, "\(option): there is no column \(name)",
        hint: "the table has \(known.joined(separator: ", "))")
    case .targetNotBinary(let column, let count, let values):
      Complaint(
        .badData, at: .init(column: column),
        "the target has \(count > 5 ? "more than two" : "\(count)") values: \(values.joined(separator: ", "))\(count > values.count ? ", …" : "")",
        hint:
          "a logistic regression needs two: filter or recode the column first; low, medium and high are fitted as ordered bands with --role expansion"
      )
    case .positiveUnknown(let column, let value, let values):
      Complaint(
        .badData, at: .init(column: column), "no row has the value \(value) of --positive",
        hint: "the column has \(values.joined(separator: ", "))")
    case .positiveNeeded(let column, let values) where values.isEmpty:
      Complaint(.badData, at: .init(column: column), "no row has a value in the outcome column")
    case .positiveNeeded(let column, let values):
      Complaint(
        .usage, at: .init(column: column), "which of \(values.joined(separator: " and ")) is the event?",
        hint: "say it with --positive \(values.last ?? "VALUE")")
    case .oneClass(let column, let value, let rows):
      Complaint(
        .badData, at: .init(column: column), "all \(rows) rows with an outcome say \(value)",
        hint: "a model needs rows with the event and rows without it")
    case .wrongKind(let option, let column, let expected, let found):
      Complaint(
        .badData, at: .init(column: column),
        "\(option) needs \(expected), and this column holds \(found.rawValue) values")
    case .badValue(let option, let column, let row, let value, let expected):
      Complaint(
        .badData, at: .init(column: column), "\(option): data row \(row + 1) is \(value)",
        hint: "expected \(expected)")
    case .tooFewForFolds(let folds, let smallest, let what):
      Complaint(
        .badData, "\(smallest) \(what) are too few for \(folds) folds",
        hint: smallest >= 2
          ? "--folds \(smallest), or --folds 0 for no validation"
          : "--folds 0 with --lambda NUMBER fits without validation")
    case .emptyHoldout(let detail):
      Complaint(
        .badData, "the holdout leaves nothing to learn from or to validate on: \(detail)",
        hint: "choose another --holdout; both sides need rows with the event and rows without it")
    case .noFeatures(let considered):
      Complaint(
        .badData, "no feature is left",
        hint: "of \(considered.joined(separator: ", ")): check --features and --exclude")
    case .allRowsIncomplete(let columns):
      Complaint(
        .badData, "every row lacks a value in one of \(columns.joined(separator: ", "))",
        hint: "--recipe auto fills missing values; or --exclude such columns")
    case .notValidated:
      Complaint(
        .usage, "a comparison needs rows that the model had not seen", hint: "give --folds or --holdout")
    case .notForBands(let option, let highest):
      Complaint(
        .usage, "\(option) does not go with an outcome of three ordered bands",
        hint: "leave it out, or fit the highest band against the others with --positive \(highest)")
    case .invalidOption(let name, let detail):
      Complaint(.usage, "\(name): \(detail)")
    }
  }
}
