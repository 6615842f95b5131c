import Features
import LinearAlgebra
import LogisticRegression
import ModelFile

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// From rows to a fitted regression: everything that a validation fold must learn for itself — medians and
/// levels, terms, λ, coefficients.
struct Pipeline: Sendable {
  let data: TrainingRows
  let options: TrainingOptions

  /// What one set of rows taught.
  struct Fit: Sendable {
    let recipe: FittedRecipe
    let leftOut: [LeftOutColumn]
    let observations: Observations
    /// With ordered bands the binary fit of the highest, which the diagnoses look at.
    let regression: FittedLogisticRegression
    let ordered: OrderedFit?
    /// The fit's, corrected back where classes were weighted.
    let intercept: Double
    let coefficients: [Double]
    /// Positions in ``TrainingRows/rows`` of the observations' rows.
    let positions: [Int]
    let lambda: Double
    let crossValidation: CrossValidatedPath?
    let search: SearchOutcome?
  }

  /// A fit of three ordered bands and its rows.
  struct OrderedFit: Sendable {
    let fit: FittedProportionalOdds
    let rows: OrderedObservations

    /// From the log-odds of the highest band to those of at least the middle one.
    var mediumShift: Double { fit.thresholds[1] - fit.thresholds[0] }
  }

  /// How the search for terms ended.
  struct SearchOutcome: Sendable, Equatable {
    let added: Int
    /// Mean deviance a row on held-out rows without and with the added terms.
    let lossBefore: Double
    let lossAfter: Double
  }

  /// `lambda`, where given, is taken instead of what the options say.
  func fit(_ positions: [Int], lambda given: Double? = nil, threads: Int) throws -> Fit {
    let (recipe, leftOut, search) = try recipe(positions, threads: threads)
    let design = try recipe.design(data.table, rows: positions.map { data.rows[$0] })
    let complete = design.completeRows
    let used = complete.count == positions.count ? positions : complete.map { positions[$0] }
    let matrix = Matrix(rows: design.rowCount, columns: recipe.terms.count, values: design.values)
    let weights = classWeights(used)
    let observations = try Observations(
      design: complete.count == positions.count ? matrix : matrix.rows(at: complete.map(Int32.init)),
      termNames: design.termNames, outcomes: used.map { data.outcomes[$0] },
      trials: data.trials.map { all in used.map { all[$0] } }, weights: weights.values,
      offset: data.offset.map { all in used.map { all[$0] } })

    let rows = try orderedRows(observations, used)
    var crossValidation: CrossValidatedPath?
    var lambda = given ?? 0
    if given == nil, options.penalty == .l2 || options.penalty == .elasticNet {
      if case .value(let value) = options.lambda {
        lambda = value
      } else {
        let path = try crossValidate(observations, rows, recipe, used, threads: threads)
        lambda =
          path.lambdas[options.lambda == .oneStandardError ? path.oneStandardErrorIndex : path.bestIndex]
        crossValidation = path
      }
    }
    let regression = try model(lambda: lambda, recipe: recipe, threads: threads).fit(observations)
    let ordered = try rows.map { rows in
      OrderedFit(
        fit: try ProportionalOdds(
          lambda: lambda, maximumIterations: options.maximumIterations, threads: threads
        ).fit(rows), rows: rows)
    }
    return Fit(
      recipe: recipe, leftOut: leftOut, observations: observations, regression: regression, ordered: ordered,
      intercept: ordered.map { -$0.fit.thresholds[1] } ?? regression.intercept - weights.logRatio,
      coefficients: ordered?.fit.coefficients ?? regression.coefficients, positions: used, lambda: lambda,
      crossValidation: crossValidation, search: search)
  }

  /// The rows with their bands, where those are fitted.
  private func orderedRows(_ observations: Observations, _ used: [Int]) throws -> OrderedObservations? {
    guard let bands = data.fittedBands else { return nil }
    return try OrderedObservations(
      design: observations.design, termNames: observations.termNames, bands: used.map { bands[$0] },
      bandCount: 3, weights: observations.weights)
  }

