/// A file that appears whole or not at all.
///
/// Bytes go to a temporary file in the same folder; ``commit()`` syncs it to the disk and renames it over
/// `path`. Dropped without a commit, it is removed and an older file at `path` stays as it was. Where `path`
/// is a device or a pipe (`/dev/null`), bytes go straight to it, as nothing there can be renamed.
public struct AtomicFile: ~Copyable, Sendable {
  public let path: String
  private let file: SystemFile
  private let target: String
  private let temporaryPath: String?
  private var isFinished = false
  private var written = 0
  /// What the system has been asked to bring to the disk.
  private var sent = 0

  public init(path: String) throws(OutputError) {
    let type = FileType(at: path)
    let target: String
    let temporaryPath: String?
    switch type {
    case .directory:
      throw .cannotCreate(file: path, reason: SystemFailure.isADirectory.text)
    case .other:
      target = path
      temporaryPath = nil
    case .missing:
      target = path
      temporaryPath = TemporaryFiles.begin(for: path)
    case .regular:
      // Replacing a file keeps a link to it.
      target = resolvedPath(path)
      temporaryPath = TemporaryFiles.begin(for: target)
    }
    let file = try Self.open(temporaryPath, orElse: target, for: path)
    // A file that is replaced keeps its permissions; failing that is no reason to fail.
    if case .regular(let mode, _) = type { try? file.setMode(mode) }
    self.path = path
    self.target = target
    self.temporaryPath = temporaryPath
    self.file = file
  }

  private static func open(_ temporary: String?, orElse target: String, for path: String)
    throws(OutputError) -> SystemFile
  {
    do throws(SystemFailure) {
      return if let temporary { try SystemFile(creating: temporary) } else {
        try SystemFile(writingTo: target)
      }
    } catch {
      if let temporary { TemporaryFiles.end(temporary) }
      throw .cannotCreate(file: path, reason: error.text)
    }
  }

  deinit {
    guard let temporaryPath else { return }
    if !isFinished { SystemFile.remove(temporaryPath) }
    TemporaryFiles.end(temporaryPath)
  }

  public mutating func write(_ bytes: Span<UInt8>) throws(OutputError) {
    do throws(SystemFailure) {
      try file.put(bytes)
    } catch {
      throw .inputOutput(file: path, reason: error.text)
    }
    // What is on its way meanwhile need not be waited for at the end.
    written += bytes.count
    if temporaryPath != nil, written - sent >= 4 << 20 {
      file.startSync(sent..<written)
      sent = written
    }
  }

  public mutating func write(_ bytes: [UInt8]) throws(OutputError) {
    try write(bytes.span)
  }

  /// Syncs and renames. After an error the temporary file is gone and `path` is what it was.
  public consuming func commit() throws(OutputError) {
    guard let temporaryPath else { return }
    do throws(SystemFailure) {
      try file.sync()
      try SystemFile.move(temporaryPath, to: target)
    } catch {
      throw .inputOutput(file: path, reason: error.text)
    }
    isFinished = true
    SystemFile.syncFolder(Self.folder(of: target))
  }

  /// Writes `bytes` to `path`, whole or not at all.
  public static func write(_ bytes: [UInt8], to path: String) throws(OutputError) {
    var file = try AtomicFile(path: path)
    try file.write(bytes.span)
    try file.commit()
  }

  public static func write(_ text: String, to path: String) throws(OutputError) {
    try write(Array(text.utf8), to: path)
  }

  /// Writes `bytes` to a file, whole or not at all, or to standard output.
  public static func write(_ bytes: [UInt8], to location: OutputLocation) throws(OutputError) {
    switch location {
    case .file(let path): try write(bytes, to: path)
    case .standardOutput:
      do throws(SystemFailure) {
        try SystemFile.standardOutput().put(bytes.span)
      } catch {
        throw .inputOutput(file: "standard output", reason: error.text)
      }
    }
  }

  public static func write(_ text: String, to location: OutputLocation) throws(OutputError) {
    try write(Array(text.utf8), to: location)
  }

  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
