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

  /// The same in either precision.
  func map<Number: LogisticScalar>(_ values: inout MutableSpan<Number>) {
    let intercept: Number
    let slope: Number
    switch self {
    case .none: (intercept, slope) = (0, 1)
    case .platt(let a, let b): (intercept, slope) = (Number(a), Number(b))
    case .isotonic, .beta:
      for row in values.indices { values[row] = Number(probability(of: Double(values[row]))) }
      return
    }
    // A line with slope 1 and intercept 0 gives η itself, in every bit.
    let whole = values.count & ~7
    do {
      var bytes = unsafe values.mutableBytes
      for row in stride(from: 0, to: whole, by: 8) {
        let place = row &* MemoryLayout<Number>.stride
        let eta = unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: place, as: SIMD8<Number>.self)
        unsafe bytes.storeBytes(
          of: Number.expit(eta * slope + intercept), toUncheckedByteOffset: place, as: SIMD8<Number>.self)
      }
    }
    for row in whole..<values.count {
      values[row] = Number.expit(SIMD8(repeating: values[row] * slope + intercept))[0]
    }
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

/// A precision in which probabilities are reckoned eight at a time.
protocol LogisticScalar: BinaryFloatingPoint, SIMDScalar, BitwiseCopyable, Codable
where SIMD8Storage: BitwiseCopyable {
  static func expit(_ linearPredictors: SIMD8<Self>) -> SIMD8<Self>
}

extension Double: LogisticScalar {
  @inline(__always)
  static func expit(_ linearPredictors: SIMD8<Double>) -> SIMD8<Double> { vectorExpit(linearPredictors) }
}

extension Float: LogisticScalar {
  @inline(__always)
  static func expit(_ linearPredictors: SIMD8<Float>) -> SIMD8<Float> { vectorExpit(linearPredictors) }
}
