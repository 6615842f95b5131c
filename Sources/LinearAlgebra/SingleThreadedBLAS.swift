import CLAPACK

/// OpenBLAS would start threads of its own and cut the sums differently for each number of them. Pulso
/// shares rows among threads itself, in blocks of fixed size, so BLAS is told once to stay on its caller's.
enum SingleThreadedBLAS {
  private static let once: Void = openblas_set_num_threads(1)

  static func ensure() {
    _ = once
  }
}
