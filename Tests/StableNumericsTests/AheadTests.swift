import StableNumerics
import Testing

@Suite struct AheadTests {
  @Test("the value is the same on this thread and on another", arguments: [1, 2, 8])
  func value(threads: Int) {
    let squares = (0..<100).map { number in Ahead(threads: threads) { number * number } }
    #expect(squares.map { $0.value() } == (0..<100).map { $0 * $0 })
  }
}
