import Tables

extension OutputError: Complaining {
  var complaint: Complaint {
    switch self {
    case .cannotCreate(let file, let reason):
      Complaint(
        .cannotCreate, at: SourcePlace(file: file), "cannot be created: \(reason)",
        hint: "the folder must exist and be writable")
    case .inputOutput(let file, let reason):
      Complaint(.inputOutput, at: SourcePlace(file: file), "cannot be written: \(reason)")
    }
  }
}
