/// The order in which a run's rows stood, against the order of their ids' bytes in which the history keeps
/// them: the rank of each row by id, as the difference to the rank before it, in as few bytes as it takes.
struct RowOrder {
  /// The rank by id of each row.
  let ranks: [Int]

  /// Of rows whose indices in the order of their ids are `byID`.
  init(byID: [Int]) {
    var ranks = [Int](repeating: 0, count: byID.count)
    for (rank, row) in byID.enumerated() { ranks[row] = rank }
    self.ranks = ranks
  }

  /// The rows already stand in the order of their ids: nothing to store.
  var isByID: Bool { ranks.indices.allSatisfy { ranks[$0] == $0 } }

  /// Seven bits a byte, least first, a set eighth bit where more follow; the sign in the lowest bit.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(ranks.count)
    var last = -1
    for rank in ranks {
      let difference = rank - last - 1
      last = rank
      var value = UInt(bitPattern: (difference << 1) ^ (difference >> (Int.bitWidth - 1)))
      while value >= 128 {
        bytes.append(UInt8(truncatingIfNeeded: value) | 128)
        value >>= 7
      }
      bytes.append(UInt8(value))
    }
    return bytes
  }

  /// Nil where the bytes are no order of `count` rows.
  init?(bytes: [UInt8], count: Int) {
    var ranks: [Int] = []
    ranks.reserveCapacity(count)
    var isTaken = [Bool](repeating: false, count: count)
    var last = -1
    var value: UInt = 0
    var shift: UInt = 0
    for byte in bytes {
      guard shift < 63 else { return nil }
      value |= UInt(byte & 127) << shift
      shift += 7
      if byte & 128 != 0 { continue }
      let difference = Int(bitPattern: value >> 1) ^ -Int(bitPattern: value & 1)
      let (rank, overflow) = last.addingReportingOverflow(difference)
      let place = rank &+ 1
      guard !overflow, isTaken.indices.contains(place), !isTaken[place] else { return nil }
      isTaken[place] = true
      ranks.append(place)
      last = place
      value = 0
      shift = 0
    }
    guard shift == 0, ranks.count == count else { return nil }
    self.ranks = ranks
  }

  /// What stands in the order of ids, in that of the rows.
  func apply<Value>(_ byID: [Value]) -> [Value] { ranks.map { byID[$0] } }
}
