import Dispatch
import Synchronization

/// A value that another thread computes while this one goes on.
///
/// With one thread it is computed at once. What it is must not depend on which of the two happened.
public final class Ahead<Value: Sendable>: Sendable {
  private let result = Mutex<Value?>(nil)
  private let isDone = DispatchSemaphore(value: 0)

  public init(threads: Int, _ body: @escaping @Sendable () -> Value) {
    if threads > 1 {
      DispatchQueue.global().async { self.finish(body()) }
    } else {
      finish(body())
    }
  }

  private func finish(_ value: Value) {
    result.withLock { $0 = value }
    isDone.signal()
  }

  /// The value, given once and then forgotten; waits for it.
  public func value() -> Value {
    isDone.wait()
    guard let value = result.withLock({ $0.take() }) else { preconditionFailure("asked for twice") }
    return value
  }
}
