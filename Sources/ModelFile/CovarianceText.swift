import Tables

/// The covariance of a model file, cut out of its text: an array of numbers that is nearly all of the file, and
/// for which `JSONDecoder` needs longer than ten thousand accounts take to score.
struct CovarianceText {
  private let file: [UInt8]
  /// Where the array's numbers stand.
  private let place: Range<Int>

  /// Nil where there is none, or two: which would count?
  init?(_ file: [UInt8]) {
    guard let start = Self.endOfKey(in: file, from: 0),
      let end = file[start...].firstIndex(of: UInt8(ascii: "]")), Self.endOfKey(in: file, from: end) == nil
    else { return nil }
    self.file = file
    place = start..<end
  }

  /// The file with an empty array in its place.
  var rest: [UInt8] { Array(file[..<place.lowerBound] + file[place.upperBound...]) }

  /// Nil where anything in it is not as JSON wants it, or it is empty: then the whole is for a decoder.
  func numbers() -> [Double]? {
    var numbers: [Double] = []
    var position = place.lowerBound
    while true {
      guard let number = Self.number(file, &position) else { return nil }
      numbers.append(number)
      if position == place.upperBound { return numbers }
      guard file[position] == UInt8(ascii: ",") else { return nil }
      position += 1
      if file[position] == UInt8(ascii: " ") { position += 1 }
    }
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
