/// A small regression tree over the cells of a grid, grown from sums a cell alone.
///
/// For Σ gradient G, Σ curvature H and rows N a cell, a leaf has the value G / (H + 1), and a split gains
///
///     G₁²/(H₁ + 1) + G₂²/(H₂ + 1) − G²/(H + 1)
///
/// (Chen & Guestrin 2016, eq. 7, with λ = 1), about a χ² with one degree of freedom where there is nothing.
/// Ordered axes are cut at a place; levels are sorted by G / (H + 10) and cut in two (Fisher 1958). With two
/// axes the first split looks two ahead, as FAST does (Lou, Caruana, Gehrke & Hooker 2013): after the main
/// effects a pure interaction shows no gain in either margin.
struct GridTree {
  /// The grid's sums, cell `i · width + j`.
  struct Sums {
    var gradient: [Double]
    var curvature: [Double]
    var rows: [Double]

    init(cells: Int) {
      gradient = [Double](repeating: 0, count: cells)
      curvature = gradient
      rows = gradient
    }
  }

  /// Fewer rows than this are no leaf.
  static let smallestLeaf = 20.0
  /// A split that gains less is not made…
  static let smallestGain = 2.0
  /// …nor, in a grid of two inputs, a first one that with those below it gains less.
  static let smallestPairGain = 15.0

  let height: Int
  let width: Int
  let isOrdered: [Bool]

  private struct Sum {
    var gradient = 0.0
    var curvature = 0.0
    var rows = 0.0

    var score: Double { gradient * gradient / (curvature + 1) }
    var isLeaf: Bool { rows >= GridTree.smallestLeaf && curvature >= 1 }

    static func + (a: Sum, b: Sum) -> Sum {
      Sum(gradient: a.gradient + b.gradient, curvature: a.curvature + b.curvature, rows: a.rows + b.rows)
    }
    static func - (a: Sum, b: Sum) -> Sum {
      Sum(gradient: a.gradient - b.gradient, curvature: a.curvature - b.curvature, rows: a.rows - b.rows)
    }
  }

  private struct Split {
    let gain: Double
    let axis: Int
    let first: [Int]
    let second: [Int]
  }

  private struct Leaf {
    var bins: [[Int]]
    var sum: Sum
    var split: Split?
  }

  /// The value of each cell and what the tree gains; nil where no split is worth making.
  func grow(_ sums: Sums, leaves limit: Int) -> (values: [Double], gain: Double)? {
    var root = Leaf(bins: [Array(0..<height), Array(0..<width)], sum: Sum(), split: nil)
    for cell in sums.gradient.indices { root.sum = root.sum + sum(sums, cell) }
    root.split = width > 1 ? lookAhead(root, sums) : best(root, sums)
    var leaves = [root]
    var gain = 0.0
    while leaves.count < limit {
      var widest: (leaf: Int, split: Split)?
      for (index, leaf) in leaves.enumerated() {
        if let split = leaf.split, split.gain > widest?.split.gain ?? 0 { widest = (index, split) }
      }
      guard let (index, split) = widest else { break }
      var first = leaves[index]
      var second = first
      let whole = first.sum.score
      first.bins[split.axis] = split.first
      second.bins[split.axis] = split.second
      first.sum = total(first, sums)
      second.sum = total(second, sums)
      gain += first.sum.score + second.sum.score - whole
      first.split = best(first, sums)
      second.split = best(second, sums)
      leaves[index] = first
      leaves.append(second)
    }
    guard leaves.count > 1 else { return nil }
    var values = [Double](repeating: 0, count: height * width)
    for leaf in leaves {
      let value = leaf.sum.gradient / (leaf.sum.curvature + 1)
      for i in leaf.bins[0] { for j in leaf.bins[1] { values[i * width + j] = value } }
    }
    return (values, gain)
  }

