/// 1 / (1 + e^−η) of each lane: within 4 ulp of the exact value for η ≥ −708, 0 below that, 1 far above; NaN
/// for NaN. Tested against ``expit(_:)`` on a dense sweep.
@inlinable
@inline(__always)
public func vectorExpit(_ linearPredictors: SIMD8<Double>) -> SIMD8<Double> {
  let isNegative = linearPredictors .< 0
  let e = vectorExp(linearPredictors.replacing(with: -linearPredictors, where: .!isNegative))
  let p = SIMD8<Double>(repeating: 1).replacing(with: e, where: isNegative) / (e + 1)
  return p.replacing(with: linearPredictors, where: linearPredictors .!= linearPredictors)
}
