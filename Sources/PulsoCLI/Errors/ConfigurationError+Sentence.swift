import Configuration
import Tables

extension ConfigurationError: Complaining {
  var complaint: Complaint {
    switch self {
    case .missingFile(let path):
      Complaint(
        .noInput, at: SourcePlace(file: path), "there is no such configuration",
        hint: "`pulso init` writes one to start from")
    case .unreadable(let path, let reason):
      Complaint(.noInput, at: SourcePlace(file: path), "the configuration cannot be read: \(reason)")
    case .syntax(let problem, let place):
      Complaint(
        .badConfiguration, at: place, "this is not YAML: \(problem)",
        hint: "mind the indentation, and put quotes around texts with a colon or a hash")
    case .unknownKey(let nearest, let known, let place):
      Complaint(
        .badConfiguration, at: place, "unknown key",
        hint: nearest.map { "did you mean \($0)?" }
          ?? (known.isEmpty ? "no key is expected here" : "known here: \(known.joined(separator: ", "))"))
    case .wrongType(let expected, let found, let place):
      Complaint(.badConfiguration, at: place, "expected \(expected), found \(found)")
    case .invalidValue(let value, let expected, let place):
      Complaint(.badConfiguration, at: place, "“\(value)” does not fit", hint: "expected \(expected)")
    case .missingKey(let place):
      Complaint(.badConfiguration, at: place, "this key is needed here")
    }
  }
}
