import Tables

extension Model {
  /// Reads and verifies a `model.json`, or the one in a version's folder.
  public init(readingFrom path: String) throws(ModelFileError) {
    var file = path
    if case .directory = FileType(at: path) { file += path.hasSuffix("/") ? "model.json" : "/model.json" }
    try self.init(decoding: Self.bytes(ofFile: file), path: file)
  }

  /// The bytes of a file, unverified.
  static func bytes(ofFile path: String) throws(ModelFileError) -> [UInt8] {
    do throws(TableError) {
      return try fileBytes(path)
    } catch {
      switch error {
      case .missingFile: throw .notFound(path: path)
      case .unreadable(_, let reason): throw .unreadable(path: path, reason: reason)
      default: throw .unreadable(path: path, reason: "it is a folder")
      }
    }
  }
}
