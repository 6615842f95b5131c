/// A symbolic link that points to the old or to the new, and never to nothing.
public enum AtomicLink {
  /// Points `path` to `destination` (relative to the link's folder): one rename.
  public static func point(_ path: String, to destination: String) throws(OutputError) {
    let temporary = TemporaryFiles.begin(for: path)
    defer { TemporaryFiles.end(temporary) }
    do throws(SystemFailure) {
      try SystemFile.link(temporary, to: destination)
      do throws(SystemFailure) {
        try SystemFile.move(temporary, to: path)
      } catch {
        SystemFile.remove(temporary)
        throw error
      }
    } catch {
      throw .cannotCreate(file: path, reason: error.text)
    }
    SystemFile.syncFolder(AtomicFile.folder(of: path))
  }
}
