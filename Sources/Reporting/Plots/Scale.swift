#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// From data to the page: `domain` onto `range`, where the range may run backwards (y grows upwards).
struct Scale: Sendable {
  enum Kind: Sendable {
    case linear, logarithmic
  }

  let kind: Kind
  let domain: ClosedRange<Double>
  let range: (start: Double, end: Double)

  /// A domain without width is widened; a logarithmic one must be positive.
  init(_ kind: Kind = .linear, _ domain: ClosedRange<Double>, onto range: (Double, Double)) {
    self.kind = kind
    self.range = range
    var (low, high) = (domain.lowerBound, domain.upperBound)
    if kind == .logarithmic {
      low = max(low, 1e-300)
      high = max(high, low * 1.0000001)
    } else if !(high > low) {
      (low, high) = (low - 0.5, high + 0.5)
    }
    self.domain = low...high
  }

  /// Values outside the domain land on its border.
  func callAsFunction(_ value: Double) -> Double {
    let x = min(max(value, domain.lowerBound), domain.upperBound)
    let share: Double
    switch kind {
    case .linear: share = (x - domain.lowerBound) / (domain.upperBound - domain.lowerBound)
    case .logarithmic: share = log(x / domain.lowerBound) / log(domain.upperBound / domain.lowerBound)
    }
    return range.start + share * (range.end - range.start)
  }

  /// About `count` round values inside the domain, ascending.
  func ticks(_ count: Int = 5) -> [Double] {
    switch kind {
    case .linear: Ticks.linear(domain, count: count)
    case .logarithmic: Ticks.logarithmic(domain, count: count)
    }
  }
}
