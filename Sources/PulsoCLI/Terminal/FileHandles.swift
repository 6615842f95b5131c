import Foundation

/// Whether the process may still open files.
enum FileHandles {
  /// What a command needs at once: tables, a database with its log, and what the runtime's threads open.
  static let needed = 16

  /// Throws where fewer are left. The runtime's threads would end the process with a trap instead.
  static func check() throws(CommandError) {
    var taken: [Int32] = []
    while taken.count < needed {
      let handle = dup(2)
      if handle < 0 { break }
      taken.append(handle)
    }
    for handle in taken { close(handle) }
    guard taken.count == needed else {
      throw CommandError(
        .inputOutput, "too many open files: only \(taken.count) more can be opened, and \(needed) are needed",
        hint: "raise the limit of this shell or service, as with `ulimit -n 256`")
    }
  }
}
