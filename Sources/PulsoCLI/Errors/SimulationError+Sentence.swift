import Simulation

extension SimulationError: Complaining {
  var complaint: Complaint {
    switch self {
    case .outOfRange(let parameter, let value, let allowed):
      Complaint(
        .usage, "the \(parameter.rawValue) cannot be \(value)",
        hint: "from \(allowed.lowerBound) to \(allowed.upperBound)")
    case .startInsideMonth(let date):
      Complaint(
        .usage, "the world cannot start on \(date)", hint: "--start takes the first day of a month")
    }
  }
}
