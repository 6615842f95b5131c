import ArgumentParser
import Training

extension DriftLimits {
  /// `psi=0.2,missing=0.1`.
  init(argument: String) throws {
    var limits: [(measure: Measure, limit: Double)] = []
    for part in argument.split(separator: ",") {
      let sides = part.split(separator: "=", maxSplits: 1).map(String.init)
      guard sides.count == 2, let measure = Measure(rawValue: sides[0]), let limit = Double(sides[1]),
        limit >= 0
      else {
        throw ValidationError(
          "--fail-on takes psi=, effect=, missing=, unseen= or ece= with a number, not '\(part)'")
      }
      limits.append((measure, limit))
    }
    self.init(limits)
  }
}
