import Dispatch
import Synchronization

/// Runs `body` once for each of `count` blocks on up to `threads` threads.
///
/// Which thread runs which block is open; what a block computes must not depend on it. Callers keep
/// results reproducible by cutting the work in blocks whose size does not depend on `threads` and by
/// adding the blocks' results in index order afterwards.
public func forEachBlock(count: Int, threads: Int, _ body: @Sendable (Int) -> Void) {
  guard count > 0 else { return }
  let workers = max(1, min(threads, count))
  guard workers > 1 else {
    for block in 0..<count { body(block) }
    return
  }
  // Worker w takes blocks w, w + workers, …: blocks cost about the same, so no queue is needed.
  DispatchQueue.concurrentPerform(iterations: workers) { worker in
    var block = worker
    while block < count {
      body(block)
      block += workers
    }
  }
}

/// `body` of each of `count` blocks, in block order; see ``forEachBlock(count:threads:_:)``.
public func blockResults<Value: Sendable>(count: Int, threads: Int, _ body: @Sendable (Int) -> Value)
  -> [Value]
{
  let values = Mutex([Value?](repeating: nil, count: max(0, count)))
  forEachBlock(count: count, threads: threads) { block in
    let value = body(block)
    values.withLock { $0[block] = value }
  }
  return values.withLock { $0.compactMap { $0 } }
}
