public import ModelFile
import StableNumerics

/// Traffic light of the risk of leaving.
public enum HealthBand: String, Sendable, CaseIterable {
  case green, yellow, red
}

/// How much an account may grow.
public enum ExpansionBand: String, Sendable, CaseIterable {
  case high, medium, low
}

extension Model {
  /// Health, 0…100: the book's usual odds p₀/(1−p₀) against the account's odds p/(1−p) of leaving.
  ///
  ///     health = 100 · p₀(1−p) / (p₀(1−p) + p(1−p₀))
  ///
  /// 50 is usual, 25 three times the usual odds, 75 a third of them, whatever the base rate p₀ (``eventRate``).
  public func health(probability p: Double) -> Double {
    let stays = eventRate * (1 - p)
    return 100 * stays / (stays + p * (1 - eventRate))
  }

  /// `red` below ``Bands/redBelow``, `green` from ``Bands/greenFrom`` on.
  public func healthBand(health: Double) -> HealthBand {
    if health < bands.redBelow { return .red }
    return health >= bands.greenFrom ? .green : .yellow
  }

  /// With ordered bands the one of the largest probability, the higher of two equal ones; else `high` from
  /// ``Bands/highFrom`` times the usual odds on, `low` below ``Bands/lowBelow`` times.
  public func expansionBand(probability p: Double) -> ExpansionBand {
    if let bands = bandProbabilities(linearPredictor: logit(p)) {
      if bands.high >= max(bands.medium, bands.low) { return .high }
      return bands.medium >= bands.low ? .medium : .low
    }
    let account = p * (1 - eventRate)
    let usual = eventRate * (1 - p)
    if account >= bands.highFrom * usual { return .high }
    return account < bands.lowBelow * usual ? .low : .medium
  }

  /// P of each of three ordered bands at the log-odds η of the highest; nil for a model without them.
  ///
  ///     P(high) = expit(η), P(high or medium) = expit(η + s), s = medium intercept − intercept
  public func bandProbabilities(linearPredictor eta: Double) -> BandProbabilities? {
    guard let orderedBands else { return nil }
    let upper = eta + orderedBands.mediumIntercept - intercept
    // Without cancellation in the upper tail.
    let medium = eta > 0 ? expit(-eta) - expit(-upper) : expit(upper) - expit(eta)
    return BandProbabilities(low: expit(-upper), medium: medium, high: expit(eta))
  }
}

/// Three that add up to 1.
public struct BandProbabilities: Sendable, Equatable {
  public let low: Double
  public let medium: Double
  public let high: Double
}
