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
    guard FileManager.default.fileExists(atPath: file) else { throw .notFound(path: file) }
    let bytes: [UInt8]
    do {
      bytes = Array(try Data(contentsOf: URL(fileURLWithPath: file)))
    } catch {
      throw .unreadable(path: file, reason: "\(error)")
    }
    try self.init(decoding: bytes, path: file)
  }
}
