import CThreads
import Glibc

/// A thread beside its maker's.
@safe struct Helper: ~Copyable {
  private let thread: pthread_t

  /// Starts `body` on one of `processors`, of any where nil; nil where the system has no thread to give. Cost: some
  /// ten microseconds.
  init?(on processors: Processors?, _ body: @escaping @Sendable () -> Void) {
    var attributes = pthread_attr_t()
    guard unsafe pthread_attr_init(&attributes) == 0 else { return nil }
    defer { unsafe pthread_attr_destroy(&attributes) }
    processors?.apply(to: &attributes)
    let work = unsafe Unmanaged.passRetained(Work(body))
    var thread = pthread_t()
    let failure = unsafe pthread_create(
      &thread, &attributes,
      { work in
        unsafe Unmanaged<Work>.fromOpaque(work!).takeRetainedValue().body()
        return nil
      }, work.toOpaque())
    if failure != 0 {
      unsafe work.release()
      return nil
    }
    self.thread = thread
  }

  /// Waits until it is done.
  consuming func join() {
    pthread_join(thread, nil)
    discard self
  }

  deinit {
    pthread_detach(thread)
  }

  private final class Work: Sendable {
    let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
}

/// Processors that a thread may run on.
///
/// Threads that work together are dealt one share each. Linux puts a thread that starts or wakes on an idle processor,
/// but in a virtual machine takes one that sleeps for one that the host has given to others (`vcpu_is_preempted`), and
/// queues the thread behind the one that woke it until a tick of the scheduler finds it, up to 4 ms later. A fit of
/// 100,000 × 30 took 35 ms for it, and takes 22.
struct Processors: Sendable {
  private var set = cpu_set_t()
  private static let size = MemoryLayout<cpu_set_t>.size

  static var ofThisThread: Processors? {
    var processors = Processors()
    return unsafe pthread_getaffinity_np(pthread_self(), size, &processors.set) == 0 ? processors : nil
  }

  /// So many disjoint shares, of which the first has the processor that this thread is on; nil where there are fewer
  /// processors.
  func dealt(among count: Int) -> [Processors]? {
    let numbers = numbers
    guard count <= numbers.count else { return nil }
    let current = numbers.firstIndex(of: Int(sched_getcpu())) ?? 0
    return (0..<count).map { share in
      var processors = Processors()
      for place in numbers.count * share / count..<numbers.count * (share + 1) / count {
        processors.insert(numbers[(current + place) % numbers.count])
      }
      return processors
    }
  }

  private var numbers: [Int] {
    unsafe withUnsafeBytes(of: set) { bytes in
      (0..<bytes.count * 8).filter { unsafe bytes[$0 / 8] & 1 << UInt8($0 % 8) != 0 }
    }
  }

  private mutating func insert(_ number: Int) {
    unsafe withUnsafeMutableBytes(of: &set) { bytes in
      unsafe bytes[number / 8] |= 1 << UInt8(number % 8)
    }
  }

  func apply(to attributes: inout pthread_attr_t) {
    var set = set
    unsafe pthread_attr_setaffinity_np(&attributes, Self.size, &set)
  }

  func bindThisThread() {
    var set = set
    unsafe pthread_setaffinity_np(pthread_self(), Self.size, &set)
  }
}
