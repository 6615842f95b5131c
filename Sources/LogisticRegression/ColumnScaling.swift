import LinearAlgebra
import StableNumerics

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
    let columns = observations.design.moments(weights: weights, threads: threads).map(Moments.init)
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

extension Moments {
  fileprivate init(_ raw: ColumnMoments) {
    let unit = raw.unit
    guard raw.high - raw.low < .infinity else {
      self.init(center: 0, scale: .infinity, magnitude: .infinity)
      return
    }
    let deviation = raw.deviation
    let magnitude = (raw.mean * raw.mean + deviation * deviation).squareRoot()
    // Below 64 ulp of its size a column varies by rounding alone.
    let isConstant =
      raw.low == raw.high || deviation <= 64 * 0x1p-52 * magnitude || (1 / (deviation / unit)).isInfinite
    self.init(center: raw.mean / unit, scale: isConstant ? 0 : deviation / unit, magnitude: magnitude / unit)
  }
}
