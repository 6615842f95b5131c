/// Distinct byte strings, numbered in order of first appearance: an open-addressing hash table over one
/// arena of bytes, so that no `String` is made for a cell.
struct TextDictionary: Sendable {
  /// The strings one after another, and 8 zero bytes so that they can be compared by words.
  private var arena: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0]
  private(set) var ends: [Int] = []
  private var hashes: [UInt64] = []
  /// Code + 1, or 0 where the slot is free.
  private var slots: [Int32]

  init(capacity: Int = 16) {
    var size = 32
    while size < capacity * 2 { size *= 2 }
    slots = Array(repeating: 0, count: size)
  }

  var count: Int { ends.count }

  func range(_ code: Int) -> Range<Int> { (code == 0 ? 0 : ends[code - 1])..<ends[code] }

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
      if hashes[code] == hash, equals(code, bytes, range) { return entry &- 1 }
      slot = (slot &+ 1) & mask
    }
  }

  /// Adds what ``code(_:_:hash:)`` did not find.
  mutating func insert(_ bytes: Span<UInt8>, _ range: Range<Int>, hash: UInt64) -> Int32 {
    let start = ends.last ?? 0
    arena.removeLast(8)
    for position in range { arena.append(bytes[position]) }
    arena.append(contentsOf: [0, 0, 0, 0, 0, 0, 0, 0])
    ends.append(start + range.count)
    hashes.append(hash)
    if ends.count * 2 > slots.count { grow() } else { place(ends.count - 1) }
    return Int32(truncatingIfNeeded: ends.count - 1)
  }

  func hash(_ code: Int) -> UInt64 { hashes[code] }

  private mutating func grow() {
    slots = Array(repeating: 0, count: slots.count * 2)
    for code in 0..<ends.count { place(code) }
  }

  private mutating func place(_ code: Int) {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hashes[code]) & mask
    while slots[slot] != 0 { slot = (slot + 1) & mask }
    slots[slot] = Int32(truncatingIfNeeded: code + 1)
  }

  @inline(__always)
  private func equals(_ code: Int, _ other: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let start = code == 0 ? 0 : ends[code &- 1]
    guard ends[code] &- start == range.count else { return false }
    let own = arena.span
    var offset = 0
    while offset &+ 8 <= range.count {
      if own.word(at: start &+ offset) != other.word(at: range.lowerBound &+ offset) { return false }
      offset &+= 8
    }
    return Self.last(own, start &+ offset, range.count &- offset)
      == Self.last(other, range.lowerBound &+ offset, range.count &- offset)
  }

  /// Multiply and fold, eight bytes at a time; the span reaches at least 8 bytes beyond `range`.
  @inline(__always)
  static func hash(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
    let factor: UInt64 = 0x9e37_79b9_7f4a_7c15
    var hash = UInt64(range.count) &* factor
    var position = range.lowerBound
    while position &+ 8 <= range.upperBound {
      hash = mix(hash ^ bytes.word(at: position), factor)
      position &+= 8
    }
    return mix(hash ^ last(bytes, position, range.upperBound &- position), factor)
  }

  /// The `count` (0 to 7) bytes from `position`, zeros above.
  @inline(__always)
  private static func last(_ bytes: Span<UInt8>, _ position: Int, _ count: Int) -> UInt64 {
    bytes.word(at: position) & ((1 &<< UInt64(truncatingIfNeeded: count &* 8)) &- 1)
  }

  @inline(__always)
  private static func mix(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let (high, low) = a.multipliedFullWidth(by: b)
    return high ^ low
  }
}
