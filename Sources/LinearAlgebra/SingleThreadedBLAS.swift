import CLAPACK

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// OpenBLAS would start threads of its own and cut the sums differently for each number of them. Pulso
/// shares rows among threads itself, in blocks of fixed size, so BLAS is told once to stay on its caller's.
public enum SingleThreadedBLAS {
  private static let once: Void = {
    openblas_set_num_threads(1)
    // The threads it started when it was loaded spin for a tenth of a second. No header declares what ends them,
    // and an OpenBLAS without threads has no such function.
    guard let symbol = unsafe dlsym(UnsafeMutableRawPointer(bitPattern: 0), "blas_thread_shutdown_") else {
      return
    }
    let end = unsafe unsafeBitCast(symbol, to: (@convention(c) () -> Int32).self)
    _ = end()
  }()

  /// Called before the first product by whoever makes one; by a program when it starts, to have its processors.
  public static func ensure() {
    _ = once
  }
}
