import LinearAlgebra

/// Weighted mean and population standard deviation (divisor W) of each column: fits are solved in their
/// units whatever the penalty, so that a column in millions is no harder than one in thousandths.
struct ColumnScaling: Sendable {
  var centers: [Double]
  /// 0 where the column is constant.
  var scales: [Double]
  /// Root mean square, which tells the rounding in a column.
  var magnitudes: [Double]

  /// One pass over each column, columns shared by the threads. Throws where a range exceeds a double's.
  init(_ observations: Observations, weights: [Double]?, threads: Int) throws(FitError) {
    let n = observations.count
    let columns = mapBlocks(count: observations.termCount, threads: threads) { j in
      moments(observations.design.values.span.extracting(j * n..<(j + 1) * n), weights: weights?.span)
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

private func moments(_ values: Span<Double>, weights: Span<Double>?) -> Moments {
  let found = moments(values, weights: weights, unit: 1)
  let extent = max(found.low.magnitude, found.high.magnitude)
  guard extent > 0, extent > 0x1p300 || extent < 0x1p-300, found.high - found.low < .infinity else {
    return Moments(found, unit: 1)
  }
  // A power of two brings extreme columns to where squares neither overflow nor vanish.
  let unit = Double(
    sign: .plus, exponent: -min(max(Int(extent.exponent), -1000), 1000), significand: 1)
  return Moments(moments(values, weights: weights, unit: unit), unit: unit)
}

/// Moments of values · unit.
private struct RawMoments {
  var weight = 0.0
  var mean = 0.0
  /// Σ w (x − mean)²
  var squares = 0.0
  var low = Double.infinity
  var high = -Double.infinity

  /// Those of both sets of rows (Chan, Golub & LeVeque 1983).
  mutating func merge(_ other: RawMoments) {
    low = min(low, other.low)
    high = max(high, other.high)
    guard other.weight > 0 else { return }
    let total = weight + other.weight
    let difference = other.mean - mean
    mean += difference * (other.weight / total)
    squares += other.squares + difference * difference * (weight / total * other.weight)
    weight = total
  }
}

extension Moments {
  fileprivate init(_ raw: RawMoments, unit: Double) {
    guard raw.high - raw.low < .infinity else {
      self.init(center: 0, scale: .infinity, magnitude: .infinity)
      return
    }
    let deviation = (raw.squares / raw.weight).squareRoot()
    let magnitude = (raw.mean * raw.mean + deviation * deviation).squareRoot()
    // Below 64 ulp of its size a column varies by rounding alone.
    let isConstant =
      raw.low == raw.high || deviation <= 64 * 0x1p-52 * magnitude || (1 / (deviation / unit)).isInfinite
    self.init(center: raw.mean / unit, scale: isConstant ? 0 : deviation / unit, magnitude: magnitude / unit)
  }
}

/// In stretches that stay in the first-level cache: mean, then squares about it, then all stretches together.
private func moments(_ values: Span<Double>, weights: Span<Double>?, unit: Double) -> RawMoments {
  var result = RawMoments()
  for start in stride(from: 0, to: values.count, by: 2048) {
    let range = start..<min(start + 2048, values.count)
    result.merge(stretchMoments(values.extracting(range), weights: weights?.extracting(range), unit: unit))
  }
  return result
}

private func stretchMoments(_ values: Span<Double>, weights: Span<Double>?, unit: Double) -> RawMoments {
  typealias Lanes = SIMD8<Double>
  let count = values.count
  let whole = count & ~7
  let bytes = unsafe values.bytes
  var low = Lanes(repeating: values[0])
  var high = low
  var sum = Lanes(repeating: 0)
  var weight = Lanes(repeating: 0)
  for i in stride(from: 0, to: whole, by: 8) {
    let x = lanes(bytes, from: i, count: count)
    low.replace(with: x, where: x .< low)
    high.replace(with: x, where: x .> high)
    if let weights {
      let w = unsafe lanes(weights.bytes, from: i, count: count)
      sum += w * (x * unit)
      weight += w
    } else {
      sum += x * unit
    }
  }
  var result = RawMoments()
  result.low = low.min() * unit
  result.high = high.max() * unit
  var total = sum.sum()
  result.weight = weights == nil ? Double(whole) : weight.sum()
  for i in whole..<count {
    let w = weights?[i] ?? 1
    result.low = min(result.low, values[i] * unit)
    result.high = max(result.high, values[i] * unit)
    total += w * (values[i] * unit)
    result.weight += w
  }
  guard result.weight > 0 else { return result }
  result.mean = total / result.weight
  var squares = Lanes(repeating: 0)
  for i in stride(from: 0, to: whole, by: 8) {
    let difference = lanes(bytes, from: i, count: count) * unit - result.mean
    if let weights {
      squares += unsafe lanes(weights.bytes, from: i, count: count) * difference * difference
    } else {
      squares += difference * difference
    }
  }
  result.squares = squares.sum()
  for i in whole..<count {
    let difference = values[i] * unit - result.mean
    result.squares += (weights?[i] ?? 1) * difference * difference
  }
  return result
}
