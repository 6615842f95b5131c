/// A folder that results go into.
public enum OutputFolder {
  /// Makes `path` and the folders above it where they are missing.
  ///
  /// - Returns: whether `path` had to be made.
  @discardableResult
  public static func create(_ path: String) throws(OutputError) -> Bool {
    switch FileType(at: path) {
    case .directory: return false
    case .regular, .other: throw .cannotCreate(file: path, reason: SystemFailure.isNotADirectory.text)
    case .missing: break
    }
    let parent = AtomicFile.folder(of: path.last == "/" ? String(path.dropLast()) : path)
    if parent != path { try create(parent) }
    do throws(SystemFailure) {
      try SystemFile.makeFolder(path)
    } catch {
      throw .cannotCreate(file: path, reason: error.text)
    }
    return true
  }

  /// Gives a finished folder its name: readers see the whole of it or nothing.
  public static func publish(_ temporary: String, as path: String) throws(OutputError) {
    do throws(SystemFailure) {
      try SystemFile.move(temporary, to: path)
    } catch {
      throw .cannotCreate(file: path, reason: error.text)
    }
    SystemFile.syncFolder(AtomicFile.folder(of: path))
  }
}
