#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A thread beside its maker's. It takes no signals but those of its own doing, such as a fault or a broken pipe: others
/// are for threads that the program knows.
@safe struct Helper: ~Copyable {
  private let thread: pthread_t

  /// Starts `body` on one of `processors`, or on any that its maker may use; nil where the system has no thread to
  /// give. Cost: some 50 microseconds from its start to its end.
  init?(on processors: ProcessorSet?, _ body: @escaping @Sendable () -> Void) {
    let work = unsafe Unmanaged.passRetained(Work(body))
    // A processor may have been taken from the process meanwhile.
    guard let thread = unsafe Self.start(work, on: processors) ?? Self.start(work, on: nil) else {
      unsafe work.release()
      return nil
    }
    self.thread = thread
  }

  private static func start(_ work: Unmanaged<Work>, on processors: ProcessorSet?) -> pthread_t? {
    var attributes = pthread_attr_t()
    guard unsafe pthread_attr_init(&attributes) == 0 else { return nil }
    defer { unsafe pthread_attr_destroy(&attributes) }
    processors?.apply(to: &attributes)
    var others = sigset_t()
    var former = sigset_t()
    unsafe sigfillset(&others)
    for own in [SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGSYS, SIGPIPE, SIGXFSZ, SIGPROF] {
      unsafe sigdelset(&others, own)
    }
    unsafe pthread_sigmask(SIG_BLOCK, &others, &former)
    defer { unsafe pthread_sigmask(SIG_SETMASK, &former, nil) }
    var thread = pthread_t()
    let failure = unsafe pthread_create(
      &thread, &attributes,
      { work in
        unsafe Unmanaged<Work>.fromOpaque(work!).takeRetainedValue().body()
        return nil
      }, work.toOpaque())
    return failure == 0 ? thread : nil
  }

  /// Lets it run on these.
  borrowing func bind(to processors: ProcessorSet) {
    processors.bind(thread)
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
