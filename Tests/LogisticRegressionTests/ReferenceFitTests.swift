import Foundation
import LinearAlgebra
import LogisticRegression
import Testing

/// |a − b| / |b|
func relative(_ a: Double, _ b: Double) -> Double {
  b == 0 ? a.magnitude : ((a - b) / b).magnitude
}

@Suite("Fits against independent references", .enabled(if: SharedTables.areHere))
struct ReferenceFitTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var folder: String
    var table: @Sendable () throws -> ReferenceTable
    var testDescription: String { folder }
  }

  static let cases = [
    Case(folder: "spector", table: SharedTables.spector),
    Case(folder: "birthwt", table: SharedTables.birthwt),
    Case(folder: "pima", table: SharedTables.pima),
    Case(folder: "challenger", table: SharedTables.challenger),
    Case(folder: "vaso", table: SharedTables.vaso),
    Case(folder: "islr_default", table: SharedTables.islrDefault),
    Case(folder: "telco", table: SharedTables.telco),
    Case(folder: "bank_marketing", table: SharedTables.bankMarketing),
  ]

  @Test(
    "An unpenalised fit has the reference's coefficients to 1e-8 and its deviance to 1e-10", arguments: cases)
  func unpenalised(_ item: Case) throws {
    let table = try item.table()
    let reference = try SharedTables.json("\(item.folder)/reference.json")["ml"]
    let fit = try LogisticRegression(penalty: .none).fit(table.observations())
    print(item.folder, fit.convergence)
    #expect(relative(fit.intercept, reference["coef"]["Intercept"].number) < 1e-8)
    for (name, estimate) in zip(table.names, fit.coefficients) {
      #expect(relative(estimate, reference["coef"][name].number) < 1e-8, "\(name)")
    }
    #expect(relative(fit.logLikelihood, reference["log_likelihood"].number) < 1e-10)
    #expect(relative(fit.nullLogLikelihood, reference["log_likelihood_null"].number) < 1e-10)
    #expect(relative(fit.deviance, reference["deviance"].number) < 1e-10)
    #expect(relative(fit.nullDeviance, reference["null_deviance"].number) < 1e-10)
    #expect(relative(fit.aic, reference["aic_bernoulli"].number) < 1e-10)
    #expect(relative(fit.bic, reference["bic_bernoulli"].number) < 1e-10)
    #expect(relative(fit.mcFaddenR2, reference["mcfadden_r2"].number) < 1e-9)
    #expect(fit.convergence.gradientNorm < 1e-12)
    #expect(fit.aliased.isEmpty)
  }

  @Test("Telco with every factor: R's seven aliased columns, no others, and the right deviance")
  func aliased() throws {
    let table = try SharedTables.telcoFullFactors()
    let reference = try SharedTables.json("telco/reference_R.json")["glm_full_factors"]
    for tolerance in [1e-12, 1e-6] {
      let fit = try LogisticRegression(penalty: .none, tolerance: tolerance).fit(table.observations())
      #expect(fit.aliased.map { table.names[$0] } == reference["aliased"].strings)
      #expect(relative(fit.deviance, reference["deviance"].number) < 1e-10)
    }
    let fit = try LogisticRegression(penalty: .none).fit(table.observations())
    for (name, estimate) in zip(table.names, fit.coefficients) where reference["coef"][name].exists {
      #expect(relative(estimate, reference["coef"][name].number) < 1e-8, "\(name)")
    }
  }

  @Test("Challenger's six O-rings a flight as grouped binomial")
  func grouped() throws {
    var table = try SharedTables.challenger()
    let totals = try SharedTables.challengerTotals()
    table.outcomes = totals.map { $0 / 6 }
    let fit = try LogisticRegression(penalty: .none).fit(
      table.observations(trials: totals.map { _ in 6 }))
    let reference = try SharedTables.json("challenger/reference.json")["grouped_binomial_m6"]
    #expect(relative(fit.intercept, reference["coef"]["Intercept"].number) < 1e-8)
    #expect(relative(fit.coefficients[0], reference["coef"]["Temperature"].number) < 1e-8)
    #expect(relative(fit.deviance, reference["deviance"].number) < 1e-10)
    #expect(relative(fit.nullDeviance, reference["null_deviance"].number) < 1e-10)
    #expect(relative(fit.logLikelihood, reference["log_likelihood"].number) < 1e-10)
    #expect(relative(fit.bic, reference["bic_bernoulli"].number) < 1e-10)
  }

  @Test("Firth's estimates are brglm2's and logistf's to 1e-8")
  func firth() throws {
    for (folder, table) in [
      ("endometrial", try SharedTables.endometrial()), ("spector", try SharedTables.spector()),
      ("vaso", try SharedTables.vaso()), ("challenger", try SharedTables.challenger()),
    ] {
      let reference = try SharedTables.json("\(folder)/reference.json")["firth"]
      let fit = try LogisticRegression(penalty: .firth).fit(table.observations())
      print(folder, fit.convergence)
      #expect(relative(fit.intercept, reference["coef"]["Intercept"].number) < 1e-8)
      for (name, estimate) in zip(table.names, fit.coefficients) {
        #expect(relative(estimate, reference["coef"][name].number) < 1e-8, "\(folder) \(name)")
      }
      #expect(relative(fit.penalizedLogLikelihood!, reference["penalised_loglik"].number) < 1e-10)
    }
  }

  @Test("glmnet's ridge, lasso and elastic net on pima within 1e-6, and its objective is never lower")
  func glmnetPima() throws {
    try compareWithGlmnet(
      SharedTables.pima(), "pima/reference_R.json",
      [("glmnet_ridge", 0), ("glmnet_lasso", 1), ("glmnet_enet_0.5", 0.5)])
  }

  @Test("glmnet's ridge, lasso and elastic net on ten columns of telco likewise")
  func glmnetTelco() throws {
    let cells = try SharedTables.columns("telco/telco.csv")
    func column(_ name: String) throws -> [String] { try #require(cells[name]) }
    func flag(_ name: String, _ value: String) throws -> [Double] {
      try column(name).map { $0 == value ? 1 : 0 }
    }
    func number(_ name: String) throws -> [Double] { try column(name).map { Double($0) ?? 0 } }
    let table = ReferenceTable(
      names: [
        "tenure", "MonthlyCharges", "TotalCharges", "Senior", "M2M", "Fiber", "ECheck", "NoTech", "NoSec",
        "Paperless",
      ],
      columns: [
        try number("tenure"), try number("MonthlyCharges"), try number("TotalCharges"),
        try number("SeniorCitizen"), try flag("Contract", "Month-to-month"),
        try flag("InternetService", "Fiber optic"), try flag("PaymentMethod", "Electronic check"),
        try flag("TechSupport", "No"), try flag("OnlineSecurity", "No"), try flag("PaperlessBilling", "Yes"),
      ],
      outcomes: try flag("Churn", "Yes"))
    try compareWithGlmnet(
      table, "telco/reference_R.json",
      [("glmnet_10col_ridge", 0), ("glmnet_10col_lasso", 1), ("glmnet_10col_enet0.5", 0.5)])
  }

  private func compareWithGlmnet(
    _ table: ReferenceTable, _ path: String, _ runs: [(key: String, alpha: Double)]
  ) throws {
    let observations = try table.observations()
    let reference = try SharedTables.json(path)
    for (key, alpha) in runs {
      #expect(!reference[key].array.isEmpty, "\(key)")
      for row in reference[key].array {
        let lambda = row["lambda"].number
        let fit = try LogisticRegression(penalty: .elasticNet(lambda: lambda, alpha: alpha)).fit(observations)
        let theirs = table.names.map { row["coef"][$0].number }
        for (name, pair) in zip(table.names, zip(fit.coefficients, theirs)) {
          #expect((pair.0 - pair.1).magnitude < 1e-6 * max(1, pair.1.magnitude), "\(key) λ \(lambda) \(name)")
        }
        #expect(
          (fit.intercept - row["intercept"].number).magnitude < 1e-6 * row["intercept"].number.magnitude)
        let ours = objective(table, fit.intercept, fit.coefficients, lambda, alpha)
        #expect(ours <= objective(table, row["intercept"].number, theirs, lambda, alpha) + 1e-14)
      }
    }
  }

  /// glmnet's objective, written out.
  private func objective(
    _ table: ReferenceTable, _ intercept: Double, _ coefficients: [Double], _ lambda: Double, _ alpha: Double
  ) -> Double {
    let n = table.outcomes.count
    var loss = 0.0
    for i in 0..<n {
      var eta = intercept
      for j in coefficients.indices { eta += table.design[i, j] * coefficients[j] }
      loss += max(eta, 0) + log1p(exp(-eta.magnitude)) - table.outcomes[i] * eta
    }
    var penalty = 0.0
    for j in coefficients.indices {
      let column = (0..<n).map { table.design[$0, j] }
      let mean = column.reduce(0, +) / Double(n)
      let deviation = (column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(n)).squareRoot()
      let gamma = coefficients[j] * deviation
      penalty += (1 - alpha) / 2 * gamma * gamma + alpha * gamma.magnitude
    }
    return loss / Double(n) + lambda * penalty
  }

  @Test("scikit-learn's ridge on standardised columns, C = 1/(λ n)", arguments: cases)
  func ridge(_ item: Case) throws {
    let table = try item.table()
    let reference = try SharedTables.json("\(item.folder)/reference.json")
    for key in ["ridge_C1", "ridge_C0.1", "ridge_C0.01"] where reference[key].exists {
      let lambda = 1 / (reference[key]["C"].number * Double(table.outcomes.count))
      let fit = try LogisticRegression(penalty: .elasticNet(lambda: lambda, alpha: 0)).fit(
        table.observations())
      for (name, estimate) in zip(table.names, fit.coefficients) {
        #expect(relative(estimate, reference[key]["coef_original_scale"][name].number) < 1e-8, "\(name)")
      }
      #expect(relative(fit.intercept, reference[key]["intercept_original_scale"].number) < 1e-8)
    }
  }
}
