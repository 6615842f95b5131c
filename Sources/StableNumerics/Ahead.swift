import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A value that another thread computes while this one goes on.
///
/// With one thread it is computed at once. What it is must not depend on which of the two happened.
public final class Ahead<Value: Sendable>: Sendable {
  private final class Slot: Sendable {
    let value = Mutex<Value?>(nil)
  }

  private let slot = Slot()
  private let helper: Mutex<Helper?>

  public init(threads: Int, _ body: @escaping @Sendable () -> Value) {
    let allowed = threads > 1 ? ProcessorSet.ofThisThread : nil
    let start = allowed.flatMap { $0.count > 1 ? $0.share(1, of: 2, from: $0.currentPlace) : nil }
    let work: @Sendable () -> Void = { [slot] in
      // It has its place; from here on it may go where its maker may.
      allowed?.bind(pthread_self())
      let value = body()
      slot.value.withLock { $0 = value }
    }
    helper = Mutex(threads > 1 ? Helper(on: start, work) : nil)
    if helper.withLock({ $0 == nil }) { work() }
  }

  /// The value, given once and then forgotten; waits for it.
  public func value() -> Value {
    helper.withLock { $0.take()?.join() }
    guard let value = slot.value.withLock({ $0.take() }) else { preconditionFailure("asked for twice") }
    return value
  }
}
