import Features
import ModelFile

/// One account's score with everything that explains it.
public struct Score: Sendable, Equatable {
  /// η on the log-odds scale, before calibration.
  public let linearPredictor: Double
  /// The calibrated probability of the event.
  public let probability: Double
  /// 95 %, from the covariance of the estimates; nil where the model has none.
  public let interval: ProbabilityInterval?
  /// Every part of the log-odds relative to the training mean, the largest in size first.
  public let reasons: [Reason]
  /// Models of role risk.
  public let health: Double?
  public let band: HealthBand?
  /// Models of role expansion.
  public let expansionBand: ExpansionBand?
  /// Models of three ordered bands.
  public let bandProbabilities: BandProbabilities?
}

/// Where the probability lies given the uncertainty of the coefficients (not of the outcome).
public struct ProbabilityInterval: Sendable, Equatable {
  public let low: Double
  public let high: Double
}

extension Scorer {
  /// Scores one account. Inputs that are not named count as missing; a name that the model does not know
  /// and a missing value that it demands are errors.
  public func score(_ account: [String: AccountValue]) throws(ScoringError) -> Score {
    var row = makeRow()
    for name in account.keys.sorted() {
      guard let value = account[name] else { continue }
      if name == model.offset, case .number(let number) = value {
        row.offset = number
      } else {
        try set(try index(of: name), to: value, in: &row)
      }
    }
    return try score(row)
  }

  /// Scores one row, with reasons and interval.
  public func score(_ row: AccountRow) throws(ScoringError) -> Score {
    for input in program.demanded where row.values[input].isNaN {
      throw .missingValue(column: inputs[input].name, row: nil)
    }
    if let offset = model.offset, row.offset.isNaN { throw .missingValue(column: offset, row: nil) }
    let eta = linearPredictor(of: row)
    guard eta.isFinite else { throw .notFinite(row: nil) }
    let probability = model.calibration.probability(of: eta)
    let terms = program.terms(of: row.values)
    let health = model.role == .risk ? model.health(probability: probability) : nil
    return Score(
      linearPredictor: eta, probability: probability,
      interval: model.covariance == nil ? nil : interval(linearPredictor: eta, terms: terms),
      reasons: reasons(terms: terms, values: row.values), health: health,
      band: health.map { model.healthBand(health: $0) },
      expansionBand: model.role == .expansion ? model.expansionBand(probability: probability) : nil,
      bandProbabilities: model.bandProbabilities(linearPredictor: eta))
  }
}
