import Foundation
package import StableNumerics

// Random variates from `SplitMix64`. Written out instead of borrowed, so that a seed means the same world
// on every machine.
extension SplitMix64 {
  package mutating func chance(_ probability: Double) -> Bool {
    uniform() < probability
  }

  /// Standard normal, by Marsaglia's polar method (1964).
  package mutating func normal() -> Double {
    while true {
      let x = 2 * uniform() - 1
      let y = 2 * uniform() - 1
      let s = x * x + y * y
      if s < 1, s > 0 { return x * (-2 * log(s) / s).squareRoot() }
    }
  }

  /// Poisson: products of uniforms (Knuth) up to a mean of 30, beyond it the rounded normal.
  package mutating func poisson(_ mean: Double) -> Int {
    guard mean > 0 else { return 0 }
    guard mean <= 30 else { return max(0, Int((mean + mean.squareRoot() * normal()).rounded())) }
    let limit = exp(-mean)
    var product = uniform()
    var count = 0
    while product > limit {
      product *= uniform()
      count += 1
    }
    return count
  }

  /// Binomial: trial by trial up to 40 trials, beyond that the rounded normal, cut to 0 … `trials`.
  package mutating func binomial(_ trials: Int, _ probability: Double) -> Int {
    guard trials > 40 else {
      var successes = 0
      for _ in 0..<trials where chance(probability) { successes += 1 }
      return successes
    }
    let mean = Double(trials) * probability
    let deviation = (mean * (1 - probability)).squareRoot()
    return min(trials, max(0, Int((mean + deviation * normal()).rounded())))
  }

  /// One of `options`, all equally likely; `options` isn't empty.
  package mutating func pick<Option>(_ options: [Option]) -> Option {
    options[below(options.count)]
  }

  /// A position in `weights`, in proportion to them.
  package mutating func pick(weights: [Double]) -> Int {
    var rest = uniform() * weights.reduce(0, +)
    for (index, weight) in weights.enumerated() {
      rest -= weight
      if rest < 0 { return index }
    }
    return weights.count - 1
  }
}
