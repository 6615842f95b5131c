import Features

/// Finds the pairs of inputs whose joint effect the current fit misses, from one table of sums a pair.
///
/// For inputs cut in bins, R and V hold Σ (y − p) and Σ p(1 − p) a cell. The additive part is taken out
/// (weighted two-way fit, five sweeps), and for each cut of the one and of the other input
///
///     gain = (Σ residual beyond both cuts)² / (V a(1 − a) b(1 − b))
///
/// approximates the score statistic of the product of the two steps; a and b are the shares of V beyond each
/// cut. After Lou, Caruana, Gehrke and Hooker (2013), "Accurate intelligible models with pairwise
/// interactions", whose FAST ranks quadrants the same way. Cost a pair: rows + bins².
struct PairScreening {
  struct Candidate {
    let gain: Double
    let first: RecipeFactor
    let second: RecipeFactor
  }

  let inputs: SearchInputs
  let rows: [Int]
  let residuals: [Double]
  let variances: [Double]

  /// The best `count` cuts, at most `perPair` of one pair, best first.
  func best(_ count: Int, perPair: Int = 3, among columns: [Int]) -> [Candidate] {
    var found: [Candidate] = []
    for (place, i) in columns.enumerated() {
      for j in columns[(place + 1)...] { found += best(of: i, j, perPair) }
    }
    // Stable in the order of the columns, so that ties fall the same way every time.
    return Array(
      found.enumerated().sorted {
        $0.element.gain != $1.element.gain ? $0.element.gain > $1.element.gain : $0.offset < $1.offset
      }
      .prefix(count).map(\.element))
  }

  private func best(of i: Int, _ j: Int, _ perPair: Int) -> [Candidate] {
    let a = inputs.inputs[i]
    let b = inputs.inputs[j]
    guard a.cuts.count > 0, b.cuts.count > 0 else { return [] }
    let width = b.binCount
    var sums = [Double](repeating: 0, count: a.binCount * width)
    var weights = sums
    for (place, row) in rows.enumerated() {
      let cell = Int(a.bins[row]) * width + Int(b.bins[row])
      sums[cell] += residuals[place]
      weights[cell] += variances[place]
    }
    removeAdditive(&sums, weights, a.binCount, width)
    accumulate(&sums, a, b)
    let total = weights.reduce(0, +)
    let marginA = margin(weights, a.binCount, width, byRow: true)
    let marginB = margin(weights, a.binCount, width, byRow: false)
    var beyond = weights
    accumulate(&beyond, a, b)
    let beyondA = cumulated(marginA, a)
    let beyondB = cumulated(marginB, b)

    var best: [(gain: Double, x: Int, y: Int)] = []
    for x in a.cuts.indices {
      for y in b.cuts.indices {
        // Beyond cut c of a number begin the bins c + 1; a level is its own bin.
        let cell = (a.isOrdered ? x + 1 : x) * width + (b.isOrdered ? y + 1 : y)
        let shareA = beyondA[a.isOrdered ? x + 1 : x] / total
        let shareB = beyondB[b.isOrdered ? y + 1 : y] / total
        let variance = total * shareA * (1 - shareA) * shareB * (1 - shareB)
        guard variance > 1e-9 * total, beyond[cell] > 1 else { continue }
        let gain = sums[cell] * sums[cell] / variance
        if best.count < perPair || gain > best[best.count - 1].gain {
          best.append((gain, x, y))
          best.sort { $0.gain > $1.gain }
          if best.count > perPair { best.removeLast() }
        }
      }
    }
    return best.map {
      Candidate(
        gain: $0.gain, first: RecipeFactor(input: i, basis: a.cuts[$0.x]),
        second: RecipeFactor(input: j, basis: b.cuts[$0.y]))
    }
  }

  private func removeAdditive(_ sums: inout [Double], _ weights: [Double], _ height: Int, _ width: Int) {
    var rowEffect = [Double](repeating: 0, count: height)
    var columnEffect = [Double](repeating: 0, count: width)
    for _ in 0..<5 {
      for r in 0..<height {
        var (sum, weight) = (0.0, 0.0)
        for c in 0..<width {
          sum += sums[r * width + c] - weights[r * width + c] * columnEffect[c]
          weight += weights[r * width + c]
        }
        rowEffect[r] = weight > 0 ? sum / weight : 0
      }
      for c in 0..<width {
        var (sum, weight) = (0.0, 0.0)
        for r in 0..<height {
          sum += sums[r * width + c] - weights[r * width + c] * rowEffect[r]
          weight += weights[r * width + c]
        }
        columnEffect[c] = weight > 0 ? sum / weight : 0
      }
    }
    for r in 0..<height {
      for c in 0..<width {
        sums[r * width + c] -= weights[r * width + c] * (rowEffect[r] + columnEffect[c])
      }
    }
  }

  /// Cell (r, c) becomes the sum over the bins from r (c) on, along each ordered input.
  private func accumulate(_ cells: inout [Double], _ a: SearchInputs.Input, _ b: SearchInputs.Input) {
    let width = b.binCount
    if a.isOrdered {
      for r in stride(from: a.binCount - 2, through: 0, by: -1) {
        for c in 0..<width { cells[r * width + c] += cells[(r + 1) * width + c] }
      }
    }
    if b.isOrdered {
      for r in 0..<a.binCount {
        for c in stride(from: width - 2, through: 0, by: -1) {
          cells[r * width + c] += cells[r * width + c + 1]
        }
      }
    }
  }

  private func margin(_ cells: [Double], _ height: Int, _ width: Int, byRow: Bool) -> [Double] {
    var result = [Double](repeating: 0, count: byRow ? height : width)
    for r in 0..<height { for c in 0..<width { result[byRow ? r : c] += cells[r * width + c] } }
    return result
  }

  private func cumulated(_ margin: [Double], _ input: SearchInputs.Input) -> [Double] {
    guard input.isOrdered else { return margin }
    var result = margin
    for bin in stride(from: margin.count - 2, through: 0, by: -1) { result[bin] += result[bin + 1] }
    return result
  }
}
