import StableNumerics
import Tables
import Testing

@Suite("Numbers as text")
struct ShortestDecimalTests {
  @Test("the digits of the standard library's description, which are the shortest")
  func asDescribed() {
    var wrong = 0
    let cases = fuzz(seconds: fuzzSeconds) { number in
      var random = SplitMix64(seed: number)
      for kind in 0..<16 {
        let unit = Double(random.next() >> 11) * 0x1p-53
        let value: Double =
          switch kind % 8 {
          case 0: Double(bitPattern: random.next())
          case 1: unit
          case 2: -100 * unit
          case 3: Double(random.next() % 100_000_000) / [10, 1e2, 1e3, 1e4, 1e5, 1e6][random.below(6)]
          // Next to a power of two, where the neighbours are not equally far.
          case 4: Double(sign: .plus, exponent: random.below(200) - 150, significand: 1).nextUp
          case 5: Double(sign: .plus, exponent: random.below(200) - 150, significand: 1)
          case 6: Double(sign: .plus, exponent: random.below(200) - 150, significand: 1).nextDown
          default: unit * unit * unit * unit * unit * unit
          }
        guard value.isFinite, value.magnitude < 1e15 else { continue }
        var bytes: [UInt8] = []
        bytes.append(decimal: value)
        let text = String(decoding: bytes, as: UTF8.self)
        var expected = value.description
        if expected.hasSuffix(".0") { expected.removeLast(2) }
        if expected == "-0" { expected = "0" }
        if text != expected {
          wrong += 1
          if wrong < 10 { Issue.record("\(value) written as \(text)") }
        }
      }
    }
    print("numbers written and compared: \(cases * 16)")
    #expect(wrong == 0)
  }
}
