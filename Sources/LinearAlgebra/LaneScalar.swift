/// A number that is read eight at a time and reckoned with in double precision.
protocol LaneScalar: BinaryFloatingPoint, BitwiseCopyable, Sendable {
  /// The eight numbers from `start` on, wherever it lies.
  @unsafe static func lanes(_ start: UnsafePointer<Self>) -> SIMD8<Double>
}

extension Double: LaneScalar {
  @inline(__always)
  @unsafe static func lanes(_ start: UnsafePointer<Double>) -> SIMD8<Double> {
    unsafe UnsafeRawPointer(start).loadUnaligned(as: SIMD8<Double>.self)
  }
}

extension Float: LaneScalar {
  @inline(__always)
  @unsafe static func lanes(_ start: UnsafePointer<Float>) -> SIMD8<Double> {
    SIMD8<Double>(unsafe UnsafeRawPointer(start).loadUnaligned(as: SIMD8<Float>.self))
  }
}
