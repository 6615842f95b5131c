import LinearAlgebra
import StableNumerics

extension FittedLogisticRegression {
  /// Every finding about the fit's data, in a fixed order. Cost: up to an unpenalised fit, and a sort of at
  /// most 50,000 rows for each column.
  public func diagnose(_ observations: Observations) throws(FitError) -> [Diagnosis] {
    var findings: [Diagnosis] = []
    let model = solved.model
    let scaling = try ColumnScaling(
      observations, weights: observations.weights,
      threads: model.threads)
    let names = observations.termNames
    for j in names.indices where scaling.scales[j] == 0 { findings.append(.constant(term: names[j])) }

    let problem = Problem(
      observations, scaling: scaling, weights: observations.weights, threads: model.threads)
    let gram = problem.correlations()
    let rank = try RankAnalysis(
      problem, hessian: gram, magnitudes: problem.columns.map { scaling.magnitudes[$0] })
    for position in rank.aliased {
      findings.append(
        .aliased(
          term: problem.names[position],
          of: (rank.combinations[position] ?? []).map { problem.names[$0] }))
    }
    for (position, inflation) in try varianceInflations(gram, kept: rank.kept) where inflation >= 10 {
      findings.append(.collinear(term: problem.names[position], varianceInflation: inflation))
    }

    if !solved.penalty.isZero || penalty == .firth {
      let plain = try LogisticRegression(penalty: .none, threads: model.threads)
      do throws(FitError) {
        _ = try plain.fit(observations)
      } catch {
        if case .separation(let separation) = error { findings.append(.separation(separation)) }
      }
    }
    let rarer = min(observations.eventWeight, observations.totalWeight - observations.eventWeight)
    let parameters = rank.kept.count + 1
    if rarer < 10 * Double(parameters) {
      findings.append(.fewEvents(events: rarer, parameters: parameters))
    }
    findings += ordering(observations)
    return findings
  }

  /// Terms that alone order the outcomes too well (AUC from 0.9, or from 0.75 and 0.15 above any other), and
  /// the row number if it does at all.
  private func ordering(_ observations: Observations) -> [Diagnosis] {
    let step = max(1, observations.count / 50_000)
    let rows = Array(stride(from: 0, to: observations.count, by: step))
    let places = rows.map(Int32.init)
    let events = rows.map { observations.outcomes[$0] > 0.5 }
    let count = Double(events.count { $0 })
    let others = Double(rows.count) - count
    guard count > 0, others > 0 else { return [] }
    var aucs = mapBlocks(count: observations.termCount, threads: solved.model.threads) { j in
      orderingSkill(observations.design.column(j, at: places), events)
    }
    for j in aucs.indices { aucs[j] = max(aucs[j], 1 - aucs[j]) }
    let ranked = aucs.sorted(by: >)
    var findings: [Diagnosis] = []
    for (j, auc) in aucs.enumerated() {
      let next = auc == ranked[0] && ranked.count > 1 ? ranked[1] : ranked[0]
      if auc >= 0.9 || (auc >= 0.75 && auc >= next + 0.15) {
        findings.append(.suspiciouslyGood(term: observations.termNames[j], auc: auc))
      }
    }
    let order = orderingSkill(rows.map(Double.init), events)
    // Standard deviation of an AUC without signal (Mann & Whitney 1947).
    let deviation = ((count + others + 1) / (12 * count * others)).squareRoot()
    if (order - 0.5).magnitude > max(5 * deviation, 0.05) { findings.append(.rowOrder(auc: order)) }
    return findings
  }
}

/// The area under the ROC curve of `values`, ties counted half.
private func orderingSkill(_ values: [Double], _ events: [Bool]) -> Double {
  let order = ascendingOrder(of: values)
  var below = 0.0
  var sum = 0.0
  var start = 0
  while start < order.count {
    var end = start
    var tiedEvents = 0.0
    while end < order.count && values[order[end]] == values[order[start]] {
      if events[order[end]] { tiedEvents += 1 }
      end += 1
    }
    let tiedOthers = Double(end - start) - tiedEvents
    sum += tiedEvents * (below + tiedOthers / 2)
    below += tiedOthers
    start = end
  }
  return sum / (below * (Double(values.count) - below))
}

extension FittedLogisticRegression {
  /// 1 / (1 − R²ⱼ) of each term on the others, in the rows' weights (not those of the likelihood); NaN for
  /// aliased terms. Car's `vif` for terms with one coefficient differs by using the likelihood's.
  public func varianceInflation(_ observations: Observations) throws(FitError) -> [Double] {
    let map = solved.map
    let problem = Problem(
      observations, columns: map.columns, centers: map.centers, inverseScales: map.inverseScales,
      weights: observations.weights, threads: solved.model.threads)
    var result = [Double](repeating: .nan, count: coefficients.count)
    for (position, inflation) in try varianceInflations(
      problem.correlations(), kept: Array(map.columns.indices))
    {
      result[map.columns[position]] = inflation
    }
    return result
  }

  /// From the inverse of the correlation matrix of the kept positions (its first row is the intercept's).
  private func varianceInflations(_ gram: Matrix, kept: [Int]) throws(FitError) -> [(Int, Double)] {
    guard !kept.isEmpty else { return [] }
    let sub = gram.principal([0] + kept.map { $0 + 1 })
    guard let factor = try? Cholesky(sub) else { return kept.map { ($0, .infinity) } }
    let inverse = factor.inverse()
    return kept.enumerated().map { ($1, inverse[$0 + 1, $0 + 1] * sub[$0 + 1, $0 + 1]) }
  }
}

extension Problem {
  /// (1/W) ZᵀWZ: the weighted correlations behind a row and column for the intercept.
  func correlations() -> Matrix {
    var flat = self
    flat.offset = nil
    // At θ = 0 every curvature is w/4.
    var gram = flat.evaluate(Array(repeating: 0, count: dimension), hessian: true).hessian!
    for i in gram.values.indices { gram.values[i] *= 4 }
    return gram
  }
}
