import Foundation
import StableNumerics
import Synchronization
import Testing

@Suite("Blocks in a fixed order")
struct FixedBlocksTests {
  @Test("Blocks come back in their order from any number of threads", arguments: [1, 2, 7])
  func mapped(_ threads: Int) {
    #expect(mapBlocks(count: 100, threads: threads) { [$0, $0 * $0] } == (0..<100).map { [$0, $0 * $0] })
    #expect(mapBlocks(count: 0, threads: threads) { $0 } == [])
  }

  @Test("each block runs once; a thread makes its room once and keeps it", arguments: [1, 2, 7])
  func rooms(_ threads: Int) {
    let rooms = Mutex(0)
    let visits = Mutex([Int](repeating: 0, count: 1000))
    forEachBlock(count: 1000, threads: threads) {
      rooms.withLock { $0 += 1 }
      return 0
    } _: { block, done in
      done += 1
      visits.withLock { $0[block] += 1 }
    }
    #expect(visits.withLock { $0 } == [Int](repeating: 1, count: 1000))
    #expect(1...threads ~= rooms.withLock { $0 })
  }

  @Test("blocks of blocks, of more threads than most machines have processors")
  func nested() {
    let sums = mapBlocks(count: 50, threads: 40) { outer in
      mapBlocks(count: 20, threads: 8) { outer * $0 }.reduce(0, +)
    }
    #expect(sums == (0..<50).map { $0 * 190 })
  }

  @Test("the caller may run where it could before, whatever threads it asks for")
  func processors() {
    let before = allowed()
    for threads in [2, 3, 100] {
      forEachBlock(count: 100, threads: threads) { _ in }
      #expect(allowed() == before)
      _ = Ahead(threads: threads) { 1 }.value()
      #expect(allowed() == before)
    }
  }

  /// As the system tells it.
  private func allowed() -> Substring? {
    let status = try? String(contentsOfFile: "/proc/thread-self/status", encoding: .utf8)
    return status?.split(separator: "\n").first { $0.hasPrefix("Cpus_allowed_list") }
  }
}
