import CLAPACK

/// OpenBLAS would start threads of its own and cut the sums differently for each number of them. Pulso
/// shares rows among threads itself, in blocks of fixed size, so BLAS is told once to stay on its caller's.
public enum SingleThreadedBLAS {
  private static let once: Void = {
    openblas_set_num_threads(1)
    // The threads it started when it was loaded spin for a tenth of a second.
    pulso_end_blas_threads()
  }()

  /// Called before the first product by whoever makes one; by a program when it starts, to have its processors.
  public static func ensure() {
    _ = once
  }
}
