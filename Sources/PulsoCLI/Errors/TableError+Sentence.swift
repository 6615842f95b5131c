import Tables

extension TableError: Complaining {
  var complaint: Complaint {
    switch self {
    case .unequalColumns(let name, let count, let expected):
      Complaint(.defect, "column \(name) has \(count) rows where \(expected) were expected")
    case .duplicateColumn(let name, let place):
      Complaint(
        .badData, at: place ?? SourcePlace(), "the header names the column \(name) twice",
        hint: "rename one of the two")
    case .unknownColumn(let name, let known, let place):
      Complaint(
        .badData, at: place ?? SourcePlace(), "there is no column \(name)",
        hint: "the table has \(known.joined(separator: ", "))")
    }
  }
}
