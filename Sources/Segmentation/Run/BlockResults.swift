internal import Synchronization

/// One result a block, set from any thread.
final class BlockResults<Value: Sendable>: Sendable {
  private let values: Mutex<[Value?]>

  init(count: Int) {
    values = Mutex(Array(repeating: nil, count: count))
  }

  func set(_ block: Int, _ value: Value) {
    values.withLock { $0[block] = value }
  }

  /// In block order.
  var all: [Value] { values.withLock { $0.compactMap { $0 } } }
}
