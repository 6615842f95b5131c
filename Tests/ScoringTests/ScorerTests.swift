import Features
import Foundation
import ModelFile
import Scoring
import StableNumerics
import Tables
import Testing

@Suite struct ScorerTests {
  /// η = −1 + 0.25·seats + 1.5·[seats missing] − 0.5·[pro] + 0.75·[trial]: small enough to be checked by hand.
  static let model = Model(
    name: "churn", role: .risk, target: "churned", positive: "yes", id: "id",
    recipe: FittedRecipe(
      inputs: [
        RecipeInput(name: "seats", kind: .numeric, missing: .replace(4)),
        RecipeInput(name: "plan", kind: .categorical, missing: .level, levels: ["basic", "pro"]),
        RecipeInput(name: "trial", kind: .boolean, missing: .level),
      ],
      terms: [
        RecipeTerm(input: 0, named: "seats", basis: .identity),
        RecipeTerm(input: 0, named: "seats", basis: .missing),
        RecipeTerm(input: 1, named: "plan", basis: .level("pro")),
        RecipeTerm(input: 2, named: "trial", basis: .level("true")),
      ]),
    intercept: -1, coefficients: [0.25, 1.5, -0.5, 0.75],
    covariance: [0.04, 0.01, 0.09, 0, 0, 0.16, 0, 0, 0, 0.25, 0, 0, 0, 0, 0.36],
    termMeans: [3, 0.125, 0.5, 0.25], eventRate: 0.2, rows: 100)

  @Test("one account: η, probability, health, interval and reasons by hand")
  func oneAccount() throws {
    let score = try Scorer(Self.model).score([
      "seats": .number(6), "plan": .text("pro"), "trial": .boolean(true),
    ])
    #expect(score.linearPredictor == -1 + 0.25 * 6 - 0.5 + 0.75)
    #expect(abs(score.probability - 1 / (1 + exp(-0.75))) < 1e-15)
    let odds: Double = score.probability / (1 - score.probability)
    let health: Double = 100 * 0.25 / (0.25 + odds)
    #expect(abs((try #require(score.health)) - health) < 1e-12)
    #expect(score.band == .red)
    #expect(score.expansionBand == nil)
    // gᵀΣg with g = (1, 6, 0, 1, 1)
    let variance: Double = 0.04 + 2 * 6 * 0.01 + 36 * 0.09 + 0.25 + 0.36
    let half: Double = 1.959963984540054 * variance.squareRoot()
    let low: Double = 1 / (1 + exp(half - 0.75))
    let high: Double = 1 / (1 + exp(-half - 0.75))
    let interval = try #require(score.interval)
    #expect(abs(interval.low - low) < 1e-15)
    #expect(abs(interval.high - high) < 1e-15)
    #expect(score.reasons.map(\.text) == ["seats:+0.56", "trial[true]:+0.56", "plan[pro]:-0.25"])
  }

  @Test("the parts add up to the log-odds above those of the mean account")
  func partsAddUp() throws {
    let model = Self.model
    let mean = model.intercept + zip(model.coefficients, model.termMeans).reduce(0) { $0 + $1.0 * $1.1 }
    for account: [String: AccountValue] in [
      [:], ["seats": .number(-3)], ["plan": .text("new"), "trial": .boolean(false)], ["seats": .missing],
    ] {
      let score = try Scorer(model).score(account)
      #expect(abs(score.reasons.reduce(0) { $0 + $1.logOdds } - (score.linearPredictor - mean)) < 1e-15)
    }
  }

