import Synchronization

/// The temporary files of ``AtomicFile``: `.NAME.pulso-PID-N.tmp` beside what they are to become.
///
/// A process that is told to stop removes its own with ``removeAll(thenExit:)``; those of a process that was killed
/// are known by ``isAbandoned(_:)``, and the next one that writes the same file removes them.
public enum TemporaryFiles {
  private static let counter = Atomic<Int>(0)
  private static let open = Mutex<Set<String>>([])

  /// Removes what this process began and has not committed, and ends it; nothing new is begun meanwhile.
  public static func removeAll(thenExit status: Int32) -> Never {
    open.withLock { paths in
      for path in paths { SystemFile.remove(path) }
      SystemFile.exit(status)
    }
  }

  /// Whether a name is that of a temporary file whose process is no more.
  public static func isAbandoned(_ name: String) -> Bool {
    guard name.hasPrefix("."), name.hasSuffix(".tmp"), let mark = name.range(of: ".pulso-") else {
      return false
    }
    let numbers = name[mark.upperBound...].dropLast(4).split(separator: "-", omittingEmptySubsequences: false)
    guard numbers.count == 2, let process = Int32(numbers[0]), process > 0, Int(numbers[1]) != nil else {
      return false
    }
    return !SystemFile.isRunning(process)
  }

  /// A name unique among the running processes and within this one.
  static func begin(for path: String) -> String {
    let number = counter.add(1, ordering: .relaxed).newValue
    let name = path.split(separator: "/").last.map { Self.tail($0, bytes: 100) } ?? "output"
    let stem = "\(AtomicFile.folder(of: path))/.\(name).pulso-"
    sweep(stem)
    let temporary = "\(stem)\(SystemFile.processID)-\(number).tmp"
    open.withLock { _ = $0.insert(temporary) }
    return temporary
  }

  /// Removes what processes that are no more left of the same file.
  private static func sweep(_ stem: String) {
    let folder = AtomicFile.folder(of: stem)
    for name in SystemFile.names(in: folder) where "\(folder)/\(name)".hasPrefix(stem) && isAbandoned(name) {
      SystemFile.remove("\(folder)/\(name)")
    }
  }

  static func end(_ path: String) {
    open.withLock { _ = $0.remove(path) }
  }

  /// The last characters of a name that fit into so many bytes: names of files have a limit in bytes.
  private static func tail(_ name: Substring, bytes: Int) -> String {
    var tail = name
    while tail.utf8.count > bytes { tail.removeFirst() }
    return String(tail)
  }
}

extension String {
  fileprivate func range(of mark: String) -> Range<Index>? {
    ranges(of: mark).last
  }
}
