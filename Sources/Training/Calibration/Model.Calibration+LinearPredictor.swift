public import ModelFile
import Scoring
import StableNumerics

extension Model.Calibration {
  /// The calibrated log-odds of η: what a log loss needs to keep its digits.
  public func linearPredictor(of linearPredictor: Double) -> Double {
    switch self {
    case .none: linearPredictor
    case .platt(let intercept, let slope): intercept + slope * linearPredictor
    case .beta(let a, let b, let intercept):
      intercept - a * log1pExp(-linearPredictor) + b * log1pExp(linearPredictor)
    case .isotonic: logit(probability(of: linearPredictor))
    }
  }
}
