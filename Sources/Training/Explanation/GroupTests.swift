import Features
import LogisticRegression
import StableNumerics

extension TrainingReport {
  /// Whether a group of columns (usage, tickets, sentiment, content, account) adds anything.
  public struct GroupTest: Codable, Sendable, Equatable {
    public var group: String
    /// Twice the log-likelihood that leaving the group out costs.
    public var statistic: Double
    public var degreesOfFreedom: Int
    public var pValue: Double
  }

  /// A row that moves the fit.
  public struct InfluentialRow: Codable, Sendable, Equatable {
    public var account: String
    public var cooksDistance: Double
    public var leverage: Double
    public var pearsonResidual: Double
  }
}

extension Pipeline.Fit {
  /// Likelihood-ratio tests by group. They suppose rows that stand alone and no penalty: a penalised fit is
  /// fitted anew without one; nothing where no column has a group, where that fit doesn't exist (separation), or
  /// where terms were chosen on the same rows, which makes any test look surer than it is.
  func groupTests(threads: Int) -> [TrainingReport.GroupTest]? {
    guard (search?.added ?? 0) == 0 else { return nil }
    var terms: [String: [Int]] = [:]
    for (index, term) in recipe.terms.enumerated() {
      guard let group = recipe.inputs[term.factors[0].input].group else { continue }
      terms[group, default: []].append(index)
    }
    guard !terms.isEmpty else { return nil }
    let groups = terms.keys.sorted().map { (name: $0, terms: terms[$0] ?? []) }
    if let ordered {
      return groups.compactMap { group in
        guard let test = ordered.likelihoodRatio(without: group.terms), test.degreesOfFreedom > 0 else {
          return nil
        }
        return TrainingReport.GroupTest(
          group: group.name, statistic: test.statistic, degreesOfFreedom: test.degreesOfFreedom,
          pValue: chiSquaredUpperTail(
            test.statistic, degreesOfFreedom: Double(test.degreesOfFreedom)))
      }
    }
    guard
      let plain = regression.penalty == .none || regression.penalty == .firth
        ? regression : try? LogisticRegression(penalty: .none, threads: threads).fit(observations),
      let tests = try? plain.likelihoodRatioTests(observations, groups: groups)
    else { return nil }
    return tests.map {
      TrainingReport.GroupTest(
        group: $0.group, statistic: $0.statistic, degreesOfFreedom: $0.degreesOfFreedom, pValue: $0.pValue)
    }
  }

  /// The five rows with the largest Cook's distances; nothing beyond 200,000 rows, where none matters, nor for
  /// ordered bands.
  func influentialRows(_ data: TrainingRows) throws -> [TrainingReport.InfluentialRow]? {
    guard ordered == nil, positions.count <= 200_000, let influence = try? regression.influence(observations)
    else {
      return nil
    }
    let distances = influence.cooksDistances
    let finite = distances.indices.filter { distances[$0].isFinite }
    let order = ascendingOrder(of: finite.map { -distances[$0] }).prefix(5).map { finite[$0] }
    let names = try data.accounts(at: order.map { positions[$0] })
    return zip(order, names).map { row, name in
      TrainingReport.InfluentialRow(
        account: name, cooksDistance: distances[row], leverage: influence.leverages[row],
        pearsonResidual: influence.pearsonResiduals[row])
    }
  }
}
