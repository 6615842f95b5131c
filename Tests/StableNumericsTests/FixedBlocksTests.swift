import StableNumerics
import Testing

@Suite("Blocks in a fixed order")
struct FixedBlocksTests {
  @Test("Blocks come back in their order from any number of threads", arguments: [1, 2, 7])
  func mapped(_ threads: Int) {
    #expect(mapBlocks(count: 100, threads: threads) { [$0, $0 * $0] } == (0..<100).map { [$0, $0 * $0] })
    #expect(mapBlocks(count: 0, threads: threads) { $0 } == [])
  }
}
