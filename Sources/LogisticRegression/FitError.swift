public import LinearAlgebra

/// Why a fit has no answer. Facts only; sentences are made at the rim.
public enum FitError: Error, Equatable, Sendable {
  public enum Input: Equatable, Sendable {
    case term(String)
    case outcomes, trials, weights, offset, clusters, folds
  }

  case noRows
  /// `count` numbers where `expected` belong.
  case unequalLengths(Input, count: Int, expected: Int)
  /// The first number of this input that is not finite; rows count from 0.
  case notFinite(Input, row: Int)
  /// A column whose range exceeds what a double holds.
  case rangeOverflows(term: String)
  case outcomeOutOfRange(row: Int, value: Double)
  case negativeWeight(row: Int, value: Double)
  case trialsNotPositive(row: Int, value: Double)
  case allWeightsZero
  /// Every row with a weight has the event, or none has.
  case oneClass(event: Bool)
  /// The maximum-likelihood estimate does not exist.
  case separation(Separation)
  /// The iterations ended before the stopping rule was met.
  case notConverged(Convergence)
  case invalidSetting(name: String, value: Double)
  /// A setting that holds a value for each term, with another number of them.
  case settingCount(name: String, count: Int, expected: Int)
  /// Two settings that exclude each other.
  case settingsExclude(String, String)
  /// These columns are nearly sums of others: for that a design in a file is not orthogonalised.
  case nearlyDependent([String])
  case unknownTerm(String)
  /// One-way clustering needs at least two clusters.
  case tooFewClusters(count: Int)
  /// A fold without a row, or fewer than two folds.
  case tooFewFolds(count: Int)
  /// An ordinal fit needs each band at least once.
  case emptyBand(band: Int)
  case numerics(LAPACKError)
}
