import LinearAlgebra

/// Weighted mean and population standard deviation (divisor W) of each column: fits are solved in their
/// units whatever the penalty, so that a column in millions is no harder than one in thousandths.
struct ColumnScaling: Sendable {
  var centers: [Double]
  /// 0 where the column is constant.
  var scales: [Double]
  /// Root mean square, which tells the rounding in a column.
  var magnitudes: [Double]

  /// Two passes over each column, columns shared by the threads. Throws where a range exceeds a double's.
  init(_ observations: Observations, weights: [Double]?, totalWeight: Double, threads: Int) throws(FitError) {
    let n = observations.count
    let columns = mapBlocks(count: observations.termCount, threads: threads) { j in
      moments(
        observations.design.values.span.extracting(j * n..<(j + 1) * n), weights: weights?.span,
        totalWeight: totalWeight)
    }
    if let j = columns.firstIndex(where: { !$0.scale.isFinite }) {
      throw .rangeOverflows(term: observations.termNames[j])
    }
    centers = columns.map(\.center)
    scales = columns.map(\.scale)
    magnitudes = columns.map(\.magnitude)
  }
}

private struct Moments: Sendable {
  var center: Double
  var scale: Double
  var magnitude: Double
}

private func moments(_ values: Span<Double>, weights: Span<Double>?, totalWeight: Double) -> Moments {
  typealias Lanes = SIMD8<Double>
  let count = values.count
  let bytes = unsafe values.bytes
  // Missing lanes of the last eight repeat the column's first value with weight 0.
  func lanes(_ i: Int) -> Lanes {
    if i + 8 <= count { return unsafe bytes.unsafeLoadUnaligned(fromByteOffset: i * 8, as: Lanes.self) }
    var result = Lanes(repeating: values[0])
    for k in i..<count { result[k - i] = values[k] }
    return result
  }
  func weightLanes(_ i: Int) -> Lanes {
    if i + 8 <= count {
      guard let weights else { return Lanes(repeating: 1) }
      return unsafe weights.bytes.unsafeLoadUnaligned(fromByteOffset: i * 8, as: Lanes.self)
    }
    var result = Lanes(repeating: 0)
    for k in i..<count { if let weights { result[k - i] = weights[k] } else { result[k - i] = 1 } }
    return result
  }

  var low = Lanes(repeating: values[0])
  var high = low
  var sum = Lanes(repeating: 0)
  for i in stride(from: 0, to: count, by: 8) {
    let x = lanes(i)
    low = pointwiseMin(low, x)
    high = pointwiseMax(high, x)
    sum += weightLanes(i) * x
  }
  let extent = max(low.min().magnitude, high.max().magnitude)
  guard high.max() - low.min() < .infinity else {
    return Moments(center: 0, scale: .infinity, magnitude: .infinity)
  }
  // A power of two brings extreme columns to where squares neither overflow nor vanish.
  let shift = extent > 0x1p300 || extent < 0x1p-300 ? -min(max(extent.exponent, -1000), 1000) : 0
  let unit = extent == 0 || shift == 0 ? 1 : Double(sign: .plus, exponent: Int(shift), significand: 1)
  if unit != 1 {
    sum = Lanes(repeating: 0)
    for i in stride(from: 0, to: count, by: 8) { sum += weightLanes(i) * (lanes(i) * unit) }
  }
  let mean = sum.sum() / totalWeight
  var squares = Lanes(repeating: 0)
  for i in stride(from: 0, to: count, by: 8) {
    let difference = lanes(i) * unit - mean
    squares += weightLanes(i) * difference * difference
  }
  let deviation = (squares.sum() / totalWeight).squareRoot()
  let magnitude = (mean * mean + deviation * deviation).squareRoot()
  // Below 64 ulp of its size a column varies by rounding alone.
  let isConstant =
    low.min() == high.max() || deviation <= 64 * 0x1p-52 * magnitude || (1 / (deviation / unit)).isInfinite
  return Moments(
    center: mean / unit, scale: isConstant ? 0 : deviation / unit, magnitude: magnitude / unit)
}
