public import Tables

/// What can be wrong with a configuration. `place.column` holds the dotted path of the key.
public enum ConfigurationError: Error, Sendable, Equatable {
  case missingFile(path: String)
  case unreadable(path: String, reason: String)
  /// Not YAML; `problem` is the parser's.
  case syntax(problem: String, place: SourcePlace)
  case unknownKey(nearest: String?, known: [String], place: SourcePlace)
  case wrongType(expected: String, found: String, place: SourcePlace)
  /// Right type, but not one of the values that make sense.
  case invalidValue(value: String, expected: String, place: SourcePlace)
  case missingKey(place: SourcePlace)
}
