/// Cut-offs that meet population targets, or come as near as the book allows.
public struct SolvedCutOffs: Sendable, Equatable {
  /// The lowest total of each tier but the last.
  public let cutOffs: [Double]
  /// Every tier's share lies within its target.
  public let meetsTargets: Bool
  /// Accounts that share a total with a cut-off and so cannot be divided; nil where nothing is tied.
  public let tied: Int?
}

extension CutOffs {
  /// Solves for cut-offs on `totals` (in any order) so that each tier but the last holds a share of the
  /// accounts within its target, the nearest to the middle of it that the totals allow.
  ///
  /// Equal totals stay together, so only places where the total changes can be cuts. Which of them can be
  /// reached with every tier so far in range is found tier by tier; from the last tier the way back takes the
  /// nearest to the middles. Where no way exists, each tier takes the place nearest to its middle and
  /// `meetsTargets` is false. Cost O(n log n).
  public static func solve(totals: [Double], targets: [ShareTarget]) -> SolvedCutOffs {
    let sorted = totals.sorted(by: >)
    let n = sorted.count
    let tiers = targets.count - 1
    guard n > 0, tiers > 0 else {
      return SolvedCutOffs(
        cutOffs: Array(repeating: .infinity, count: max(tiers, 0)), meetsTargets: false, tied: nil)
    }
    // ends[j] accounts stand at or above the j-th possible cut; ends[0] = 0 is a cut above everybody.
    var ends = [0]
    for i in 1...n where i == n || sorted[i] != sorted[i - 1] { ends.append(i) }

    let path =
      feasiblePath(ends: ends, n: n, targets: targets) ?? nearestPath(ends: ends, n: n, targets: targets)
    var cuts: [Double] = []
    var previous = 0
    for end in path {
      if end > previous {
        cuts.append(sorted[end - 1])
      } else {
        // A tier without accounts begins just above the total that follows.
        cuts.append(end < n ? sorted[end].nextUp : (cuts.last ?? sorted[0]).nextDown)
      }
      previous = end
    }
    let meets = meetsTargets(path: path, n: n, targets: targets)
    return SolvedCutOffs(cutOffs: cuts, meetsTargets: meets, tied: meets ? nil : largestTie(sorted, cuts))
  }

  private static func middle(_ target: ShareTarget) -> Double {
    target.accounts.map { ($0.lowerBound + $0.upperBound) / 200 } ?? 0
  }

  /// Cumulative counts after each tier but the last, all shares in range; nil when there is none.
  private static func feasiblePath(ends: [Int], n: Int, targets: [ShareTarget]) -> [Int]? {
    var reached: [[Bool]] = []
    var previous = [Bool](repeating: false, count: ends.count)
    previous[0] = true
    for target in targets.dropLast() {
      // sums[j] reachable places among the first j, so that a window's emptiness is one subtraction.
      var sums = [0]
      for flag in previous { sums.append(sums[sums.count - 1] + (flag ? 1 : 0)) }
      var low = 0
      var high = 0
      var now = [Bool](repeating: false, count: ends.count)
      for j in ends.indices {
        while low <= j, !isAtMost(ends[j] - ends[low], target, n) { low += 1 }
        while high <= j, isAtLeast(ends[j] - ends[high], target, n) { high += 1 }
        now[j] = high > low && sums[high] > sums[low]
      }
      reached.append(now)
      previous = now
    }
    guard let last = targets.last else { return nil }
    let wanted = targets.indices.map { i in targets[...i].reduce(0) { $0 + middle($1) } * Double(n) }
    var candidates = ends.indices.filter {
      previous[$0] && isAtMost(n - ends[$0], last, n) && isAtLeast(n - ends[$0], last, n)
    }
    var path: [Int] = []
    for tier in reached.indices.reversed() {
      guard
        let best = candidates.min(by: {
          let (a, b) = (abs(Double(ends[$0]) - wanted[tier]), abs(Double(ends[$1]) - wanted[tier]))
          return (a, $0) < (b, $1)
        })
      else { return nil }
      path.append(ends[best])
      guard tier > 0 else { break }
      candidates = ends.indices.filter {
        reached[tier - 1][$0] && $0 <= best && isAtMost(ends[best] - ends[$0], targets[tier], n)
          && isAtLeast(ends[best] - ends[$0], targets[tier], n)
      }
    }
    return path.reversed()
  }

  private static func nearestPath(ends: [Int], n: Int, targets: [ShareTarget]) -> [Int] {
    var total = 0.0
    var last = 0
    return targets.dropLast().map { target in
      total += middle(target) * Double(n)
      let best = ends.min { (abs(Double($0) - total), $0) < (abs(Double($1) - total), $1) } ?? 0
      last = max(last, best)
      return last
    }
  }

  private static func isAtMost(_ count: Int, _ target: ShareTarget, _ n: Int) -> Bool {
    target.accounts.map { Double(count) * 100 <= $0.upperBound * Double(n) } ?? true
  }

  private static func isAtLeast(_ count: Int, _ target: ShareTarget, _ n: Int) -> Bool {
    target.accounts.map { Double(count) * 100 >= $0.lowerBound * Double(n) } ?? true
  }

  private static func meetsTargets(path: [Int], n: Int, targets: [ShareTarget]) -> Bool {
    zip(zip([0] + path, path + [n]), targets).allSatisfy { bounds, target in
      isAtMost(bounds.1 - bounds.0, target, n) && isAtLeast(bounds.1 - bounds.0, target, n)
    }
  }

  private static func largestTie(_ sorted: [Double], _ cuts: [Double]) -> Int? {
    cuts.map { cut in sorted.count { $0 == cut } }.filter { $0 > 1 }.max()
  }
}
