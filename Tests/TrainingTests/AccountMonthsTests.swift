import Foundation
import StableNumerics
import Tables
import Testing
import Training

@Suite("Account-months: an account is one witness, not as many as it has months")
struct AccountMonthsTests {
  /// 150 accounts; what becomes of one is chance, and the same in each of its months.
  private func table(months: Int) throws -> Table {
    var random = SplitMix64(seed: 21)
    var csv = "id,code,month,x,y\n"
    for account in 0..<150 {
      let (x, y) = (random.uniform(), random.uniform() < 0.4 ? 1 : 0)
      for month in 1...months { csv += "a\(account),c\(account),\(month),\(x),\(y)\n" }
    }
    return try Table.read(csv: csv, name: "table.csv").table
  }

  private func options(id: String?) -> TrainingOptions {
    var options = TrainingOptions(target: "y")
    options.recipe = .plain
    options.id = id
    options.calibration = .none
    return options
  }

  @Test(
    "folds by account: a column that knows the account predicts nothing; by row it would seem to know all")
  func folds() throws {
    let table = try table(months: 6)
    func validation(id: String?) throws -> TrainingReport.Validation {
      var options = options(id: id)
      options.features = ["code"]
      options.lambda = .value(0.001)
      return try #require(try Trainer(options).train(table).report.validation)
    }
    let byRow = try validation(id: nil)
    #expect(byRow.scheme == "stratified 5-fold" && byRow.auc ?? 0 > 0.95)
    // What is left is what the folds themselves differ by.
    let byAccount = try validation(id: "id")
    #expect(byAccount.scheme == "grouped 5-fold" && byAccount.auc ?? 1 < 0.55)
  }

  @Test("errors by account unless told otherwise: six equal months tell no more than one")
  func errors() throws {
    func error(months: Int, _ kind: TrainingOptions.StandardErrors) throws -> Double {
      var options = options(id: "id")
      options.features = ["x"]
      options.penalty = .none
      options.standardErrors = kind
      let report = try Trainer(options).train(try table(months: months)).report
      return try #require(report.coefficients.first { $0.term == "x" }?.stdError)
    }
    let one = try error(months: 1, .hc0)
    let six = try error(months: 6, .automatic)
    // Only the factor for small samples knows the number of rows: G/(G − 1) (n − 1)/(n − 2).
    #expect(abs(six / one - (150.0 / 149 * 899 / 898).squareRoot()) < 1e-9)
    #expect(try error(months: 6, .model) < 0.5 * six)
  }
}
