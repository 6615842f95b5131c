import Tables

/// A version of a model in a registry: `FOLDER/NAME/VERSION/`.
public struct ModelReference: Sendable, Hashable {
  public let name: String
  public let version: String
  /// The version's folder.
  public let folder: String

  /// Its `model.json`.
  public var path: String { folder + "/model.json" }
  public var cardPath: String { folder + "/card.md" }
}

/// What a model and a version may be called, so that a name never is a path.
enum RegistryName {
  /// Letters, digits, `_`, `-` and `.` of ASCII, not beginning with `.` or `-`, at most 64.
  static func isModelName(_ name: String) -> Bool {
    guard let first = name.utf8.first, name.utf8.count <= 64 else { return false }
    return first != UInt8(ascii: ".") && first != UInt8(ascii: "-")
      && name.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
          true
        default: false
        }
      }
  }

  /// `YYYYMMDDTHHMMSSZ-` and eight hexadecimal digits.
  static func isVersion(_ version: String) -> Bool {
    let pattern = Array("ddddddddTddddddZ-xxxxxxxx".utf8)
    let bytes = Array(version.utf8)
    return bytes.count == pattern.count
      && zip(bytes, pattern).allSatisfy { byte, kind in
        let isDigit = byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
        return switch kind {
        case UInt8(ascii: "d"): isDigit
        case UInt8(ascii: "x"): isDigit || (byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "f"))
        default: byte == kind
        }
      }
  }

  /// The version of a model written at that time with that hash.
  static func version(secondsSince1970 seconds: Int64, hash: String) -> String {
    let day = Int((seconds - (seconds % 86_400 + 86_400) % 86_400) / 86_400)
    let time = Int((seconds % 86_400 + 86_400) % 86_400)
    let date = CalendarDate(daysSince1970: day).components
    func padded(_ number: Int, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    return padded(date.year, 4) + padded(date.month, 2) + padded(date.day, 2) + "T"
      + padded(time / 3600, 2) + padded(time / 60 % 60, 2) + padded(time % 60, 2) + "Z-" + hash.prefix(8)
  }
}
