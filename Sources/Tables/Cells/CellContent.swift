/// What a cell contains, apart from how it is written.
enum CellContent {
  /// The cell without its quotes. Doubled quotes inside are left as they are.
  @inline(__always)
  static func unquoted(_ bytes: Span<UInt8>, _ cell: Range<Int>) -> Range<Int> {
    guard cell.count >= 2, bytes[cell.lowerBound] == quote else { return cell }
    return cell.lowerBound &+ 1..<cell.upperBound &- 1
  }

  /// Without spaces and tabs (and line ends, within quotes) at either end.
  @inline(__always)
  static func trimmed(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
    var start = range.lowerBound
    var end = range.upperBound
    while start < end, isBlank(bytes[start]) { start &+= 1 }
    while end > start, isBlank(bytes[end &- 1]) { end &-= 1 }
    return start..<end
  }

  @inline(__always)
  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 32 || (byte >= 9 && byte <= 13)
  }

  /// What keeps `content` from being text; nil for good UTF-8 without NUL bytes. The span reaches at least 8
  /// bytes beyond it.
  static func fault(_ bytes: Span<UInt8>, _ content: Range<Int>) -> CellFault.Cause? {
    var isPlain = true
    var position = content.lowerBound
    while position < content.upperBound {
      // What lies beyond the content does not count.
      let left = content.upperBound &- position
      let kept = left >= 8 ? UInt64.max : (1 &<< UInt64(truncatingIfNeeded: left &* 8)) &- 1
      let word = bytes.word(at: position) & kept
      if (ByteScan.matches(word, 0) & kept | word & ByteScan.tops) != 0 { isPlain = false }
      position &+= 8
    }
    if isPlain { return nil }
    if ByteScan.first(0, in: bytes, content) != nil { return .nulByte }
    return String(validating: content.map { bytes[$0] }, as: UTF8.self) == nil ? .invalidUTF8 : nil
  }

  /// The cell's text with quotes taken away and doubled ones single.
  static func text(_ bytes: Span<UInt8>, _ cell: Range<Int>) -> [UInt8] {
    let content = unquoted(bytes, cell)
    var result: [UInt8] = []
    result.reserveCapacity(content.count)
    var position = content.lowerBound
    while position < content.upperBound {
      result.append(bytes[position])
      // Inside a quoted cell every quote stands twice.
      position += bytes[position] == quote && content != cell ? 2 : 1
    }
    return result
  }
}

/// The words that stand for a missing value.
///
/// An empty or blank cell, quoted or not, is missing everywhere, and so are `N/A`, `#N/A`, `NULL` and `null`.
/// `NA`, `n/a` and `None` are missing among numbers, booleans and dates only: in a text column they may well
/// be North America and the plan of that name.
enum MissingWord {
  private static let everywhere = ["N/A", "#N/A", "NULL", "null"].map { Array($0.utf8) }
  private static let besidesText = ["NA", "n/a", "None"].map { Array($0.utf8) }

  /// `range` is without surrounding blanks and quotes.
  static func isMissing(_ bytes: Span<UInt8>, _ range: Range<Int>, inText: Bool) -> Bool {
    guard !range.isEmpty else { return true }
    guard range.count <= 4 else { return false }
    func equals(_ word: [UInt8]) -> Bool {
      guard word.count == range.count else { return false }
      for (index, byte) in word.enumerated() where bytes[range.lowerBound + index] != byte { return false }
      return true
    }
    return everywhere.contains(where: equals) || (!inText && besidesText.contains(where: equals))
  }
}
