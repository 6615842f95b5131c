import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Runs `body` once for each of `count` blocks on up to `threads` threads, at most one a processor.
///
/// Which thread runs which block is open; what a block computes must not depend on it. Callers keep
/// results reproducible by cutting the work in blocks whose size does not depend on `threads` and by
/// adding the blocks' results in index order afterwards.
///
/// Each thread, the caller's among them, has a share of the processors until one of them finds no block left; a thread
/// that `body` starts inherits that of its maker.
public func forEachBlock(count: Int, threads: Int, _ body: @Sendable (Int) -> Void) {
  forEachBlock(count: count, threads: threads, room: { () }) { block, _ in body(block) }
}

/// The same with room to work in: each thread makes one, and has it for all of its blocks.
public func forEachBlock<Room>(
  count: Int, threads: Int, room: @Sendable () -> Room, _ body: @Sendable (Int, inout Room) -> Void
) {
  guard count > 0 else { return }
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
  let allowed = min(threads, count) > 1 ? ProcessorSet.ofThisThread : nil
  let workers = min(threads, count, allowed?.count ?? threads)
  guard workers > 1 else { return work() }
  let place = allowed?.currentPlace ?? 0
  let caller = pthread_self()
  withoutActuallyEscaping(work) { work in
    /// Starts the helper of this number and those after it, works beside them, and waits for them.
    func run(from number: Int) {
      guard number < workers,
        let helper = Helper(
          on: allowed?.share(number, of: workers, from: place),
          {
            work()
            allowed?.bind(caller)
          })
      else { return work() }
      run(from: number + 1)
      // It may be at its last block yet, on a processor that others want too.
      if let allowed { helper.bind(to: allowed) }
      helper.join()
    }
    allowed?.share(0, of: workers, from: place).bind(caller)
    run(from: 1)
    allowed?.bind(caller)
  }
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
