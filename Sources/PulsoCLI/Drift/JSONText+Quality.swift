import Metrics
import ModelFile

extension JSONText {
  /// The value and its bounds as `key`, `key_low`, `key_high`.
  mutating func estimate(_ key: String, _ value: Estimate?) {
    optional(key, value?.value)
    optional("\(key)_low", value?.low)
    optional("\(key)_high", value?.high)
  }

  mutating func quality(_ key: String, _ quality: PredictionQuality?) {
    guard let quality else { return null(key) }
    object(key) { json in
      json.integer("rows", quality.rows)
      json.optional("events", quality.events)
      json.optional("event_rate", quality.eventRate)
      json.optional("mean_probability", quality.meanProbability)
      json.estimate("auc", quality.auc)
      json.optional("pr_auc", quality.prAUC)
      json.optional("log_loss", quality.logLoss)
      json.optional("brier", quality.brier)
      json.optional("ece", quality.ece)
      json.estimate("calibration_intercept", quality.calibrationIntercept)
      json.estimate("calibration_slope", quality.calibrationSlope)
      json.optional("top_decile_lift", quality.topDecileLift)
      json.optional("ks", quality.kolmogorovSmirnov)
    }
  }
}
