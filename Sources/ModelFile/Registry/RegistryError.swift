public import Tables

/// What can go wrong with a folder of models.
public enum RegistryError: Error, Sendable, Equatable {
  /// Not letters, digits, `_`, `-` and `.`.
  case badName(String)
  case unknownModel(name: String, folder: String, known: [String])
  case unknownVersion(name: String, version: String, known: [String])
  case noChampion(name: String)
  /// The `champion` file says something that is no version of the model.
  case badChampion(path: String)
  /// No champion came before this one.
  case nothingBefore(name: String, version: String)
  /// Somebody else is writing here, and still was after the wait.
  case busy(folder: String)
  /// The folder cannot be created, listed or changed; `reason` is the system's text.
  case folder(path: String, reason: String)
  case model(ModelFileError)
  case output(OutputError)
}
