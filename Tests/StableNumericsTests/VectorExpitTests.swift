import Foundation
import StableNumerics
import Testing

@Suite("Vector expit")
struct VectorExpitTests {
  @Test("Within 4 ulp of expit over a dense sweep of −708 … 45, and equal lane by lane")
  func sweep() {
    var worst = 0.0
    var agrees = true
    var random = SplitMix64(seed: 3)
    var x = -708.0
    while x < 45 {
      let lanes = SIMD8<Double>((0..<8).map { _ in x + random.uniform() * 0.004 })
      let values = vectorExpit(lanes)
      for k in 0..<8 {
        let exact = expit(lanes[k])
        worst = max(worst, (values[k] - exact).magnitude / exact.ulp)
        if values[k] != vectorExpit(SIMD8(repeating: lanes[k]))[0] { agrees = false }
      }
      x += 0.004
    }
    #expect(worst <= 4)
    #expect(agrees)
  }

  @Test("0 far below, 1 far above, ½ at 0, NaN for NaN")
  func ends() {
    let values = vectorExpit(SIMD8(-709, -1e300, -.infinity, 0, 45, 1e300, .infinity, .nan))
    #expect((0..<7).map { values[$0] } == [0, 0, 0, 0.5, 1, 1, 1])
    #expect(values[7].isNaN)
  }

  @Test("Single precision: within 4 ulp over a dense sweep of −87 … 20, with the same ends")
  func singles() {
    var worst: Float = 0
    var random = SplitMix64(seed: 4)
    var x: Float = -87
    while x < 20 {
      let lanes = SIMD8<Float>((0..<8).map { _ in x + Float(random.uniform()) * 0.001 })
      let values = vectorExpit(lanes)
      for k in 0..<8 {
        let exact = Float(expit(Double(lanes[k])))
        worst = max(worst, (values[k] - exact).magnitude / exact.ulp)
      }
      x += 0.001
    }
    #expect(worst <= 4)
    let ends = vectorExpit(SIMD8<Float>(-88, -1e30, -.infinity, 0, 45, 1e30, .infinity, .nan))
    #expect((0..<7).map { ends[$0] } == [0, 0, 0, 0.5, 1, 1, 1])
    #expect(ends[7].isNaN)
  }
}
