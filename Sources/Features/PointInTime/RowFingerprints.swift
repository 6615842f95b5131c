import Tables

extension Table {
  /// A number for each row that depends on what the row holds and not on where it stands: what orders rows
  /// of one account and time, so that the order of the file never shows in a result. O(cells).
  func rowFingerprints() -> [UInt64] {
    var prints = Array(repeating: UInt64(0x9e37_79b9_7f4a_7c15), count: rowCount)
    for column in columns {
      switch column.values {
      case .numeric(let values):
        for row in prints.indices { prints[row] = mixed(prints[row], values[row].bitPattern) }
      case .boolean(let values):
        for row in prints.indices { prints[row] = mixed(prints[row], UInt64(bitPattern: Int64(values[row]))) }
      case .date(let values):
        for row in prints.indices {
          prints[row] = mixed(prints[row], UInt64(bitPattern: values.seconds[row]))
        }
      case .text(let values):
        // FNV-1a (Fowler, Noll, Vo), once a level.
        let hashes = values.levels.map { level in
          level.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        }
        for row in prints.indices {
          let code = values.codes[row]
          prints[row] = mixed(prints[row], code < 0 ? 0 : hashes[Int(code)])
        }
      }
    }
    return prints
  }
}

/// The finalizer of SplitMix64 over both words.
private func mixed(_ state: UInt64, _ word: UInt64) -> UInt64 {
  var z = (state ^ word) &+ 0x9e37_79b9_7f4a_7c15
  z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
  z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
  return z ^ (z >> 31)
}
