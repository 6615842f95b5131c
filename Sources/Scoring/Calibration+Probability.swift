public import ModelFile
import StableNumerics

extension Model.Calibration {
  /// The probability of a linear predictor η. Monotone in η for every calibration that a fit produces.
  public func probability(of linearPredictor: Double) -> Double {
    switch self {
    case .none: return laneExpit(linearPredictor)
    case .platt(let intercept, let slope): return laneExpit(intercept + slope * linearPredictor)
    case .beta(let a, let b, let intercept):
      // log p = −log(1 + e^−η) and log(1 − p) = −log(1 + e^η), exact at both ends
      return expit(intercept - a * log1pExp(-linearPredictor) + b * log1pExp(linearPredictor))
    case .isotonic(let points, let probabilities):
      return Self.interpolate(linearPredictor, points, probabilities)
    }
  }

  /// Replaces linear predictors by probabilities, the same in every bit as one by one.
  func map(_ values: inout [Double]) {
    var span = values.mutableSpan
    map(&span)
  }

  func map(_ values: inout MutableSpan<Double>) {
    let line: (intercept: Double, slope: Double)
    switch self {
    case .none: line = (0, 1)
    case .platt(let intercept, let slope): line = (intercept, slope)
    case .isotonic, .beta:
      for row in values.indices { values[row] = probability(of: values[row]) }
      return
    }
    let whole = values.count & ~7
    do {
      var bytes = unsafe values.mutableBytes
      for row in stride(from: 0, to: whole, by: 8) {
        let eta = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: row * 8, as: SIMD8<Double>.self)
        // A line with slope 1 and intercept 0 gives η itself, in every bit.
        bytes.storeBytes(
          of: vectorExpit(eta * line.slope + line.intercept), toByteOffset: row * 8, as: SIMD8<Double>.self)
      }
    }
    for row in whole..<values.count { values[row] = probability(of: values[row]) }
  }

  /// The same in single precision; `values` are used up.
  func map(_ values: inout MutableSpan<Double>, into target: inout MutableSpan<Float>) {
    guard self == .none else {
      map(&values)
      for row in target.indices { target[row] = Float(values[row]) }
      return
    }
    let whole = target.count & ~7
    do {
      let source = unsafe values.span.bytes
      var bytes = unsafe target.mutableBytes
      for row in stride(from: 0, to: whole, by: 8) {
        let eta = unsafe source.unsafeLoadUnaligned(fromByteOffset: row * 8, as: SIMD8<Double>.self)
        bytes.storeBytes(
          of: vectorExpit(SIMD8<Float>(eta)), toByteOffset: row * 4, as: SIMD8<Float>.self)
      }
    }
    for row in whole..<target.count { target[row] = vectorExpit(SIMD8(repeating: Float(values[row])))[0] }
  }

  /// One lane of ``StableNumerics/vectorExpit(_:)``, so that an account alone and the same account in a
  /// table get the same bits.
  @inline(__always)
  private func laneExpit(_ linearPredictor: Double) -> Double {
    vectorExpit(SIMD8(repeating: linearPredictor))[0]
  }

  /// What a change of the linear predictor does to the calibrated log-odds: the slope of Platt's line, 1
  /// where there is none or where it is not a line.
  var logOddsSlope: Double {
    if case .platt(_, let slope) = self { slope } else { 1 }
  }

  private static func interpolate(_ x: Double, _ points: [Double], _ values: [Double]) -> Double {
    guard !x.isNaN else { return .nan }
    var low = 0
    var high = points.count  // the first point beyond x
    while low < high {
      let middle = (low + high) / 2
      if points[middle] <= x { low = middle + 1 } else { high = middle }
    }
    if high == 0 { return values[0] }
    if high == points.count { return values[high - 1] }
    let share = (x - points[high - 1]) / (points[high] - points[high - 1])
    return values[high - 1] + share * (values[high] - values[high - 1])
  }
}
