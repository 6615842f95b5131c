/// The median; the mean of the two middle ones for an even count, nil for none.
///
/// Hoare's selection with the median of three as pivot, O(n) for all but contrived orders; after 2·log₂ n
/// rounds the rest is sorted, so never worse than O(n log n).
func median(of numbers: [Double]) -> Double? {
  guard !numbers.isEmpty else { return nil }
  var values = numbers
  let middle = values.count / 2
  select(middle, in: &values)
  let upper = values[middle]
  guard values.count % 2 == 0, let lower = values[..<middle].max() else { return upper }
  return lower / 2 + upper / 2
}

/// Puts the element of that rank in its place, nothing larger before it, nothing smaller after it.
private func select(_ rank: Int, in values: inout [Double]) {
  var low = 0
  var high = values.count - 1
  var rounds = 2 * (Int.bitWidth - values.count.leadingZeroBitCount)
  while low < high {
    if rounds == 0 {
      values[low...high].sort()
      return
    }
    rounds -= 1
    let pivot = medianOfThree(values[low], values[low + (high - low) / 2], values[high])
    var i = low
    var j = high
    while i <= j {
      while values[i] < pivot { i += 1 }
      while values[j] > pivot { j -= 1 }
      if i <= j {
        values.swapAt(i, j)
        i += 1
        j -= 1
      }
    }
    if rank <= j {
      high = j
    } else if rank >= i {
      low = i
    } else {
      return
    }
  }
}

private func medianOfThree(_ a: Double, _ b: Double, _ c: Double) -> Double {
  max(min(a, b), min(max(a, b), c))
}
