import Tables
import Training

extension DriftError: Complaining {
  var complaint: Complaint {
    switch self {
    case .scoring(let error): error.complaint
    case .metric(let error): error.complaint
    case .noRows: Complaint(.badData, "the table has no rows", hint: "there is nothing to compare")
    case .unknownInput(let name):
      Complaint(
        .badConfiguration, at: SourcePlace(column: name),
        "the baseline is of another model: it lacks this input",
        hint: "compare with the training table itself: --baseline TABLE")
    }
  }
}

extension BaselineError: Complaining {
  var complaint: Complaint {
    let remedy = "compare with the training table itself (--baseline TABLE), or train again"
    return switch self {
    case .notFound(let path):
      Complaint(.noInput, at: SourcePlace(file: path), "there is no baseline beside the model", hint: remedy)
    case .unreadable(let path, let reason):
      Complaint(.inputOutput, at: SourcePlace(file: path), "cannot be read: \(reason)")
    case .notABaseline(let path):
      Complaint(.badConfiguration, at: SourcePlace(file: path), "this is not a baseline", hint: remedy)
    case .unknownFormatVersion(let path, let version):
      Complaint(
        .badConfiguration, at: SourcePlace(file: path), "a later pulso wrote this (format \(version))",
        hint: "use that version")
    case .damaged(let path):
      Complaint(
        .badConfiguration, at: SourcePlace(file: path), "the file was changed after it was written",
        hint: remedy)
    }
  }
}