  /// η of the rows at `positions`, offset included; NaN for a row that lacks a needed value.
  func linearPredictors(_ fit: Fit, _ positions: [Int]) throws -> [Double] {
    let design = try fit.recipe.design(data.table, rows: positions.map { data.rows[$0] })
    let matrix = Matrix(rows: design.rowCount, columns: fit.recipe.terms.count, values: design.values)
    var eta = matrix.times(fit.coefficients)
    for (place, position) in positions.enumerated() {
      eta[place] += fit.intercept + (data.offset?[position] ?? 0)
      if !design.complete[place] { eta[place] = .nan }
    }
    return eta
  }

  // MARK: Parts

  /// The prior's where there is one: its coefficients belong to its terms. Else what these rows teach.
  private func recipe(
    _ positions: [Int], threads: Int
  ) throws -> (FittedRecipe, leftOut: [LeftOutColumn], search: SearchOutcome?) {
    if let prior = options.prior { return (prior.model.recipe, [], nil) }
    let base = try Recipe(
      options.recipe == .plain ? .plain : .imputed, features: data.features, groups: options.groups
    ).fit(data.table, rows: positions.map { data.rows[$0] })
    guard options.recipe == .auto, data.trials == nil else { return (base.recipe, base.leftOut, nil) }
    let (recipe, search) = try searched(base.recipe, positions, threads: threads)
    return (recipe, base.leftOut, search)
  }

  private func model(
    lambda: Double, recipe: FittedRecipe, threads: Int
  ) throws(FitError) -> LogisticRegression {
    let penalty: Penalty =
      switch options.penalty {
      case .none: .none
      case .l2: .elasticNet(lambda: lambda, alpha: 0)
      case .elasticNet: .elasticNet(lambda: lambda, alpha: options.alpha)
      case .firth: .firth
      }
    let bounds = recipe.terms.map { term -> SignBound? in
      // The shape of a bounded column runs the right way already: it must not be turned round.
      if term.table != nil,
        term.factors.contains(where: { options.bounds[recipe.inputs[$0.input].name] != nil })
      {
        return .nonNegative
      }
      return options.bounds[term.name].map { $0 > 0 ? SignBound.nonNegative : .nonPositive }
    }
    return try LogisticRegression(
      penalty: penalty, standardize: options.standardize, tolerance: options.tolerance ?? 1e-12,
      maximumIterations: options.maximumIterations, threads: threads,
      prior: options.prior.map(CoefficientPrior.init),
      bounds: options.bounds.isEmpty ? nil : bounds)
  }

  private func crossValidate(
    _ observations: Observations, _ rows: OrderedObservations?, _ recipe: FittedRecipe, _ used: [Int],
    threads: Int
  ) throws -> CrossValidatedPath {
    // An early stretch may hold fewer events than folds are asked for.
    let events = data.eventCount(used)
    let wanted = options.folds == 0 ? 5 : options.folds
    let folds = try Folds.stratified(
      outcomes: used.map { data.outcomes[$0] }, bands: data.fittedBands.map { all in used.map { all[$0] } },
      groups: data.groups.map { all in used.map { all[$0] } },
      count: max(2, min(wanted, events)), seed: options.seed &+ 1)
    let model = try model(lambda: 0, recipe: recipe, threads: threads)
    if let rows {
      return try ProportionalOdds(threads: threads).crossValidate(
        rows, folds: folds, lambdas: ridgeLambdas(model, observations, count: 15))
    }
    guard options.penalty == .l2 else {
      return try model.crossValidate(observations, folds: folds, alpha: options.alpha)
    }
    return try model.crossValidate(
      observations, folds: folds, alpha: 0, lambdas: ridgeLambdas(model, observations))
  }

  /// glmnet's first λ for a ridge, then equal steps in log λ to 1e-7 of it: its own 1e-4 ends where a ridge still
  /// shrinks by a tenth of what empties a lasso.
  private func ridgeLambdas(
    _ model: LogisticRegression, _ observations: Observations, count: Int = 40
  ) throws(FitError) -> [Double] {
    let first = try model.lambdaSequence(observations, alpha: 0, count: 1)[0]
    return (0..<count).map { first * pow(1e-7, Double($0) / Double(count - 1)) }
  }

