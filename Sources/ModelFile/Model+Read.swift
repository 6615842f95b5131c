#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Model {
  /// Reads and verifies a `model.json`, or the one in a version's folder.
  public init(readingFrom path: String) throws(ModelFileError) {
    var file = path
    var isFolder = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw .notFound(path: path)
    }
    if isFolder { file += path.hasSuffix("/") ? "model.json" : "/model.json" }
    try self.init(decoding: Self.bytes(ofFile: file), path: file)
  }

  /// The bytes of a file, unverified.
  static func bytes(ofFile path: String) throws(ModelFileError) -> [UInt8] {
    guard FileManager.default.fileExists(atPath: path) else { throw .notFound(path: path) }
    do {
      return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    } catch {
      throw .unreadable(path: path, reason: "\(error)")
    }
  }
}
