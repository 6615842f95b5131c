/// A cell read as true or false.
enum BooleanCell {
  /// How it was written. An inferred column is boolean when all its cells are spelled alike.
  struct Spellings: OptionSet, Sendable {
    let rawValue: UInt8
    /// `true`
    static let lower = Spellings(rawValue: 1)
    /// `True`
    static let title = Spellings(rawValue: 2)
    /// `TRUE`
    static let upper = Spellings(rawValue: 4)
    /// `1`: only where the column is stated to be boolean.
    static let digit = Spellings(rawValue: 8)

    /// Exactly one.
    var isConsistent: Bool { rawValue.nonzeroBitCount == 1 }
  }

  private static let words: [(text: [UInt8], value: Bool, spelling: Spellings)] = [
    (Array("true".utf8), true, .lower), (Array("false".utf8), false, .lower),
    (Array("True".utf8), true, .title), (Array("False".utf8), false, .title),
    (Array("TRUE".utf8), true, .upper), (Array("FALSE".utf8), false, .upper),
    (Array("1".utf8), true, .digit), (Array("0".utf8), false, .digit),
  ]

  /// Reads `range`, without surrounding blanks and quotes.
  static func read(_ bytes: Span<UInt8>, _ range: Range<Int>) -> (value: Bool, spelling: Spellings)? {
    guard !range.isEmpty, range.count <= 5 else { return nil }
    for word in words where word.text.count == range.count {
      if word.text.indices.allSatisfy({ bytes[range.lowerBound + $0] == word.text[$0] }) {
        return (word.value, word.spelling)
      }
    }
    return nil
  }
}
