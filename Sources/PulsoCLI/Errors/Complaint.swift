import Foundation
import Tables

/// The exit statuses of the contract (the BSD ones of sysexits.h).
enum ExitStatus: Int32 {
  case done = 0
  /// Done, and a check that the user asked for found something.
  case finding = 1
  case usage = 64
  case badData = 65
  case noInput = 66
  case defect = 70
  case cannotCreate = 73
  case inputOutput = 74
  case badConfiguration = 78
}

/// An error as the user reads it: where, what, and what to do.
struct Complaint {
  var status: ExitStatus
  var place: SourcePlace
  var message: String
  var hint: String?

  init(_ status: ExitStatus, at place: SourcePlace = SourcePlace(), _ message: String, hint: String? = nil) {
    self.status = status
    self.place = place
    self.message = message
    self.hint = hint
  }

  /// `pulso: error: FILE:LINE: COLUMN: what is wrong`, then `hint: what to do`.
  var text: String {
    let first = "pulso: error: " + located
    return hint.map { "\(first)\nhint: \(Self.oneLine($0))" } ?? first
  }

  /// `FILE:LINE: COLUMN: what is wrong`.
  var located: String {
    var position = ""
    if let file = place.file {
      position += file + (place.line.map { ":\($0)" } ?? "") + ": "
    } else if let line = place.line {
      position += "line \(line): "
    }
    if let column = place.column { position += column + ": " }
    return Self.oneLine(position + message)
  }

  func print() {
    StandardError.write(text + "\n")
  }

  /// Control characters, line breaks among them, shown escaped: what a file contains must not break the
  /// line or reach the terminal as a command.
  static func oneLine(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      if scalar.value < 32 || scalar.value == 127 || scalar.properties.isBidiControl
        || (0x80..<0xa0).contains(scalar.value)
      {
        result += scalar.escaped(asASCII: true)
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

/// An error that knows how to be told to a user. Each room's errors get their sentences in a file of this
/// folder, `<ErrorType>+Sentence.swift`; nothing else in the project writes such sentences.
protocol Complaining: Error {
  var complaint: Complaint { get }
}

/// A complaint thrown as it is, by a command that found something wrong in its own arguments.
struct CommandError: Complaining {
  let complaint: Complaint

  init(_ complaint: Complaint) { self.complaint = complaint }

  init(_ status: ExitStatus, at place: SourcePlace = SourcePlace(), _ message: String, hint: String? = nil) {
    complaint = Complaint(status, at: place, message, hint: hint)
  }
}