  private func sum(_ sums: Sums, _ cell: Int) -> Sum {
    Sum(gradient: sums.gradient[cell], curvature: sums.curvature[cell], rows: sums.rows[cell])
  }

  private func total(_ leaf: Leaf, _ sums: Sums) -> Sum {
    var result = Sum()
    for i in leaf.bins[0] { for j in leaf.bins[1] { result = result + sum(sums, i * width + j) } }
    return result
  }

  /// The split of a leaf that gains most by itself.
  private func best(_ leaf: Leaf, _ sums: Sums) -> Split? {
    var best: Split?
    for axis in 0..<2 where leaf.bins[axis].count > 1 {
      let own = leaf.bins[axis]
      let margin = own.map { bin in
        leaf.bins[1 - axis].reduce(Sum()) {
          $0 + sum(sums, axis == 0 ? bin * width + $1 : $1 * width + bin)
        }
      }
      let order = order(margin, isOrdered[axis])
      guard let cut = cut(margin, order), cut.gain > max(Self.smallestGain, best?.gain ?? 0) else { continue }
      let first = Set(order[...cut.place].map { own[$0] })
      best = Split(
        gain: cut.gain, axis: axis, first: own.filter(first.contains),
        second: own.filter { !first.contains($0) })
    }
    return best
  }

  /// The first split of a grid: the cut whose two sides, each cut once more across, gain most together.
  private func lookAhead(_ root: Leaf, _ sums: Sums) -> Split? {
    var best: (gain: Double, axis: Int, first: [Int])?
    for axis in 0..<2 {
      let (count, across) = axis == 0 ? (height, width) : (width, height)
      func cell(_ i: Int, _ j: Int) -> Int { axis == 0 ? i * width + j : j * width + i }
      let margin = (0..<across).map { j in (0..<count).reduce(Sum()) { $0 + sum(sums, cell($1, j)) } }
      var side = [Sum](repeating: Sum(), count: across)
      for i in 0..<(isOrdered[axis] ? count - 1 : count) {
        for j in 0..<across {
          let here = sum(sums, cell(i, j))
          side[j] = isOrdered[axis] ? side[j] + here : here
        }
        let total = side.reduce(Sum(), +)
        let other = zip(margin, side).map { $0 - $1 }
        let rest = root.sum - total
        guard total.isLeaf, rest.isLeaf else { continue }
        var gain = total.score + rest.score - root.sum.score
        for side in [side, other] { gain += cut(side, order(side, isOrdered[1 - axis]))?.gain ?? 0 }
        if gain > best?.gain ?? Self.smallestPairGain {
          best = (gain, axis, isOrdered[axis] ? Array(0...i) : [i])
        }
      }
    }
    return best.map { best in
      let first = Set(best.first)
      return Split(
        gain: .infinity, axis: best.axis, first: best.first,
        second: root.bins[best.axis].filter { !first.contains($0) })
    }
  }

  /// Bins in the order in which they may be cut in two; levels that have no row stay out.
  private func order(_ margin: [Sum], _ isOrdered: Bool) -> [Int] {
    if isOrdered { return Array(margin.indices) }
    let slopes = margin.map { $0.gradient / ($0.curvature + 10) }
    return margin.indices.filter { margin[$0].rows > 0 }.sorted {
      slopes[$0] != slopes[$1] ? slopes[$0] < slopes[$1] : $0 < $1
    }
  }

  /// The cut after `order[place]` that gains most.
  private func cut(_ margin: [Sum], _ order: [Int]) -> (gain: Double, place: Int)? {
    let whole = margin.reduce(Sum(), +)
    var best: (gain: Double, place: Int)?
    var first = Sum()
    for place in order.indices.dropLast() {
      first = first + margin[order[place]]
      let second = whole - first
      guard first.isLeaf, second.isLeaf else { continue }
      let gain = first.score + second.score - whole.score
      if gain > best?.gain ?? 0 { best = (gain, place) }
    }
    return best
  }
}
