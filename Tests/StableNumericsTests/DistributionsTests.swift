import StableNumerics
import Testing

@Suite("Normal and chi-squared tails against scipy (Reference/make_distributions.py)")
struct DistributionsTests {
  private func agrees(_ a: Double, _ b: Double, _ tolerance: Double = 1e-13) -> Bool {
    (a - b).magnitude <= tolerance * max(b.magnitude, 1e-300)
  }

  @Test(
    "Normal distribution function",
    arguments: [
      (-8, 6.22096057427174e-16), (-1.5, 0.06680720126885807), (0, 0.5), (0.3, 0.6179114221889526),
      (5, 0.9999997133484281),
    ])
  func normal(_ z: Double, _ expected: Double) {
    #expect(agrees(normalCDF(z), expected))
    #expect(agrees(normalTwoSidedTail(z), 2 * min(expected, 1 - expected), 1e-9))
  }

  @Test(
    "Normal quantile",
    arguments: [
      (1e-300, -37.0470962993612), (1e-10, -6.361340902404056), (0.02, -2.053748910631823),
      (0.3, -0.5244005127080409), (0.5, 0), (0.975, 1.959963984540054), (0.999999, 4.753424308817087),
    ])
  func quantile(_ p: Double, _ expected: Double) {
    #expect(agrees(normalQuantile(p), expected))
  }

  @Test("Quantile ends and what is no probability")
  func ends() {
    #expect(normalQuantile(0) == -.infinity && normalQuantile(1) == .infinity)
    #expect(normalQuantile(-0.1).isNaN && normalQuantile(.nan).isNaN)
  }

  @Test(
    "Chi-squared upper tail",
    arguments: [
      (0.5, 1, 0.47950012218695337), (3.841458820694124, 1, 0.04999999999999989),
      (15.40419094897176, 3, 0.001501878682060505), (300, 2, 7.175095973164448e-66),
      (5, 10, 0.8911780189141513), (80, 50, 0.00448265656557319), (1e-8, 4, 1.0),
    ])
  func chiSquared(_ x: Double, _ k: Double, _ expected: Double) {
    #expect(agrees(chiSquaredUpperTail(x, degreesOfFreedom: k), expected, 1e-12))
  }

  @Test("The drop for a 95 % interval")
  func drop() {
    #expect(agrees(chiSquaredOneQuantile(0.95), 3.841458820694124))
    #expect(chiSquaredUpperTail(0, degreesOfFreedom: 3) == 1)
    #expect(chiSquaredUpperTail(.infinity, degreesOfFreedom: 3) == 0)
  }
}
