import Foundation
import Logging
import ModelFile

/// How the log of a run is written on standard error.
enum LogFormat: String, CaseIterable {
  case text, json
}

/// A line a message on standard error: plain text (nothing that a file contains breaks a line or reaches the
/// terminal as a command), or one JSON object with `time`, `level`, `message` and the metadata as keys of
/// their own, numbers as numbers.
struct StandardErrorLog: LogHandler {
  let format: LogFormat
  var logLevel = Logger.Level.info
  var metadata: Logger.Metadata = [:]

  init(_ format: LogFormat) { self.format = format }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let all = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
    let time = Date.now.formatted(.iso8601)
    let (level, message) = (event.level, event.message)
    let text =
      switch format {
      case .text:
        "\(time) \(level) " + (all.first { $0.key == "stage" }.map { "\($0.value): " } ?? "")
          + Complaint.oneLine(message.description)
      case .json: Self.object(time, level, message, all)
      }
    // One write a line, so that the lines of two processes do not mix.
    StandardError.write(text + "\n")
  }

  private static func object(
    _ time: String, _ level: Logger.Level, _ message: Logger.Message,
    _ metadata: [(key: String, value: Logger.Metadata.Value)]
  ) -> String {
    var json = JSONText()
    json.object(inline: true) { json in
      json.string("time", time)
      json.string("level", level.rawValue)
      json.string("message", message.description)
      for (key, value) in metadata {
        switch value {
        case .stringConvertible(let number as Int): json.integer(key, number)
        case .stringConvertible(let number as Double): json.optional(key, number)
        default: json.string(key, value.description)
        }
      }
    }
    return json.text
  }
}
