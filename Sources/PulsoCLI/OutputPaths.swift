import Foundation

/// Refuses outputs that would replace an input or one another before anything is read.
enum OutputPaths {
  /// `outputs` by the option that names them. Standard streams and databases, whose tables live side by side, are
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
    }
  }

  private static func file(_ path: String) -> String? {
    guard path != "-", !path.hasPrefix("sqlite:"), !path.hasPrefix("/dev/") else { return nil }
    return URL(filePath: path).standardizedFileURL.resolvingSymlinksInPath().path
  }
}
