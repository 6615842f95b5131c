import Tables

/// The covariance of a model file, cut out of its text: an array of numbers that is nearly all of the file, and
/// for which `JSONDecoder` needs longer than ten thousand accounts take to score.
struct CovarianceText {
  /// The file with an empty array in its place.
  let rest: [UInt8]
  let numbers: [Double]

  /// Nil where there is none, or where anything in it is not as JSON wants it: then the whole is for a decoder.
  init?(_ file: [UInt8]) {
    guard let start = Self.endOfKey(in: file, from: 0) else { return nil }
    var numbers: [Double] = []
    var position = start
    while true {
      guard let number = Self.number(file, &position), position < file.count else { return nil }
      numbers.append(number)
      if file[position] == UInt8(ascii: "]") { break }
      guard file[position] == UInt8(ascii: ",") else { return nil }
      position += 1
      if position < file.count, file[position] == UInt8(ascii: " ") { position += 1 }
    }
    // Which of two would count?
    if Self.endOfKey(in: file, from: position) != nil { return nil }
    rest = Array(file[..<start] + file[position...])
    self.numbers = numbers
  }

  private static func endOfKey(in bytes: [UInt8], from start: Int) -> Int? {
    let key = Array("\"covariance\": [".utf8)
    var position = start
    while position + key.count <= bytes.count {
      if bytes[position] == key[0], key.indices.allSatisfy({ bytes[position + $0] == key[$0] }) {
        return position + key.count
      }
      position += 1
    }
    return nil
  }

  /// `-? (0 | 1…9 digits) [. digits] [(e|E) [+|-] digits]`, finite.
  private static func number(_ bytes: [UInt8], _ position: inout Int) -> Double? {
    let start = position
    func byte() -> UInt8 { position < bytes.count ? bytes[position] : 0 }
    func digits() -> Int {
      let first = position
      while byte() &- UInt8(ascii: "0") <= 9 { position += 1 }
      return position - first
    }
    if byte() == UInt8(ascii: "-") { position += 1 }
    let isZero = byte() == UInt8(ascii: "0")
    let whole = digits()
    if whole == 0 || (isZero && whole > 1) { return nil }
    if byte() == UInt8(ascii: ".") {
      position += 1
      if digits() == 0 { return nil }
    }
    if byte() | 0x20 == UInt8(ascii: "e") {
      position += 1
      if byte() == UInt8(ascii: "-") || byte() == UInt8(ascii: "+") { position += 1 }
      if digits() == 0 { return nil }
    }
    return Double(decimal: bytes.span, start..<position)
  }
}