  /// Case weights times class weights, and the log of the ratio in which they favour events: subtracted from
  /// the intercept it makes probabilities honest again (King & Zeng 2001, prior correction).
  private func classWeights(_ used: [Int]) -> (values: [Double]?, logRatio: Double) {
    let given = data.weights.map { all in used.map { all[$0] } }
    guard let choice = options.classWeight else { return (given, 0) }
    let ratio: Double
    switch choice {
    case .ratio(let value): ratio = value
    case .balanced:
      var events = 0.0
      var total = 0.0
      for (place, position) in used.enumerated() {
        let weight = (given?[place] ?? 1) * (data.trials?[position] ?? 1)
        events += weight * data.outcomes[position]
        total += weight
      }
      ratio = (total - events) / events
    }
    let values = used.enumerated().map { place, position in
      (given?[place] ?? 1) * (data.outcomes[position] > 0 ? ratio : 1)
    }
    // glmnet and scikit-learn: the weights keep their mean, so that λ keeps its meaning.
    let scale = Double(values.count) / values.reduce(0, +)
    return (values.map { $0 * scale }, log(ratio))
  }

  /// The recipe with the terms that a search on these rows earns, and what they gained on held-out ones.
  private func searched(
    _ recipe: FittedRecipe, _ positions: [Int], threads: Int
  ) throws -> (FittedRecipe, SearchOutcome) {
    // Of very many rows every second, third … suffices to see a shape.
    let stride = max(1, (positions.count + 59_999) / 60_000)
    let searched = Swift.stride(from: 0, to: positions.count, by: stride).map { positions[$0] }
    let encoded = try recipe.encode(data.table, rows: searched.map { data.rows[$0] })
    let design = recipe.design(encoded)
    var search = TermSearch(
      binned: BinnedInputs(recipe, encoded),
      terms: recipe.terms.indices.map { term in
        Array(design.values[term * design.rowCount..<(term + 1) * design.rowCount])
      },
      outcomes: searched.map(searchedOutcome(searched)),
      weights: data.weights.map { all in searched.map { all[$0] } },
      offset: data.offset.map { all in searched.map { all[$0] } })
    for (index, input) in recipe.inputs.enumerated() { search.directions[index] = options.bounds[input.name] }
    let choice = try search.chosen(
      groups: data.groups.map { all in searched.map { all[$0] } }, seed: options.seed &+ 2, threads: threads)
    return (
      FittedRecipe(inputs: recipe.inputs, terms: recipe.terms + choice.terms),
      SearchOutcome(
        added: choice.terms.count, lossBefore: choice.lossBefore, lossAfter: choice.lossAfter)
    )
  }
}

extension Pipeline {
  /// What terms are searched for: the event; of three bands, whose terms are the same above any threshold, the
  /// threshold with the more even sides, which tells most.
  fileprivate func searchedOutcome(_ positions: [Int]) -> (Int) -> Double {
    guard let bands = data.fittedBands else { return { data.outcomes[$0] } }
    func unevenness(_ cut: Int) -> Int { abs(2 * positions.count { bands[$0] > cut } - positions.count) }
    let cut = unevenness(0) < unevenness(1) ? 0 : 1
    return { bands[$0] > cut ? 1 : 0 }
  }
}

extension CoefficientPrior {
  /// A model's coefficients with their precisions; one that the model could not tell, or that its penalty left out,
  /// says nothing.
  fileprivate init(_ prior: TrainingOptions.Prior) {
    let means = prior.model.coefficients
    self.init(
      means: means,
      precisions: means.indices.map { term in
        // The packed lower triangle's diagonal, the intercept first.
        let place = (term + 1) * (term + 4) / 2
        guard let variance = prior.model.covariance?[place], variance > 0 else { return 0 }
        let precision = prior.weight / variance
        return precision.isFinite ? precision : 0
      })
  }
}
