#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// Round numbers to label an axis with (Heckbert, “Nice numbers for graph labels”, Graphics Gems, 1990).
package enum Ticks {
  /// Multiples of 1, 2 or 5 times a power of ten, about `count` of them, inside `domain`.
  package static func linear(_ domain: ClosedRange<Double>, count: Int) -> [Double] {
    let step = step(domain, count: count)
    guard step > 0, step.isFinite else { return [domain.lowerBound] }
    let first = (domain.lowerBound / step - 1e-9).rounded(.up)
    let last = (domain.upperBound / step + 1e-9).rounded(.down)
    guard last >= first, last - first < 1000 else { return [domain.lowerBound] }
    return (0...Int(last - first)).map { tick in
      let multiple = first + Double(tick)
      // 3 × 0.1 is 0.30000000000000004, 3 / 10 is 0.3.
      return step < 1 ? multiple / (1 / step).rounded() : multiple * step
    }
  }

  /// The distance between two ticks.
  static func step(_ domain: ClosedRange<Double>, count: Int) -> Double {
    let rough = (domain.upperBound - domain.lowerBound) / Double(max(1, count - 1))
    guard rough > 0, rough.isFinite else { return 0 }
    let magnitude = pow(10, floor(log10(rough)))
    let lead = rough / magnitude
    return magnitude * (lead < 1.5 ? 1 : lead < 3 ? 2 : lead < 7 ? 5 : 10)
  }

  /// Powers of ten, with 2 and 5 between them, or halves and doubles, where there is room.
  package static func logarithmic(_ domain: ClosedRange<Double>, count: Int) -> [Double] {
    let decades = log10(domain.upperBound / domain.lowerBound)
    func powers(of base: Double, every: Int, leads: [Double]) -> [Double] {
      let low = Int(floor(log(domain.lowerBound) / log(base))) - 1
      let high = Int(ceil(log(domain.upperBound) / log(base))) + 1
      return (low...max(low, high)).filter { $0.isMultiple(of: every) }.flatMap { exponent in
        leads.map { $0 * pow(base, Double(exponent)) }
      }.filter { $0 >= domain.lowerBound * 0.9999999 && $0 <= domain.upperBound * 1.0000001 }
    }
    if decades < 0.2 { return linear(domain, count: count) }
    if decades * 3.32 <= Double(count) { return powers(of: 2, every: 1, leads: [1]) }
    if decades <= Double(count) / 2.5 { return powers(of: 10, every: 1, leads: [1, 2, 5]) }
    let every = max(1, Int((decades / Double(max(1, count))).rounded(.up)))
    let wide = powers(of: 10, every: every, leads: [1])
    return wide.count >= 2 ? wide : powers(of: 10, every: 1, leads: [1, 2, 5])
  }

  /// Decimals that tell neighbouring ticks apart.
  package static func decimals(_ ticks: [Double]) -> Int {
    guard ticks.count > 1 else { return 0 }
    let step = zip(ticks.dropFirst(), ticks).map { $0 - $1 }.min() ?? 1
    guard step > 0, step.isFinite else { return 0 }
    return max(0, min(6, Int(ceil(-log10(step * 1.0000001)))))
  }

  /// `domain` widened to whole steps.
  package static func nice(_ domain: ClosedRange<Double>, count: Int = 5) -> ClosedRange<Double> {
    let step = step(domain, count: count)
    guard step > 0 else { return domain }
    let low = (domain.lowerBound / step + 1e-9).rounded(.down) * step
    let high = (domain.upperBound / step - 1e-9).rounded(.up) * step
    return low...max(high, low + step)
  }
}
