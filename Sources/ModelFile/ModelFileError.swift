/// What can be wrong with a model file or the folder it lives in.
public enum ModelFileError: Error, Sendable, Equatable {
  /// There is no such file.
  case notFound(path: String)
  case unreadable(path: String, reason: String)
  /// Not JSON, or JSON of something else.
  case notAModel(path: String)
  /// Written by a later pulso.
  case unknownFormatVersion(path: String, version: Int)
  /// The bytes do not have the SHA-256 that the file states: cut, flipped or edited.
  case damaged(path: String)
  /// The bytes are whole, and what they say is impossible; `fact` says which part.
  case inconsistent(path: String, fact: ModelFact)
}

/// A statement that every model must satisfy; see ``Model/check()``.
public enum ModelFact: Error, Sendable, Equatable {
  case notFinite(String)
  case wrongCount(String, found: Int, expected: Int)
  case outOfRange(String)
  case repeated(String)
  case basisDoesNotFit(term: String)
  case notAscending(String)
}
