#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// sign(x) · log(1 + |x|): a logarithm that knows zero and negative numbers.
func signedLogarithm(_ x: Double) -> Double {
  x < 0 ? -log1p(-x) : log1p(x)
}

/// How many of the ascending knots lie below x; NaN for NaN. O(log knots).
func bin(of x: Double, in knots: [Double]) -> Double {
  if x.isNaN { return x }
  var low = 0
  var high = knots.count
  while low < high {
    let middle = (low + high) / 2
    if knots[middle] < x { low = middle + 1 } else { high = middle }
  }
  return Double(low)
}

/// One non-linear column of Harrell's restricted cubic spline (Regression Modeling Strategies, 2nd ed.,
/// eq. 2.25; `rcspline.eval` of R's Hmisc with norm = 2). For knots t₁ < … < t_k and j = index + 1:
///
///     [(x − tⱼ)₊³ − (x − t_{k−1})₊³ (t_k − tⱼ)/(t_k − t_{k−1}) + (x − t_k)₊³ (t_{k−1} − tⱼ)/(t_k − t_{k−1})]
///       / (t_k − t₁)²
///
/// Beyond t_k the cubes cancel; the straight line that remains is computed as such, so that far outliers
/// keep their digits.
struct CubicSplineColumn: Sendable {
  private let start: Double
  private let late: Double
  private let last: Double
  private let lateFactor: Double
  private let scale: Double
  private let slopeBeyond: Double

  /// At least three knots, ascending; index in 0 ..< knots.count − 2.
  init(knots: [Double], index: Int) {
    start = knots[index]
    late = knots[knots.count - 2]
    last = knots[knots.count - 1]
    lateFactor = (last - start) / (last - late)
    scale = 1 / ((last - knots[0]) * (last - knots[0]))
    slopeBeyond = 3 * (last - start) * (late - start) * scale
  }

  func value(at x: Double) -> Double {
    if x > last { return inner(last) + slopeBeyond * (x - last) }
    return inner(x)
  }

  private func inner(_ x: Double) -> Double {
    func cube(_ d: Double) -> Double { d > 0 ? d * d * d : 0 }
    guard !x.isNaN else { return .nan }
    return (cube(x - start) - cube(x - late) * lateFactor) * scale
  }
}

extension RecipeBasis {
  /// The basis at a number that is not missing; nil for the bases of levels and of missing values.
  public func value(at x: Double) -> Double? {
    switch self {
    case .identity: x
    case .signedLog: signedLogarithm(x)
    case .hinge(let knot): max(0, x - knot)
    case .hingeBelow(let knot): max(0, knot - x)
    case .step(let knot): x.isNaN ? x : (x > knot ? 1 : 0)
    case .cubicSpline(let knots, let index): CubicSplineColumn(knots: knots, index: index).value(at: x)
    case .bins(let knots): bin(of: x, in: knots)
    case .level, .otherLevels, .missing, .codes: nil
    }
  }
}
