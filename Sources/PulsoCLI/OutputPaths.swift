import Tables

/// Refuses outputs that would replace an input or one another, and those that cannot be made, before anything is
/// read: a run that fails at its last file has not written the others.
enum OutputPaths {
  /// `outputs` by the option that names them. Standard streams, devices, pipes and databases, whose tables live side by side, are
  /// left out.
  static func check(_ outputs: [(option: String, path: String?)], against inputs: [String]) throws {
    var taken = Dictionary(inputs.compactMap { file($0).map { ($0, "the table that it reads") } }) { $1 }
    for (option, path) in outputs {
      guard let path, let file = file(path) else { continue }
      if let what = taken[file] {
        throw CommandError(
          .usage, "\(option) \(path) would replace \(what)", hint: "give each output a path of its own")
      }
      taken[file] = option
      if option != "--history" { _ = try AtomicFile(path: path) }
    }
  }

  private static func file(_ path: String) -> String? {
    guard path != "-", !path.hasPrefix("sqlite:") else { return nil }
    if case .other = FileType(at: path) { return nil }
    return resolvedPath(path)
  }
}
