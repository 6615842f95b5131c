import Features
import LinearAlgebra
import LogisticRegression
import StableNumerics

/// Forward selection of thresholds, hinges and pairwise products by the score test.
///
/// From the recipe's own terms X and a lightly penalised fit with probabilities p, a candidate column g
/// would, in one Newton step, lower the deviance by about
///
///     U² / V,   U = gᵀ(y − p),   V = gᵀWg − gᵀWX (XᵀWX)⁻¹ XᵀWg,   W = diag p(1 − p)
///
/// (Rao 1948). Each round adds the best candidates of different inputs, refits, and notes the deviance on
/// validation rows. Candidates are every hinge and step of one input, and products of the pairs that
/// ``PairScreening`` finds in the residuals; all are scored on at most ``screeningRows`` rows.
struct TermSearch: Sendable {
  let inputs: SearchInputs
  let outcomes: [Double]
  let weights: [Double]?
  let offset: [Double]?
  /// Ridge of the fits along the way, on standardised columns.
  var lambda = 1e-3
  var screeningRows = 12_000
  var batch = 2
  var rounds = 30
  var pairEvery = 3
  var pairCount = 60

  /// Terms in the order of their entry, and the validation deviance a row after each round (first: none).
  struct Path: Sendable {
    var terms: [[RecipeFactor]] = []
    var termsAfterRound: [Int] = [0]
    /// Round × validation row.
    var losses: [[Double]] = []
  }

  /// A path learned from `training` alone; `validation` rows only watch.
  func walk(training: [Int], validation: [Int], patience: Int = 4) throws(FitError) -> Path {
    var path = Path()
    let base = inputs.recipe.terms.map(\.factors)
    var columns = base.map { inputs.column(of: $0, rows: training) }
    var watched = base.map { inputs.column(of: $0, rows: validation) }
    var fit = try refit(columns, rows: training, start: nil)
    var best = (round: 0, loss: Double.infinity)
    var pairs: [[RecipeFactor]] = []
    let stride = max(1, (training.count + screeningRows - 1) / screeningRows)
    let screened = Swift.stride(from: 0, to: training.count, by: stride).map { $0 }
    let mains = singleCandidates()

    for round in 0...rounds {
      if !validation.isEmpty {
        let losses = losses(fit, watched, rows: validation)
        path.losses.append(losses)
        let mean = losses.reduce(0, +) / Double(losses.count)
        if mean < best.loss { best = (round, mean) }
        if round - best.round >= patience { break }
      }
      if round == rounds { break }
      let state = try screeningState(fit, columns, training, screened)
      if round % pairEvery == 0 { pairs = pairCandidates(state) }
      let chosen = choose(from: mains + pairs, state, taken: path.terms)
      if chosen.isEmpty { break }
      for term in chosen {
        path.terms.append(term)
        columns.append(inputs.column(of: term, rows: training))
        watched.append(inputs.column(of: term, rows: validation))
      }
      path.termsAfterRound.append(path.terms.count)
      fit = try refit(columns, rows: training, start: fit)
    }
    return path
  }

  // MARK: Fits along the way

  private func refit(
    _ columns: [[Double]], rows: [Int], start: FittedLogisticRegression?
  ) throws(FitError) -> FittedLogisticRegression {
    let design = Matrix(rows: rows.count, columns: columns.count, values: Array(columns.joined()))
    let observations = try Observations(
      design: design, termNames: columns.indices.map { "\($0)" }, outcomes: rows.map { outcomes[$0] },
      weights: weights.map { all in rows.map { all[$0] } }, offset: offset.map { all in rows.map { all[$0] } })
    let model = try LogisticRegression(
      penalty: .elasticNet(lambda: lambda, alpha: 0), tolerance: 1e-5)
    return try model.fit(observations, start: nil)
  }

  private func losses(
    _ fit: FittedLogisticRegression, _ columns: [[Double]], rows: [Int]
  ) -> [Double] {
    let eta = linearPredictors(fit, columns, places: nil, rows: rows)
    return rows.enumerated().map { place, row in
      let y = outcomes[row]
      return (weights?[row] ?? 1) * (log1pExp(eta[place]) - y * eta[place])
    }
  }

  /// η of the rows; `places` picks those of the columns' entries that are meant (nil: all).
  private func linearPredictors(
    _ fit: FittedLogisticRegression, _ columns: [[Double]], places: [Int]?, rows: [Int]
  ) -> [Double] {
    var eta = rows.map { fit.intercept + (offset?[$0] ?? 0) }
    for (column, coefficient) in zip(columns, fit.coefficients) where coefficient != 0 {
      if let places {
        for (target, place) in places.enumerated() { eta[target] += coefficient * column[place] }
      } else {
        for place in eta.indices { eta[place] += coefficient * column[place] }
      }
    }
    return eta
  }

  // MARK: Scores

  private struct State {
    /// Rows of the inputs that are screened.
    let rows: [Int]
    let residuals: [Double]
    let variances: [Double]
    /// The current design with its ones, rows scaled by W.
    let weighted: Matrix
    /// M with M Mᵀ = (XᵀWX)⁻¹.
    let root: Matrix
  }

