/// Where a result goes. `sqlite:` locations are handled by `TableSink` in SQLTables.
public enum OutputLocation: Sendable, Equatable {
  case file(String)
  case standardOutput

  /// `-` is standard output, anything else a path.
  public init(_ argument: String) {
    self = argument == "-" ? .standardOutput : .file(argument)
  }

  /// As the user named it.
  public var name: String {
    switch self {
    case .file(let path): path
    case .standardOutput: "-"
    }
  }
}
