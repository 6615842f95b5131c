import Foundation
import Simulation
import StableNumerics
import Testing

/// Mean and variance of 40,000 draws, each within 4.5 standard errors of what mathematics says.
@Suite("Distributions")
struct DistributionsTests {
  private static let count = 40_000

  private func expectMoments(
    mean: Double, variance: Double, kurtosis: Double = 3, _ draw: (inout SplitMix64) -> Double
  ) {
    var random = SplitMix64(seed: 42)
    let draws = (0..<Self.count).map { _ in draw(&random) }
    let n = Double(Self.count)
    let average = draws.reduce(0, +) / n
    let spread = draws.map { ($0 - average) * ($0 - average) }.reduce(0, +) / n
    #expect(abs(average - mean) < 4.5 * (variance / n).squareRoot())
    #expect(abs(spread - variance) < 4.5 * variance * ((kurtosis - 1) / n).squareRoot())
  }

  @Test("normal: mean 0, variance 1")
  func normal() {
    expectMoments(mean: 0, variance: 1) { $0.normal() }
  }

  @Test(
    "Poisson: mean and variance λ, on both sides of the change of method", arguments: [0.3, 4, 29, 31, 400])
  func poisson(mean: Double) {
    // Rounding the normal adds 1/12 to the variance.
    let rounding = mean > 30 ? 1.0 / 12 : 0
    expectMoments(mean: mean, variance: mean + rounding, kurtosis: 3 + 1 / mean) { Double($0.poisson(mean)) }
  }

  @Test(
    "binomial: mean np, variance np(1 − p), on both sides of the change of method",
    arguments: [8, 40, 41, 500])
  func binomial(trials: Int) {
    let n = Double(trials)
    let rounding = trials > 40 ? 1.0 / 12 : 0
    expectMoments(mean: n * 0.3, variance: n * 0.21 + rounding) { Double($0.binomial(trials, 0.3)) }
  }

  @Test("weights decide how often a position is picked")
  func weights() {
    expectMoments(mean: 0.75, variance: 0.1875, kurtosis: 7.0 / 3) { Double($0.pick(weights: [1, 3])) }
  }

  @Test("no event is certain at probability 0 and none fails at 1")
  func edges() {
    var random = SplitMix64(seed: 1)
    for _ in 0..<100 {
      #expect(!random.chance(0) && random.chance(1))
      #expect(random.poisson(0) == 0 && random.poisson(-1) == 0)
      #expect(random.binomial(0, 0.5) == 0 && random.binomial(500, 1) == 500)
    }
  }
}