  private func screeningState(
    _ fit: FittedLogisticRegression, _ columns: [[Double]], _ training: [Int], _ places: [Int]
  ) throws(FitError) -> State {
    let rows = places.map { training[$0] }
    let eta = linearPredictors(fit, columns, places: places, rows: rows)
    var residuals = [Double](repeating: 0, count: rows.count)
    var variances = residuals
    for (place, row) in rows.enumerated() {
      let p = expit(eta[place])
      let weight = weights?[row] ?? 1
      residuals[place] = weight * (outcomes[row] - p)
      variances[place] = weight * p * (1 - p)
    }
    let q = columns.count + 1
    var plain = Matrix(rows: rows.count, columns: q)
    var weighted = plain
    for place in rows.indices {
      plain[place, 0] = 1
      weighted[place, 0] = variances[place]
    }
    for (j, column) in columns.enumerated() {
      for (target, place) in places.enumerated() {
        plain[target, j + 1] = column[place]
        weighted[target, j + 1] = column[place] * variances[target]
      }
    }
    var gram = weighted.transposed.times(plain)
    for j in 0..<q { gram[j, j] = gram[j, j] * (1 + 1e-8) + 1e-12 }
    let root: Matrix
    do throws(LAPACKError) {
      root = try Cholesky(gram).inverseRoot()
    } catch {
      throw .numerics(error)
    }
    return State(rows: rows, residuals: residuals, variances: variances, weighted: weighted, root: root)
  }

  private func singleCandidates() -> [[RecipeFactor]] {
    inputs.inputs.indices.flatMap { index -> [[RecipeFactor]] in
      inputs.inputs[index].knots.flatMap { knot in
        [RecipeBasis.step(knot: knot), .hinge(knot: knot)].map { [RecipeFactor(input: index, basis: $0)] }
      }
    }
  }

  /// Each pair's cuts, and the slopes that may serve better than a step.
  private func pairCandidates(_ state: State) -> [[RecipeFactor]] {
    let usable = inputs.inputs.indices.filter { inputs.inputs[$0].cuts.count > 0 }
    let screening = PairScreening(
      inputs: inputs, rows: state.rows, residuals: state.residuals, variances: state.variances)
    var result: [[RecipeFactor]] = []
    var seen: Set<[RecipeFactor]> = []
    for pair in screening.best(pairCount, among: Array(usable.prefix(80))) {
      for first in shapes(pair.first) {
        for second in shapes(pair.second) where seen.insert([first, second]).inserted {
          result.append([first, second])
        }
      }
    }
    return result
  }

  private func shapes(_ factor: RecipeFactor) -> [RecipeFactor] {
    guard case .step(let knot) = factor.basis else { return [factor] }
    return [factor.basis, .hinge(knot: knot), .hingeBelow(knot: knot), .identity].map {
      RecipeFactor(input: factor.input, basis: $0)
    }
  }

  /// The best `batch` candidates that share no input, each worth at least what chance gives the best of many.
  private func choose(
    from candidates: [[RecipeFactor]], _ state: State, taken: [[RecipeFactor]]
  ) -> [[RecipeFactor]] {
    let known = Set(taken)
    let fresh = candidates.filter { !known.contains($0) }
    let scores = scores(of: fresh, state)
    let order = fresh.indices.sorted { scores[$0] != scores[$1] ? scores[$0] > scores[$1] : $0 < $1 }
    var chosen: [[RecipeFactor]] = []
    var used: Set<Int> = []
    for index in order where chosen.count < batch {
      // χ² with one degree of freedom: 6.6 is the 1 % point of a single candidate.
      guard scores[index] > 6.6 else { break }
      let of = fresh[index].map(\.input)
      guard used.isDisjoint(with: of) else { continue }
      used.formUnion(of)
      chosen.append(fresh[index])
    }
    return chosen
  }

  /// U²/V of each candidate, in blocks of 64 columns.
  private func scores(of candidates: [[RecipeFactor]], _ state: State) -> [Double] {
    var result: [Double] = []
    result.reserveCapacity(candidates.count)
    let transposedRoot = state.root.transposed
    let transposedDesign = state.weighted.transposed
    let n = state.rows.count
    for start in stride(from: 0, to: candidates.count, by: 64) {
      let block = candidates[start..<min(start + 64, candidates.count)]
      let columns = block.map { inputs.column(of: $0, rows: state.rows) }
      let matrix = Matrix(rows: n, columns: columns.count, values: Array(columns.joined()))
      // XᵀWG, then its part explained by X.
      let explained = transposedRoot.times(transposedDesign.times(matrix))
      for (k, column) in columns.enumerated() {
        var score = 0.0
        var square = 0.0
        for place in 0..<n {
          score += column[place] * state.residuals[place]
          square += column[place] * column[place] * state.variances[place]
        }
        var taken = 0.0
        for i in 0..<explained.rows { taken += explained[i, k] * explained[i, k] }
        let variance = square - taken
        // What little is left of a column that X nearly spans is rounding.
        result.append(variance > 1e-4 * square && square > 0 ? score * score / variance : 0)
      }
    }
    return result
  }
}
