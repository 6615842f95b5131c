import CThreads
import Glibc

/// A thread beside its maker's, which starts on another processor where there is one.
///
/// Linux puts a thread that starts or wakes on an idle processor, but in a virtual machine takes one that sleeps for
/// one that the host has given to others (`vcpu_is_preempted`): the thread then waits behind its maker until a tick of
/// the scheduler, up to 4 ms later. A fit of 100,000 × 30 took 35 ms for it, and takes 23.
///
/// Cost: some ten microseconds.
@safe struct Helper: ~Copyable {
  private let thread: pthread_t

  /// Starts `body`; nil where the system has no thread to give.
  init?(_ body: @escaping @Sendable () -> Void) {
    var attributes = pthread_attr_t()
    guard unsafe pthread_attr_init(&attributes) == 0 else { return nil }
    defer { unsafe pthread_attr_destroy(&attributes) }
    let allowed = Processors.ofThisThread
    if let others = allowed?.withoutCurrent { others.apply(to: &attributes) }
    let work = unsafe Unmanaged.passRetained(Work(processors: allowed, body))
    var thread = pthread_t()
    let failure = unsafe pthread_create(
      &thread, &attributes,
      { work in
        unsafe Unmanaged<Work>.fromOpaque(work!).takeRetainedValue().run()
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
    private let processors: Processors?
    private let body: @Sendable () -> Void

    init(processors: Processors?, _ body: @escaping @Sendable () -> Void) {
      self.processors = processors
      self.body = body
    }

    func run() {
      // It has its place; from now on it may go where its maker may.
      processors?.applyToThisThread()
      body()
    }
  }
}

/// Processors that a thread may run on.
private struct Processors: Sendable {
  private var set = cpu_set_t()
  private static let size = MemoryLayout<cpu_set_t>.size

  static var ofThisThread: Processors? {
    var processors = Processors()
    return unsafe pthread_getaffinity_np(pthread_self(), size, &processors.set) == 0 ? processors : nil
  }

  /// All but the one that this thread is on; nil where there is no other.
  var withoutCurrent: Processors? {
    let current = Int(sched_getcpu())
    guard 0..<Self.size * 8 ~= current else { return nil }
    var others = self
    let hasAny = unsafe withUnsafeMutableBytes(of: &others.set) { bytes in
      unsafe bytes[current / 8] &= ~(1 << UInt8(current % 8))
      return unsafe bytes.contains { $0 != 0 }
    }
    return hasAny ? others : nil
  }

  func apply(to attributes: inout pthread_attr_t) {
    var set = set
    unsafe pthread_attr_setaffinity_np(&attributes, Self.size, &set)
  }

  func applyToThisThread() {
    var set = set
    unsafe pthread_setaffinity_np(pthread_self(), Self.size, &set)
  }
}
