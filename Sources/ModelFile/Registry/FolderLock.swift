// Calls `open` and `flock`, which take C strings: the system offers advisory locks no other way.
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// An exclusive lock on a folder, held until dropped, and by the system's hand when the process dies.
struct FolderLock: ~Copyable {
  private let descriptor: Int32

  /// Waits up to `patience` seconds for another holder. The lock is the file `.lock`, which stays.
  init(_ folder: String, patience: Double) throws(RegistryError) {
    let descriptor = unsafe open(folder + "/.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      let reason = unsafe strerror(errno).map { unsafe String(cString: $0) } ?? "error \(errno)"
      throw .folder(path: folder, reason: reason)
    }
    var waited = 0.0
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      guard waited < patience else {
        close(descriptor)
        throw .busy(folder: folder)
      }
      usleep(20_000)
      waited += 0.02
    }
    self.descriptor = descriptor
  }

  /// Runs `body` while the lock is held.
  borrowing func holding<Result>(
    _ body: () throws(RegistryError) -> Result
  ) throws(RegistryError) -> Result {
    try body()
  }

  deinit { close(descriptor) }
}
