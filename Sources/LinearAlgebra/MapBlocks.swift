import StableNumerics

/// The results of `body` for each of `count` blocks, in the order of the blocks, computed on up to `threads`
/// threads. Adding them up in that order gives the same bytes for any number of threads.
public func mapBlocks<Result: Sendable>(
  count: Int, threads: Int, _ body: @Sendable (Int) -> Result
) -> [Result] {
  guard count > 1, threads > 1 else { return (0..<count).map(body) }
  // Room for each result; every slot is written once, by the block of its number, and read after all.
  nonisolated(unsafe) let slots = UnsafeMutableBufferPointer<Result>.allocate(capacity: count)
  forEachBlock(count: count, threads: threads) { block in
    unsafe slots.initializeElement(at: block, to: body(block))
  }
  defer {
    unsafe slots.deinitialize()
    unsafe slots.deallocate()
  }
  return unsafe Array(slots)
}
