import Foundation
import StableNumerics
import Testing

@Suite("Vector exponential and logarithm")
struct VectorLogisticTests {
  @Test("e^x is within 2 ulp of the system's over a dense sweep")
  func exponential() {
    var worst = 0.0
    var x = -708.0
    while x < 709 {
      let lanes = SIMD8<Double>((0..<8).map { x + Double($0) * 0.000_731 })
      let values = vectorExp(lanes)
      for k in 0..<8 where lanes[k] <= 709 {
        let exact = exp(lanes[k])
        worst = max(worst, (values[k] - exact).magnitude / exact.ulp)
      }
      x += 0.005_848
    }
    #expect(worst <= 2)
    #expect(vectorExp(SIMD8(repeating: 0))[0] == 1)
    let ends = vectorExp(SIMD8(-1000, -709, -1e300, -.infinity, -0.0, 0, 709, .nan))
    #expect((0..<6).map { ends[$0] } == [0, 0, 0, 0, 1, 1])
    #expect(ends[6].isFinite && ends[7].isNaN)
  }

  @Test("log(1 + x) is within 2 ulp of the system's on 0 … 1, and keeps the digits of small x")
  func logarithm() {
    var worst = 0.0
    for i in 0..<200_000 {
      let x = i % 2 == 0 ? Double(i) / 200_000 : exp(-Double(i) / 400)
      let exact = log1p(x)
      let value = vectorLog1p(SIMD8(repeating: x))[0]
      worst = max(worst, (value - exact).magnitude / exact.ulp)
    }
    #expect(worst <= 2)
    #expect(vectorLog1p(SIMD8(repeating: 0))[0] == 0)
    #expect(vectorLog1p(SIMD8(repeating: 1))[3] == log1p(1))
  }
}
