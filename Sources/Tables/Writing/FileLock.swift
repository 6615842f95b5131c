/// An exclusive lock on a file, held until dropped, and let go by the system's hand when the process dies:
/// a lock that outlives its holder cannot be. The file itself stays; it says who holds it.
public struct FileLock: ~Copyable {
  /// Why a lock was not had.
  public enum Failure: Error, Sendable, Equatable {
    /// `holder` is what the holder wrote.
    case held(holder: String)
    /// The file cannot be opened or written; `reason` is the system's text.
    case system(reason: String)
  }

  private let file: SystemFile

  /// Waits up to `patience` seconds for another holder, then writes `holder` into the file: who we are.
  public init(_ path: String, patience: Double, holder: String = "") throws(Failure) {
    do throws(SystemFailure) {
      file = try Self.locked(path, patience, holder)
    } catch {
      throw error.isLocked ? .held(holder: Self.content(of: path)) : .system(reason: error.text)
    }
  }

  private static func locked(_ path: String, _ patience: Double, _ holder: String) throws(SystemFailure)
    -> SystemFile
  {
    let file = try SystemFile(locking: path)
    var waited = 0.0
    while try !file.lock() {
      guard waited < patience else { throw SystemFailure.isLocked }
      SystemFile.pause(milliseconds: 20)
      waited += 0.02
    }
    if !holder.isEmpty { try file.replaceContent(Array(holder.utf8)) }
    return file
  }

  /// Runs `body` while the lock is held.
  public borrowing func holding<Result, E: Error>(_ body: () throws(E) -> Result) throws(E) -> Result {
    try body()
  }

  private static func content(of path: String) -> String {
    var buffer = [UInt8](repeating: 0, count: 1024)
    guard let file = try? SystemFile(reading: path),
      let count = try? file.fill(&buffer, from: 0, upTo: buffer.count)
    else {
      return ""
    }
    return String(decoding: buffer[..<count], as: UTF8.self)
  }
}
