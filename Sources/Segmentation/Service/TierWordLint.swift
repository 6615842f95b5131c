/// Finds words that tell a customer how we file them (COM-01): tiers, touch levels, quadrants.
///
/// Words are compared without case, accents or the signs between them, so that `Tier-2`, `TIER 2` and
/// `tier_2` are one. Ordinary words (scale, core, level of service) pass.
public enum TierWordLint {
  public struct Finding: Sendable, Hashable {
    /// Counted from 1.
    public let line: Int
    /// In characters, counted from 1.
    public let column: Int
    /// As it stands in the text.
    public let text: String
  }

  /// Every place in a text, in its order. Cost O(length).
  public static func findings(in text: String) -> [Finding] {
    let words = words(of: text)
    var findings: [Finding] = []
    var index = 0
    while index < words.count {
      let length = matchLength(words, at: index)
      if length > 0 {
        let first = words[index]
        let last = words[index + length - 1]
        findings.append(
          Finding(
            line: first.line, column: first.column,
            text: String(text[first.range.lowerBound..<last.range.upperBound])
          ))
      }
      index += max(1, length)
    }
    return findings
  }

  private static let phrases: [[String]] = [
    ["high", "touch"], ["low", "touch"], ["medium", "touch"], ["tech", "touch"], ["no", "touch"],
    ["digital", "scale"], ["escala", "digital"], ["project", "engagement"],
    ["interaccion", "por", "proyecto"],
    ["persistent", "light"], ["persistent", "intensive"], ["interaccion", "persistente"],
    ["your", "segment"], ["tu", "segmento"], ["su", "segmento"], ["your", "quadrant"], ["tu", "cuadrante"],
    ["su", "cuadrante"],
  ]
  private static let numbers: Set<String> = [
    "1", "2", "3", "4", "5", "i", "ii", "iii", "iv", "v", "one", "two", "three", "four", "five", "uno", "dos",
    "tres", "cuatro", "cinco",
  ]

  private static func matchLength(_ words: [Word], at index: Int) -> Int {
    let word = words[index].folded
    let next = index + 1 < words.count ? words[index + 1].folded : ""
    if word == "tier" || word == "tiers" || word == "nivel" || word == "niveles" {
      if numbers.contains(next) { return 2 }
      return word.hasPrefix("tier") ? 1 : 0
    }
    for prefix in ["tier", "nivel", "t"] where word.count == prefix.count + 1 && word.hasPrefix(prefix) {
      if let digit = word.last, "12345".contains(digit) { return 1 }
    }
    for phrase in phrases where phrase.first == word && index + phrase.count <= words.count {
      if zip(phrase, words[index...]).allSatisfy({ $0 == $1.folded }) { return phrase.count }
    }
    return 0
  }

  private struct Word {
    var folded: String
    var range: Range<String.Index>
    var line: Int
    var column: Int
  }

  private static func words(of text: String) -> [Word] {
    var words: [Word] = []
    var line = 1
    var column = 1
    var open: Word?
    var index = text.startIndex
    while index < text.endIndex {
      let character = text[index]
      let after = text.index(after: index)
      if character.isLetter || character.isNumber {
        var word = open ?? Word(folded: "", range: index..<after, line: line, column: column)
        word.folded += fold(character)
        word.range = word.range.lowerBound..<after
        open = word
      } else if let word = open {
        words.append(word)
        open = nil
      }
      if character.isNewline {
        line += 1
        column = 1
      } else {
        column += 1
      }
      index = after
    }
    if let word = open { words.append(word) }
    return words
  }

  private static func fold(_ character: Character) -> String {
    switch character.lowercased() {
    case "á", "a\u{301}": "a"
    case "é", "e\u{301}": "e"
    case "í", "i\u{301}": "i"
    case "ó", "o\u{301}": "o"
    case "ú", "u\u{301}", "ü": "u"
    case let other: other
    }
  }
}
