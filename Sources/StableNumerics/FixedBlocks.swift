import Synchronization

/// Runs `body` once for each of `count` blocks on up to `threads` threads.
///
/// Which thread runs which block is open; what a block computes must not depend on it. Callers keep
/// results reproducible by cutting the work in blocks whose size does not depend on `threads` and by
/// adding the blocks' results in index order afterwards.
public func forEachBlock(count: Int, threads: Int, _ body: @Sendable (Int) -> Void) {
  forEachBlock(count: count, threads: threads, room: { () }) { block, _ in body(block) }
}

/// The same with room to work in: each thread makes one, and has it for all of its blocks.
public func forEachBlock<Room>(
  count: Int, threads: Int, room: @Sendable () -> Room, _ body: @Sendable (Int, inout Room) -> Void
) {
  guard count > 0 else { return }
  let workers = max(1, min(threads, count))
  guard workers > 1 else {
    var room = room()
    for block in 0..<count { body(block, &room) }
    return
  }
  // Whoever is done takes the next: a thread that is held up delays one block.
  let next = Atomic<Int>(0)
  @Sendable func work() {
    var room = room()
    while true {
      let block = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard block < count else { return }
      body(block, &room)
    }
  }
  let allowed = Processors.ofThisThread
  let shares = allowed?.dealt(among: workers)
  shares?[0].bindThisThread()
  withoutActuallyEscaping(work) { work in run(work, beside: workers - 1, on: shares) }
  if shares != nil { allowed?.bindThisThread() }
}

/// Runs `work` on this thread and on so many helpers, as far as there are any, each on its share of the processors.
private func run(_ work: @escaping @Sendable () -> Void, beside helpers: Int, on shares: [Processors]?) {
  guard helpers > 0 else { return work() }
  let helper = Helper(on: shares?[helpers], work)
  run(work, beside: helpers - 1, on: shares)
  helper?.join()
}

/// The results of `body` for each of `count` blocks, in the order of the blocks, computed on up to `threads`
/// threads; see ``forEachBlock(count:threads:_:)``. Adding them up in that order gives the same bytes for any
/// number of threads.
public func mapBlocks<Result: Sendable>(
  count: Int, threads: Int, _ body: @Sendable (Int) -> Result
) -> [Result] {
  guard count > 1, threads > 1 else { return (0..<max(0, count)).map(body) }
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
