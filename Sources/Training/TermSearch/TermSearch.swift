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
  var screeningRows = 16_000
  var batch = 3
  var rounds = 24
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
  ///
  /// Cost a round: candidates × screened rows × (terms + a few); about every third round all candidates are
  /// scored, between them the leading ones.
  func walk(training: [Int], validation: [Int], patience: Int = 3) throws(FitError) -> Path {
    var path = Path()
    let stride = max(1, (training.count + screeningRows - 1) / screeningRows)
    let rows = Swift.stride(from: 0, to: training.count, by: stride).map { training[$0] }
    var fit = RidgeFit(
      outcomes: rows.map { outcomes[$0] }, weights: weights.map { all in rows.map { all[$0] } },
      offset: offset.map { all in rows.map { all[$0] } }, lambda: lambda)
    var watched: [[Double]] = []
    for term in inputs.recipe.terms {
      fit.append(inputs.column(of: term.factors, rows: rows))
      watched.append(inputs.column(of: term.factors, rows: validation))
    }
    try fit.solve()
    var best = (round: 0, loss: Double.infinity)
    var candidates: [[RecipeFactor]] = []
    let singles = singleCandidates()

    for round in 0...rounds {
      if !validation.isEmpty {
        let losses = losses(fit, watched, rows: validation)
        path.losses.append(losses)
        let mean = losses.reduce(0, +) / Double(losses.count)
        if mean < best.loss { best = (round, mean) }
        if round - best.round >= patience { break }
      }
      if round == rounds { break }
      let isFull = round % pairEvery == 0
      if isFull { candidates = singles + pairCandidates(fit, rows) }
      let ranked = ranked(candidates, fit, rows, taken: path.terms)
      if isFull { candidates = ranked.prefix(160).map(\.term) }
      let chosen = choose(from: ranked)
      if chosen.isEmpty { break }
      for term in chosen {
        path.terms.append(term)
        fit.append(inputs.column(of: term, rows: rows))
        watched.append(inputs.column(of: term, rows: validation))
      }
      path.termsAfterRound.append(path.terms.count)
      try fit.solve()
    }
    return path
  }

  private func losses(_ fit: RidgeFit, _ columns: [[Double]], rows: [Int]) -> [Double] {
    var eta = rows.map { fit.intercept + (offset?[$0] ?? 0) }
    for (column, coefficient) in zip(columns, fit.coefficients) {
      for place in eta.indices { eta[place] += coefficient * column[place] }
    }
    return rows.enumerated().map { place, row in
      (weights?[row] ?? 1) * (log1pExp(eta[place]) - outcomes[row] * eta[place])
    }
  }

  private func singleCandidates() -> [[RecipeFactor]] {
    inputs.inputs.indices.flatMap { index -> [[RecipeFactor]] in
      let knots = inputs.inputs[index].knots
      let bases = knots.flatMap { [RecipeBasis.step(knot: $0), .hinge(knot: $0)] }
      return (knots.count > 2 ? bases + [.signedLog] : bases).map { [RecipeFactor(input: index, basis: $0)] }
    }
  }

  /// Each pair's cuts, and the slopes that may serve better than a step.
  private func pairCandidates(_ fit: RidgeFit, _ rows: [Int]) -> [[RecipeFactor]] {
    let usable = inputs.inputs.indices.filter { inputs.inputs[$0].cuts.count > 0 }
    let screening = PairScreening(
      inputs: inputs, rows: rows, residuals: fit.residuals, variances: fit.variances)
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

  private struct Ranked {
    let term: [RecipeFactor]
    let score: Double
  }

  /// The best `batch` candidates that share no input, each worth more than a single one would be by chance.
  private func choose(from ranked: [Ranked]) -> [[RecipeFactor]] {
    var chosen: [[RecipeFactor]] = []
    var used: Set<Int> = []
    for candidate in ranked where chosen.count < batch {
      // χ² with one degree of freedom: 6.6 is the 1 % point.
      guard candidate.score > 6.6 else { break }
      let of = candidate.term.map(\.input)
      guard used.isDisjoint(with: of) else { continue }
      used.formUnion(of)
      chosen.append(candidate.term)
    }
    return chosen
  }

  /// The candidates that score best when only the intercept is projected out, in their own order. The full
  /// score of a column is larger by what X explains of it, rarely so much that it would rise from beyond the
  /// first few hundred.
  private func leading(
    _ candidates: [[RecipeFactor]], _ fit: RidgeFit, _ rows: [Int], count: Int = 240
  ) -> [[RecipeFactor]] {
    guard candidates.count > count else { return candidates }
    let total = fit.variances.reduce(0, +)
    let scores = candidates.map { term in
      var (score, sum, square) = (0.0, 0.0, 0.0)
      let column = inputs.column(of: term, rows: rows)
      for place in rows.indices {
        let weighted = column[place] * fit.variances[place]
        score += column[place] * fit.residuals[place]
        sum += weighted
        square += column[place] * weighted
      }
      let variance = square - sum * sum / total
      return variance > 1e-9 * square && square > 0 ? score * score / variance : 0
    }
    let order = candidates.indices.sorted { scores[$0] != scores[$1] ? scores[$0] > scores[$1] : $0 < $1 }
    return order.prefix(count).sorted().map { candidates[$0] }
  }

  /// Candidates by U²/V, best first; of equal ones the earlier. Computed in blocks of 64 columns.
  private func ranked(
    _ candidates: [[RecipeFactor]], _ fit: RidgeFit, _ rows: [Int], taken: [[RecipeFactor]]
  ) -> [Ranked] {
    let known = Set(taken)
    let fresh = leading(candidates.filter { !known.contains($0) }, fit, rows)
    let explain = fit.weightedDesign.transposed
    let root = fit.root.transposed
    var scored: [Ranked] = []
    for start in stride(from: 0, to: fresh.count, by: 64) {
      let block = fresh[start..<min(start + 64, fresh.count)]
      let columns = block.map { inputs.column(of: $0, rows: rows) }
      let matrix = Matrix(rows: rows.count, columns: columns.count, values: Array(columns.joined()))
      // M'XᵀWG: what X explains of each column.
      let explained = root.times(explain.times(matrix))
      for (k, column) in columns.enumerated() {
        var score = 0.0
        var square = 0.0
        for place in rows.indices {
          score += column[place] * fit.residuals[place]
          square += column[place] * column[place] * fit.variances[place]
        }
        var variance = square
        for i in 0..<explained.rows { variance -= explained[i, k] * explained[i, k] }
        // What little is left of a column that X nearly spans is rounding.
        let value = variance > 1e-4 * square && square > 0 ? score * score / variance : 0
        scored.append(Ranked(term: block[start + k], score: value))
      }
    }
    return scored.enumerated().sorted {
      $0.element.score != $1.element.score
        ? $0.element.score > $1.element.score : $0.offset < $1.offset
    }.map(\.element)
  }
}
