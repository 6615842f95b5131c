import StableNumerics
import Testing

@Suite("Ascending order")
struct AscendingOrderTests {
  @Test("As the library's sort, for numbers of any size and sign, ties in their own order")
  func likeSort() {
    var random = SplitMix64(seed: 5)
    for count in [0, 1, 2, 7, 300, 5000] {
      for kind in 0..<4 {
        let values = (0..<count).map { _ -> Double in
          switch kind {
          case 0: return Double(Int(random.next() % 7)) - 3
          case 1: return random.uniform() - 0.5
          case 2:
            let value = Double(bitPattern: random.next())
            return value.isNaN ? .infinity : value
          default: return [-0.0, 0, .leastNonzeroMagnitude, -.infinity][Int(random.next() % 4)]
          }
        }
        let expected = values.indices.sorted {
          values[$0] != values[$1] ? values[$0] < values[$1] : $0 < $1
        }
        #expect(ascendingOrder(of: values) == expected)
        #expect(ascending(values).map(\.bitPattern) == expected.map { values[$0].bitPattern })
      }
    }
  }

  @Test("A second key decides between equal first ones")
  func twoKeys() {
    let order = ascendingOrder(of: [2, 1, 2, 1], after: ascendingOrder(of: [1, 4, 0, 3]))
    #expect(order == [3, 1, 2, 0])
  }
}