  @Test("missing values and levels never seen have names of their own")
  func reasonNames() throws {
    let scorer = try Scorer(Self.model)
    #expect(
      try scorer.score(["plan": .text("new")]).reasons.map(\.text)
        == ["seats[missing]:+1.56", "plan[other]:+0.25", "trial[missing]:-0.19"])
    #expect(
      try scorer.score(["seats": .number(3), "plan": .text("basic"), "trial": .boolean(false)]).reasons
        .map(\.term) == ["plan[basic]", "seats", "trial[false]"])
  }

  @Test("health is 50 at the book's usual odds, 25 at three times and 75 at a third of them, for any p₀")
  func health() {
    var model = Self.model
    for rate in [0.001, 0.2, 0.5, 0.97] {
      model.eventRate = rate
      for (multiple, health) in [(1.0, 50.0), (3, 25), (1 / 3.0, 75)] {
        let odds = multiple * rate / (1 - rate)
        #expect(abs(model.health(probability: odds / (1 + odds)) - health) < 1e-10)
      }
      #expect(model.health(probability: 0) == 100 && model.health(probability: 1) == 0)
    }
    #expect([24.999, 25, 74.999, 75].map(model.healthBand) == [.red, .yellow, .yellow, .green])
  }

  @Test("expansion bands: high from three times the usual odds, low below the usual")
  func expansionBands() {
    var model = Self.model
    model.eventRate = 0.25  // usual odds 1/3
    #expect(
      [0.24, 0.25, 0.49, 0.5, 0.9].map { model.expansionBand(probability: $0) } == [
        .low, .medium, .medium, .high, .high,
      ])
  }

  @Test("calibrations are what their formulas say and never descend")
  func calibrations() {
    let identity = Model.Calibration.beta(a: 1, b: 1, intercept: 0)
    let isotonic = Model.Calibration.isotonic(
      linearPredictors: [-1, 0, 2], probabilities: [0.1, 0.3, 0.9])
    let p = 1 / (1 + exp(-0.3))
    #expect(abs(Model.Calibration.none.probability(of: 0.3) - p) < 1e-16)
    #expect(
      Model.Calibration.platt(intercept: 0, slope: 1).probability(of: 0.3)
        == Model.Calibration.none.probability(of: 0.3))
    #expect(abs(identity.probability(of: 0.3) - p) < 1e-15)
    #expect(
      [-5, -1, -0.5, 1, 2, 9].map(isotonic.probability) == [0.1, 0.1, 0.2, 0.3 + 0.5 * (0.9 - 0.3), 0.9, 0.9])
    let beta = Model.Calibration.beta(a: 0.7, b: 1.4, intercept: -0.2)
    let x = -0.2 + 0.7 * log(p) - 1.4 * log(1 - p)
    #expect(abs(beta.probability(of: 0.3) - 1 / (1 + exp(-x))) < 1e-15)
    for calibration in [identity, isotonic, beta] {
      let values = stride(from: -800.0, through: 800, by: 0.5).map(calibration.probability)
      #expect(zip(values, values.dropFirst()).allSatisfy { $0 <= $1 && $0 >= 0 && $1 <= 1 })
    }
  }

  @Test("a row, an account and a table give the same bits")
  func sameBits() throws {
    let table = try Table.read(
      csv: "seats,plan,trial\n1,basic,true\n,pro,false\n6,new,\n2.5,,true\n"
    ).table
    let scorer = try Scorer(Self.model)
    let scores = try scorer.score(table, intervals: true, reasons: 2)
    var row = scorer.makeRow()
    let accounts: [[AccountValue]] = [
      [.number(1), .text("basic"), .boolean(true)], [.missing, .text("pro"), .boolean(false)],
      [.number(6), .text("new"), .missing], [.number(2.5), .missing, .boolean(true)],
    ]
    for (index, account) in accounts.enumerated() {
      for (input, value) in account.enumerated() { try scorer.set(input, to: value, in: &row) }
      let score = try scorer.score(row)
      #expect(scorer.probability(of: row) == scores.probabilities[index])
      #expect(score.probability == scores.probabilities[index])
      #expect(score.linearPredictor == scores.linearPredictors[index])
      #expect(score.interval?.low == scores.low?[index] && score.interval?.high == scores.high?[index])
      #expect(Array(score.reasons.prefix(2)) == scores.reasons[index])
    }
  }

  @Test("a missing value that is demanded, an unknown name and a wrong kind are errors")
  func errors() throws {
    var model = Self.model
    model.recipe = FittedRecipe(
      inputs: [RecipeInput(name: "x", kind: .numeric, missing: .refuse)],
      terms: [RecipeTerm(input: 0, named: "x", basis: .identity)])
    (model.coefficients, model.termMeans, model.covariance) = ([1e308], [0], nil)
    let scorer = try Scorer(model)
    #expect(throws: ScoringError.missingValue(column: "x", row: nil)) { try scorer.score([:]) }
    #expect(throws: ScoringError.unknownInput(name: "z", known: ["x"])) {
      try scorer.score(["z": .number(1)])
    }
    #expect(throws: ScoringError.wrongKind(input: "x", expected: .numeric)) {
      try scorer.score(["x": .text("1")])
    }
    #expect(throws: ScoringError.notFinite(row: nil)) { try scorer.score(["x": .number(1e10)]) }
    #expect(scorer.probability(of: scorer.makeRow()).isNaN)
    let table = try Table(columns: [Column(name: "x", values: .numeric([0, .nan, 1e10]))])
    let scores = try scorer.score(table)
    #expect(
      scores.unscorable == [
        UnscorableRow(row: 1, error: .missingValue(column: "x", row: 1)),
        UnscorableRow(row: 2, error: .notFinite(row: 2)),
      ])
    #expect(scores.probabilities[0] == 1 / (1 + exp(1)) && scores.probabilities[1].isNaN)
    #expect(throws: ScoringError.noCovariance(model: "churn")) { try scorer.score(table, intervals: true) }
  }

  @Test("an offset is demanded again and added to the linear predictor")
  func offset() throws {
    var model = Self.model
    model.offset = "exposure"
    let scorer = try Scorer(model)
    #expect(throws: ScoringError.missingValue(column: "exposure", row: nil)) {
      try scorer.score(["seats": .number(1)])
    }
    let with = try scorer.score(["seats": .number(1), "exposure": .number(0.5)]).linearPredictor
    #expect(with == (try Scorer(Self.model).score(["seats": .number(1)]).linearPredictor) + 0.5)
    let table = try Table.read(csv: "seats,plan,trial,exposure\n1,,,0.5\n1,,,\n").table
    let scores = try scorer.score(table)
    #expect(scores.linearPredictors[0] == with)
    #expect(scores.unscorable.map(\.error) == [.missingValue(column: "exposure", row: 1)])

    let columns = try scorer.row(0, of: table).values.map { [$0] }
    #expect(throws: ScoringError.offset(column: "exposure", found: nil)) {
      try scorer.probabilities(of: columns)
    }
    #expect(throws: ScoringError.columnCount(1, expected: columns.count)) {
      try scorer.probabilities(of: [[1.0]], offset: [0.5])
    }
    #expect(throws: ScoringError.unequalLengths(input: "exposure", count: 2, expected: 1)) {
      try scorer.probabilities(of: columns, offset: [0.5, 1])
    }
    #expect(try scorer.probabilities(of: columns, offset: [0.5]) == [scores.probabilities[0]])
  }

  /// More rows than one block, and a last one that is no multiple of eight; the second input may be missing.
  @Test(
    "columns in memory: each row as alone, in every bit; in single precision to 1e-6; on any number of threads",
    arguments: [
      Model.Calibration.none, .platt(intercept: -0.25, slope: 0.75),
      .isotonic(linearPredictors: [-2, 0, 1], probabilities: [0.125, 0.25, 0.75]),
      .beta(a: 0.75, b: 1.25, intercept: 0.5),
    ])
  func columns(_ calibration: Model.Calibration) throws {
    let inputs = (0..<7).map {
      RecipeInput(name: "x\($0)", kind: .numeric, missing: $0 == 1 ? .replace(0.5) : .refuse)
    }
    var model = Self.model
    model.recipe = FittedRecipe(
      inputs: inputs,
      terms: inputs.indices.map { RecipeTerm(input: $0, named: "x\($0)", basis: .identity) })
    model.coefficients = [0.25, -0.5, 0.75, 1, -1.25, 0.375, -0.125]
    model.covariance = nil
    model.termMeans = [Double](repeating: 0, count: 7)
    model.calibration = calibration
    model.offset = "exposure"
    let scorer = try Scorer(model)
    var random = SplitMix64(seed: 3)
    let count = 2 * 8192 + 13
    let columns = inputs.indices.map { input in
      (0..<count).map { row in
        input == 1 && row % 5 == 0 ? .nan : Double(Float(4 * random.uniform() - 2))
      }
    }
    let offset = (0..<count).map { _ in Double(Float(random.uniform())) }
    let probabilities = try scorer.probabilities(of: columns, offset: offset)
    let singles = columns.map { $0.map { Float($0) } }
    let single = try scorer.probabilities(of: singles, offset: offset)
    var account = scorer.makeRow()
    for row in 0..<count {
      for input in inputs.indices { account.set(input, to: columns[input][row]) }
      account.offset = offset[row]
      let alone = scorer.probability(of: account)
      #expect(probabilities[row] == alone)
      #expect(abs(Double(single[row]) - alone) < 1e-6)
    }
    for threads in [2, 5] {
      #expect(try scorer.probabilities(of: columns, offset: offset, threads: threads) == probabilities)
      #expect(try scorer.probabilities(of: singles, offset: offset, threads: threads) == single)
    }
  }
}
