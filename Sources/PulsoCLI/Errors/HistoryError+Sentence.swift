import History
import Tables

extension HistoryError: Complaining {
  var complaint: Complaint {
    switch self {
    case .missing(let path):
      Complaint(
        .noInput, at: SourcePlace(file: path), "there is no such history",
        hint: "`pulso segment TABLE --history \(path)` starts one")
    case .notAHistory(let path):
      Complaint(
        .badData, at: SourcePlace(file: path), "is not a history of pulso; it was left as it is",
        hint: "give another file, or restore this one from a copy if it was one")
    case .newerVersion(let path):
      Complaint(
        .badConfiguration, at: SourcePlace(file: path), "was written by a later version of pulso",
        hint: "update pulso")
    case .locked(let path, let seconds):
      Complaint(
        .inputOutput, at: SourcePlace(file: path),
        "another run holds the history; waited \(seconds.inWords) seconds",
        hint: "run again when the other one is done")
    case .olderThanLast(let date, let last):
      Complaint(
        .badData, "\(date) lies before the last run, \(last), and was not run that day",
        hint: "`pulso history as-of \(date)` shows what held then; only \(last) or later can be run")
    case .noRun(let date, let first):
      Complaint(
        .badData, "nothing was run on or before \(date)",
        hint: first.map { "the first run is of \($0)" } ?? "the history is empty")
    case .unknownAccount(let account):
      Complaint(
        .badData, "the history knows no account \(account)", hint: "ids are compared letter by letter")
    case .corrupted(let path, let table, let column, let value):
      Complaint(
        .badData, at: SourcePlace(file: path, column: "\(table).\(column)"),
        "holds '\(value)', which means nothing there", hint: "restore the history from a copy")
    case .cannotCreate(let path, let reason):
      Complaint(
        .cannotCreate, at: SourcePlace(file: path), "cannot be opened: \(reason)",
        hint: "the folder must exist and be writable")
    case .inputOutput(let path, let reason):
      Complaint(
        .inputOutput, at: SourcePlace(file: path), "cannot be read or written: \(reason)",
        hint: "is the disk full? what was there before stays as it was")
    }
  }
}
