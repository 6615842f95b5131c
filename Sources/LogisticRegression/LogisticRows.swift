// Rows are taken eight at a time by unaligned loads from raw spans (bounds are checked for each load of
// eight), because element-wise access keeps the compiler from vectorising the exponential.
import StableNumerics

/// Sums over a block of rows.
struct LogisticSums {
  /// Σ w [log(1 + e^η) − y η]
  var loss: Double
  /// Σ w y p
  var eventFit: Double
}

/// From the linear predictors η of a block of rows: its sums, the residuals w (p − y) and, where wanted, the
/// root curvatures √(w p (1 − p)).
///
/// p − y is computed as p (1 − y) − (1 − p) y, and log(1 + e^η) − y η as log(1 + e^−|η|) plus (1 − y) η or
/// −y η: no digits cancel at either end.
func logisticRows(
  linearPredictors: [Double], outcomes: Span<Double>, weights: Span<Double>?, residuals: inout [Double],
  rootCurvatures: inout [Double], wantsCurvature: Bool
) -> LogisticSums {
  typealias Lanes = SIMD8<Double>
  let count = outcomes.count
  precondition(residuals.count >= (count + 7) & ~7 && rootCurvatures.count >= (count + 7) & ~7)
  let etaBytes = unsafe linearPredictors.span.extracting(0..<count).bytes
  let outcomeBytes = unsafe outcomes.bytes
  var residualSpan = residuals.mutableSpan
  var residualBytes = unsafe residualSpan.mutableBytes
  var rootSpan = rootCurvatures.mutableSpan
  var rootBytes = unsafe rootSpan.mutableBytes
  var lossSum = Lanes(repeating: 0)
  var fitSum = Lanes(repeating: 0)
  for i in stride(from: 0, to: count, by: 8) {
    let eta = lanes(etaBytes, from: i, count: count)
    let y = lanes(outcomeBytes, from: i, count: count)
    var w = Lanes(repeating: 1)
    if let weights {
      w = unsafe lanes(weights.bytes, from: i, count: count)
    } else if i + 8 > count {
      for k in (count - i)..<8 { w[k] = 0 }
    }
    let isPositive = eta .>= 0
    let magnitude = eta.replacing(with: 0 - eta, where: eta .< 0)
    let e = vectorExp(0 - magnitude)
    let near = 1 / (1 + e)
    let far = e * near
    let p = far.replacing(with: near, where: isPositive)
    let q = near.replacing(with: far, where: isPositive)
    let miss = 1 - y
    residualBytes.storeBytes(of: w * (p * miss - q * y), toByteOffset: i * 8, as: Lanes.self)
    if wantsCurvature {
      rootBytes.storeBytes(of: (w * (near * far)).squareRoot(), toByteOffset: i * 8, as: Lanes.self)
    }
    lossSum += w * (vectorLog1p(e) + (y * magnitude).replacing(with: miss * magnitude, where: isPositive))
    fitSum += w * y * p
  }
  return LogisticSums(loss: lossSum.sum(), eventFit: fitSum.sum())
}

/// η ← w (p − y) for the numbers of `eta` from `start` on, one for each outcome, with their offset added first.
func logisticResiduals(
  _ eta: inout [Double], from start: Int, outcomes: Span<Double>, weights: Span<Double>?,
  offset: Span<Double>?
) {
  typealias Lanes = SIMD8<Double>
  let count = outcomes.count
  let whole = count & ~7
  var span = eta.mutableSpan
  do {
    var bytes = unsafe span.mutableBytes
    for i in stride(from: 0, to: whole, by: 8) {
      let place = (start + i) * 8
      var value = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: place, as: Lanes.self)
      if let offset { value += unsafe lanes(offset.bytes, from: i, count: count) }
      let y = unsafe lanes(outcomes.bytes, from: i, count: count)
      let e = vectorExp(value.replacing(with: 0 - value, where: value .> 0))
      let near = 1 / (1 + e)
      let far = e * near
      let isPositive = value .>= 0
      var residual =
        far.replacing(with: near, where: isPositive) * (1 - y)
        - near.replacing(with: far, where: isPositive) * y
      if let weights { residual *= unsafe lanes(weights.bytes, from: i, count: count) }
      bytes.storeBytes(of: residual, toByteOffset: place, as: Lanes.self)
    }
  }
  for i in whole..<count {
    let value = span[start + i] + (offset?[i] ?? 0)
    span[start + i] = (weights?[i] ?? 1) * (expit(value) * (1 - outcomes[i]) - expit(-value) * outcomes[i])
  }
}

/// Eight numbers from place `i` on; zeros behind the end.
@inline(__always)
func lanes(_ bytes: RawSpan, from i: Int, count: Int) -> SIMD8<Double> {
  if i + 8 <= count {
    return unsafe bytes.unsafeLoadUnaligned(fromByteOffset: i * 8, as: SIMD8<Double>.self)
  }
  var result = SIMD8<Double>(repeating: 0)
  for k in i..<count {
    result[k - i] = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: k * 8, as: Double.self)
  }
  return result
}
