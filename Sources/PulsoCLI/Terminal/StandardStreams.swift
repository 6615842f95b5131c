import Foundation

/// Results go to standard output, and nothing else does.
enum StandardOutput {
  static func write(_ text: String) throws {
    try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
  }

  /// One object with keys in snake_case, in sorted order.
  static func write(json value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    try FileHandle.standardOutput.write(contentsOf: try encoder.encode(value) + Data("\n".utf8))
  }
}

/// Progress and notes go to standard error.
enum StandardError {
  static func note(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data("pulso: \(text)\n".utf8))
  }
}
