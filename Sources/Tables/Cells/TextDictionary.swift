/// Distinct byte strings, numbered in order of first appearance: an open-addressing hash table over one
/// arena of bytes, so that no `String` is made for a cell.
struct TextDictionary: Sendable {
  /// The strings one after another, and 16 zero bytes so that they can be compared by words.
  private var arena = padding
  private var entries: [Entry] = []
  /// Code + 1, or 0 where the slot is free.
  private var slots: [Int32]

  private struct Entry {
    let hash: UInt64
    let range: Range<Int>
  }

  /// How far a span of texts must reach beyond each of them, in zeros where it is an array of its own.
  static let padding = [UInt8](repeating: 0, count: 16)

  init(capacity: Int = 16) {
    var size = 32
    while size < capacity * 2 { size *= 2 }
    slots = Array(repeating: 0, count: size)
  }

  var count: Int { entries.count }

  func range(_ code: Int) -> Range<Int> { entries[code].range }

  /// All strings one after another; ``range(_:)`` cuts it.
  var bytes: [UInt8] { arena }

  func string(_ code: Int) -> String { String(decoding: arena[range(code)], as: UTF8.self) }

  /// The code of `range` of `bytes`, or nil where it is new.
  @inline(__always)
  func code(_ bytes: Span<UInt8>, _ range: Range<Int>, hash: UInt64) -> Int32? {
    let mask = slots.count &- 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while true {
      let entry = slots[slot]
      if entry == 0 { return nil }
      let code = Int(entry) &- 1
      if entries[code].hash == hash, equals(entries[code].range, bytes, range) { return entry &- 1 }
      slot = (slot &+ 1) & mask
    }
  }

  /// Adds what ``code(_:_:hash:)`` did not find.
  mutating func insert(_ bytes: Span<UInt8>, _ range: Range<Int>, hash: UInt64) -> Int32 {
    arena.removeLast(Self.padding.count)
    let start = arena.count
    for position in range { arena.append(bytes[position]) }
    arena.append(contentsOf: Self.padding)
    entries.append(Entry(hash: hash, range: start..<start + range.count))
    if count * 2 > slots.count { grow() } else { place(count - 1) }
    return Int32(truncatingIfNeeded: count - 1)
  }

  func hash(_ code: Int) -> UInt64 { entries[code].hash }

  private mutating func grow() {
    slots = Array(repeating: 0, count: slots.count * 2)
    for code in 0..<count { place(code) }
  }

  private mutating func place(_ code: Int) {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash(code)) & mask
    while slots[slot] != 0 { slot = (slot + 1) & mask }
    slots[slot] = Int32(truncatingIfNeeded: code + 1)
  }

  @inline(__always)
  private func equals(_ own: Range<Int>, _ other: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard own.count == range.count else { return false }
    let arena = arena.span
    if range.count <= 16 { return Self.words(arena, own) == Self.words(other, range) }
    return Self.equalsLong(arena, own, other, range)
  }

  @inline(never)
  private static func equalsLong(
    _ arena: Span<UInt8>, _ own: Range<Int>, _ other: Span<UInt8>, _ range: Range<Int>
  ) -> Bool {
    var offset = 0
    while offset &+ 8 <= range.count {
      if arena.word(at: own.lowerBound &+ offset) != other.word(at: range.lowerBound &+ offset) {
        return false
      }
      offset &+= 8
    }
    let rest = range.count &- offset
    return word(arena, own.upperBound &- rest, rest) == word(other, range.upperBound &- rest, rest)
  }

  /// Multiply and fold, sixteen bytes at once where there are no more, else eight; the span reaches at least
  /// ``padding`` beyond `range`.
  @inline(__always)
  static func hash(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
    guard range.count <= 16 else { return longHash(bytes, range) }
    let (first, second) = words(bytes, range)
    return mix(first ^ UInt64(truncatingIfNeeded: range.count) &* factor, second ^ factor)
  }

  private static let factor: UInt64 = 0x9e37_79b9_7f4a_7c15

  @inline(never)
  private static func longHash(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
    var hash = UInt64(truncatingIfNeeded: range.count) &* factor
    var position = range.lowerBound
    while position &+ 8 <= range.upperBound {
      hash = mix(hash ^ bytes.word(at: position), factor)
      position &+= 8
    }
    return mix(hash ^ word(bytes, position, range.upperBound &- position), factor)
  }

  /// Up to 16 bytes as two words, without a branch on how many there are.
  @inline(__always)
  private static func words(_ bytes: Span<UInt8>, _ range: Range<Int>) -> (UInt64, UInt64) {
    let count = range.count
    return (
      word(bytes, range.lowerBound, min(count, 8)), word(bytes, range.lowerBound &+ 8, max(count &- 8, 0))
    )
  }

  /// The `count` (0 to 8) bytes from `position`, zeros above.
  @inline(__always)
  private static func word(_ bytes: Span<UInt8>, _ position: Int, _ count: Int) -> UInt64 {
    // Halved shifts: one by all 64 bits would be one by none.
    let half = UInt64(truncatingIfNeeded: count &* 4)
    return bytes.word(at: position) & ~((UInt64.max &<< half) &<< half)
  }

  @inline(__always)
  private static func mix(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let (high, low) = a.multipliedFullWidth(by: b)
    return high ^ low
  }
}
