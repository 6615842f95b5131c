// The one file of this room that calls the operating system, hence the pointers: `open`, `read`, `write`,
// `fsync` and `rename` take C strings and buffers. Foundation is left out on purpose: loading it costs more
// time than scoring ten thousand accounts.
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A system call that failed, with its `errno`.
struct SystemFailure: Error {
  let code: Int32

  init() { code = errno }
  init(code: Int32) { self.code = code }

  static var isADirectory: SystemFailure { SystemFailure(code: EISDIR) }
  static var isNotADirectory: SystemFailure { SystemFailure(code: ENOTDIR) }

  /// Another process holds the lock.
  static var isLocked: SystemFailure { SystemFailure(code: EWOULDBLOCK) }

  var isLocked: Bool { code == EWOULDBLOCK }
  var isMissing: Bool { code == ENOENT || code == ENOTDIR }
  var isDirectory: Bool { code == EISDIR }

  /// The system's sentence, such as "Permission denied".
  var text: String { unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)" }
}

/// What stands at a path, links followed.
public enum FileType {
  /// `size` is in bytes.
  case missing, regular(mode: UInt32, size: Int), directory, other

  public init(at path: String) {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else {
      self = .missing
      return
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: self = .regular(mode: UInt32(status.st_mode & 0o7777), size: Int(status.st_size))
    case S_IFDIR: self = .directory
    default: self = .other
    }
  }
}

/// An absolute path without links, by which two spellings of one file are known; what is missing goes by its
/// folder.
public func resolvedPath(_ path: String) -> String {
  if let real = SystemFile.realPath(path) { return real }
  guard let folder = SystemFile.realPath(AtomicFile.folder(of: path)) else { return path }
  let name = path.split(separator: "/").last ?? ""
  return folder == "/" ? "/\(name)" : "\(folder)/\(name)"
}

/// A file descriptor, closed when dropped unless it is one of the standard streams.
struct SystemFile: ~Copyable {
  let descriptor: Int32

  static func standardInput() -> SystemFile { SystemFile(descriptor: 0) }
  static func standardOutput() -> SystemFile { SystemFile(descriptor: 1) }

  /// No file at all.
  static func none() -> SystemFile { SystemFile(descriptor: -1) }

  private init(descriptor: Int32) { self.descriptor = descriptor }

  init(reading path: String) throws(SystemFailure) {
    self.init(descriptor: try Self.open(path, O_RDONLY | O_CLOEXEC, refusingFolders: true))
  }

  /// A new file, which must not exist yet.
  init(creating path: String) throws(SystemFailure) {
    self.init(descriptor: try Self.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC))
  }

  /// Something that is not a regular file: a device or a pipe.
  init(writingTo path: String) throws(SystemFailure) {
    self.init(descriptor: try Self.open(path, O_WRONLY | O_CLOEXEC))
  }

  /// A folder, to be synced.
  init(folder path: String) throws(SystemFailure) {
    self.init(descriptor: try Self.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC))
  }

  deinit {
    if descriptor > 2 { close(descriptor) }
  }

  /// Reads into `buffer[offset..<end]`; 0 at the end of the file.
  func fill(_ buffer: inout [UInt8], from offset: Int, upTo end: Int) throws(SystemFailure) -> Int {
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes { raw -> Int in
        guard let base = raw.baseAddress, offset < min(end, raw.count) else { return 0 }
        return unsafe read(descriptor, base + offset, min(end, raw.count) - offset)
      }
      if count >= 0 { return count }
      if errno != EINTR { throw SystemFailure() }
    }
  }

  /// Writes all of `bytes`.
  func put(_ bytes: Span<UInt8>) throws(SystemFailure) {
    var done = 0
    while done < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { raw -> Int in
        guard let base = raw.baseAddress else { return 0 }
        return unsafe write(descriptor, base + done, raw.count - done)
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw SystemFailure()
      }
      done += count
    }
  }

  /// Lets these bytes go to the disk, without waiting for them; a hint: Linux does so for what is not needed
  /// again.
  func startSync(_ range: Range<Int>) {
    _ = posix_fadvise(descriptor, range.lowerBound, range.count, POSIX_FADV_DONTNEED)
  }

  func sync() throws(SystemFailure) {
    if fsync(descriptor) != 0 { throw SystemFailure() }
  }

  func setMode(_ mode: mode_t) throws(SystemFailure) {
    if fchmod(descriptor, mode) != 0 { throw SystemFailure() }
  }

  // MARK: Locks

  /// A file to lock, made where it is missing.
  init(locking path: String) throws(SystemFailure) {
    self.init(descriptor: try Self.open(path, O_RDWR | O_CREAT | O_CLOEXEC))
  }

  /// Takes the lock; false where another process holds it.
  func lock() throws(SystemFailure) -> Bool {
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      if errno == EWOULDBLOCK { return false }
      if errno != EINTR { throw SystemFailure() }
    }
    return true
  }

  func replaceContent(_ bytes: [UInt8]) throws(SystemFailure) {
    if ftruncate(descriptor, 0) != 0 || lseek(descriptor, 0, SEEK_SET) != 0 { throw SystemFailure() }
    try put(bytes.span)
  }

  static func pause(milliseconds: UInt32) {
    usleep(milliseconds * 1000)
  }

  // MARK: Paths

  private static func open(_ path: String, _ flags: Int32, refusingFolders: Bool = false)
    throws(SystemFailure) -> Int32
  {
    if refusingFolders, case .directory = FileType(at: path) { throw SystemFailure.isADirectory }
    while true {
      let descriptor = systemOpen(path, flags, 0o666)
      if descriptor >= 0 { return descriptor }
      if errno != EINTR { throw SystemFailure() }
    }
  }

  /// The path with symbolic links followed; nil where nothing is there.
  fileprivate static func realPath(_ path: String) -> String? {
    guard let real = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(real) }
    return unsafe String(cString: real)
  }

  static func move(_ old: String, to new: String) throws(SystemFailure) {
    if unsafe rename(old, new) != 0 { throw SystemFailure() }
  }

  /// A folder that another process makes meanwhile is as good as ours.
  static func makeFolder(_ path: String) throws(SystemFailure) {
    if unsafe mkdir(path, 0o777) != 0, errno != EEXIST { throw SystemFailure() }
  }

  static func remove(_ path: String) {
    unsafe unlink(path)
  }

  /// What a folder holds, in no order; nothing where it cannot be read.
  static func names(in folder: String) -> [String] {
    guard let stream = unsafe opendir(folder) else { return [] }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      unsafe names.append(
        withUnsafeBytes(of: &entry.pointee.d_name) {
          unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
        })
    }
    return names
  }

  static func link(_ path: String, to destination: String) throws(SystemFailure) {
    if unsafe symlink(destination, path) != 0 { throw SystemFailure() }
  }

  /// A new name lies in the folder; some file systems refuse to sync one, which is no reason to fail.
  static func syncFolder(_ path: String) {
    if let folder = try? SystemFile(folder: path) { try? folder.sync() }
  }

  static var processID: Int { Int(getpid()) }

  /// At once: nothing runs any more, no buffer is written.
  static func exit(_ status: Int32) -> Never { _exit(status) }

  static func isRunning(_ process: Int32) -> Bool {
    kill(process, 0) == 0 || errno != ESRCH
  }
}

private func systemOpen(_ path: String, _ flags: Int32, _ mode: mode_t) -> Int32 {
  unsafe open(path, flags, mode)
}
