import ModelFile

extension Scorer {
  /// Φ⁻¹(0.975)
  static let normalQuantile = 1.959963984540054

  /// η ± 1.96 · √(gᵀ Σ g) with g = (1, terms), mapped by the calibration. Cost: (q+1)² products.
  func interval(linearPredictor: Double, terms: [Double]) -> ProbabilityInterval {
    interval(linearPredictor: linearPredictor, standardError: standardError(terms: terms))
  }

  func interval(linearPredictor: Double, standardError: Double) -> ProbabilityInterval {
    let reach = Self.normalQuantile * standardError
    let a = model.calibration.probability(of: linearPredictor - reach)
    let b = model.calibration.probability(of: linearPredictor + reach)
    return ProbabilityInterval(low: min(a, b), high: max(a, b))
  }

  /// The standard error of the linear predictor; 0 without covariance.
  func standardError(terms: [Double]) -> Double {
    guard let covariance = model.covariance else { return 0 }
    var sum = 0.0
    var index = 0
    for i in 0...terms.count {
      let left = i == 0 ? 1 : terms[i - 1]
      var inner = 0.0
      for j in 0..<i {
        inner += covariance[index] * (j == 0 ? 1 : terms[j - 1])
        index += 1
      }
      sum += left * (2 * inner + covariance[index] * left)
      index += 1
    }
    return max(0, sum).squareRoot()
  }
}
