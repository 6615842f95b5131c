import SQLTables

extension SinkError: Complaining {
  var complaint: Complaint {
    switch self {
    case .location(let error): error.complaint
    case .output(let error): error.complaint
    }
  }
}
