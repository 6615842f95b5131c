import Dispatch
import Foundation
import Synchronization
import Tables

/// What happens when the process is told to stop (Ctrl-C, `kill`, the end of a session): temporary files are
/// removed, everything else is whole at any moment anyway, and the exit status is 128 and the signal's number.
enum Interruption {
  private static let received = Atomic<Int32>(0)
  private static let woken = DispatchSemaphore(value: 0)

  /// Watches for the rest of the process. The handler only wakes a thread, as little else is allowed in one;
  /// no file handle is needed, so that it works where none is left.
  static func watch() {
    // A file beyond the size that the system grants becomes an error, like a full disk.
    _ = signal(SIGXFSZ, SIG_IGN)
    Thread.detachNewThread {
      woken.wait()
      let number = received.load(ordering: .acquiring)
      StandardError.note("stopped by signal \(number); every file is whole")
      TemporaryFiles.removeAll(thenExit: 128 + number)
    }
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    for number in [SIGTERM, SIGINT, SIGHUP] {
      let former = signal(number) { number in
        Interruption.received.store(number, ordering: .releasing)
        Interruption.woken.signal()
      }
      // What `nohup` or a shell's background told us to ignore stays ignored.
      if unsafe unsafeBitCast(former, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) {
        _ = signal(number, SIG_IGN)
      }
      unsafe sigaddset(&signals, number)
    }
    // A parent may have started us with signals blocked.
    unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }
}
