import Tables

/// The rows of one table, sorted by account, then time, then content: each account's rows lie side by side
/// in order of time, so that a window is a range that two binary searches find.
struct RowsByAccount: Sendable {
  /// Account a has the positions `offsets[a] ..< offsets[a + 1]`.
  let offsets: [Int]
  /// The row in the table at each position.
  let rows: [Int]
  /// Seconds since 1970 at each position.
  let start: [Int64]
  /// The same for the end; `Int64.max` while a row runs, and where a table has no ends.
  let end: [Int64]

  /// - Parameters:
  ///   - account: the account of each row; −1 leaves the row out.
  ///   - start, end: seconds for each row.
  ///
  /// O(n + sorting within accounts).
  init(account: [Int32], accountCount: Int, start: [Int64], end: [Int64]?, fingerprints: [UInt64]) {
    var offsets = Array(repeating: 0, count: accountCount + 1)
    for a in account where a >= 0 { offsets[Int(a) + 1] += 1 }
    for a in 0..<accountCount { offsets[a + 1] += offsets[a] }
    var next = offsets
    var rows = Array(repeating: 0, count: offsets[accountCount])
    for row in account.indices where account[row] >= 0 {
      rows[next[Int(account[row])]] = row
      next[Int(account[row])] += 1
    }
    func precedes(_ a: Int, _ b: Int) -> Bool {
      start[a] != start[b] ? start[a] < start[b] : fingerprints[a] < fingerprints[b]
    }
    for a in 0..<accountCount {
      let range = offsets[a]..<offsets[a + 1]
      let isSorted = range.dropFirst().allSatisfy { !precedes(rows[$0], rows[$0 - 1]) }
      if !isSorted { rows[range].sort(by: precedes) }
    }
    self.offsets = offsets
    self.start = rows.map { start[$0] }
    self.end = end.map { end in rows.map { end[$0] } } ?? Array(repeating: .max, count: rows.count)
    self.rows = rows
  }

  func positions(of account: Int) -> Range<Int> {
    offsets[account]..<offsets[account + 1]
  }

  /// The first position of the account that doesn't lie before `time`.
  func firstPosition(of account: Int, notBefore time: Int64) -> Int {
    var low = offsets[account]
    var high = offsets[account + 1]
    while low < high {
      let middle = low + (high - low) / 2
      if start[middle] < time { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The account's positions dated in [`from`, `to`).
  func positions(of account: Int, from: Int64, to: Int64) -> Range<Int> {
    let low = firstPosition(of: account, notBefore: from)
    return low..<max(low, firstPosition(of: account, notBefore: to))
  }
}
