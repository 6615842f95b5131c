import Features
import Tables

extension RecipeError: Complaining {
  var complaint: Complaint {
    switch self {
    case .missingColumn(let name, let known):
      Complaint(
        .badData, at: SourcePlace(column: name), "the model needs this column and the table lacks it",
        hint: "the table has \(known.joined(separator: ", "))")
    case .wrongKind(let column, let expected, let found):
      Complaint(
        .badData, at: SourcePlace(column: column),
        "the model needs \(expected.words), the table has \(found.words)",
        hint: "look for a cell of another kind, or train the model again on such data")
    case .unknownFeature(let name, let known):
      Complaint(
        .badData, at: SourcePlace(column: name),
        "there is no such column to use as a feature or to leave out",
        hint: "the table has \(known.joined(separator: ", "))")
    case .reservedFeature(let name):
      Complaint(
        .usage, at: SourcePlace(column: name), "this column has another part and cannot be a feature",
        hint: "the id, target, weight, offset, group and time columns never are features")
    case .noFeatureLeft(let leftOut):
      Complaint(
        .badData, "no feature is left to learn from",
        hint: leftOut.isEmpty
          ? "the table needs columns beside the id and the target"
          : "left out: " + leftOut.map { "\($0.name) (\($0.reason.words))" }.joined(separator: ", "))
    case .noCompleteRow(let column, let missing, let rows):
      Complaint(
        .badData, at: SourcePlace(column: column),
        "every row lacks some value; this column lacks \(missing) of \(rows)",
        hint: "leave the column out with --exclude, or fill missing values with --recipe auto")
    }
  }
}

extension LeftOutColumn.Reason {
  var words: String {
    switch self {
    case .constant: "the same in every row"
    case .date: "a date"
    case .identifier(let levels): "\(levels) distinct texts"
    }
  }
}

extension RecipeInput.Kind {
  fileprivate var words: String {
    switch self {
    case .numeric: "numbers"
    case .categorical: "text"
    case .boolean: "true or false"
    }
  }
}

extension ColumnKind {
  fileprivate var words: String {
    switch self {
    case .numeric: "numbers"
    case .text: "text"
    case .boolean: "true and false"
    case .date: "dates"
    }
  }
}
