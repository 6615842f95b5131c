/// What can go wrong with an output.
public enum OutputError: Error, Sendable, Equatable {
  /// The file (or its temporary twin in the same folder) could not be made. `reason` is the system's text.
  case cannotCreate(file: String, reason: String)
  /// Writing, syncing or renaming failed: a full disk, a closed pipe.
  case inputOutput(file: String, reason: String)
}
