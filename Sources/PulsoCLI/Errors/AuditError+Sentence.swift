import Tables
import Training

extension AuditError: Complaining {
  var complaint: Complaint {
    switch self {
    case .table(let error): error.complaint
    case .outcome(let error): error.complaint
    case .scoreIsNoNumber(let column):
      Complaint(
        .badData, at: SourcePlace(column: column), "the score is neither a number nor a colour",
        hint: "name a column of numbers, or of green, yellow and red")
    case .inputIsNoNumber(let column):
      Complaint(
        .badData, at: SourcePlace(column: column), "an input of the score must be a number",
        hint: "leave it out of --inputs")
    }
  }
}

extension OutcomeError: Complaining {
  var complaint: Complaint {
    switch self {
    case .positiveNeeded(let column, let known):
      Complaint(
        .badData, at: SourcePlace(column: column),
        "which value means that the event happened? The column holds \(known.joined(separator: ", "))",
        hint: "say so with --positive VALUE")
    case .positiveUnknown(let column, let value, let known):
      Complaint(
        .badData, at: SourcePlace(column: column),
        "no row has the value \(value); the column holds \(known.joined(separator: ", "))",
        hint: "give one of these with --positive, or leave rows without an outcome empty")
    }
  }
}
