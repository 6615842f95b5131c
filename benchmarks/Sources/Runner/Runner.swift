import Foundation
import Invented
import LinearAlgebra
import LogisticRegression

/// Answers the peers' scripts, a line for a line, so that both sides take turns with their data in memory:
///
///   load PATH                      → loaded ROWS COLUMNS
///   invent ROWS COLUMNS            → loaded ROWS COLUMNS
///   fit LAMBDA THREADS [TOLERANCE] → SECONDS PASSES INTERCEPT COEFFICIENT…   (λ 0: no penalty)
///   cv FOLDS THREADS LAMBDA…       → SECONDS DEVIANCE…
///   model INTERCEPT COEFFICIENT…   → model COLUMNS
///   score double|single THREADS [PATH] → SECONDS, the probabilities written to PATH afterwards
///   account COUNT                  → P50 P99, nanoseconds
///   bandwidth THREADS              → BYTES a second, of adding up the columns
///
/// `fit` penalises coefficients as they are (no standardisation), as scikit-learn does.
@main struct Runner {
  static func main() throws {
    var observations: Observations?
    var scoring: ScoredDesign?
    while let line = readLine() {
      let words = line.split(separator: " ").map(String.init)
      switch (words.first, observations, scoring) {
      case ("load", _, _), ("invent", _, _):
        observations = nil
        scoring = nil
        let loaded =
          try words[0] == "load"
          ? DesignFile(path: words[1]).observations
          : Observations.invented(rows: Int(words[1])!, columns: Int(words[2])!)
        observations = loaded
        answer("loaded \(loaded.count) \(loaded.termCount)")
      case ("fit", let observations?, _):
        answer(
          try fit(
            observations, lambda: Double(words[1])!, threads: Int(words[2])!,
            tolerance: words.count > 3 ? Double(words[3])! : 1e-12))
      case ("cv", let observations?, _):
        answer(
          try crossValidate(
            observations, folds: Int(words[1])!, threads: Int(words[2])!,
            lambdas: words[3...].map { Double($0)! }))
      case ("model", let observations?, _):
        let numbers = words[1...].map { Double($0)! }
        scoring = try ScoredDesign(
          observations.design, intercept: numbers[0], coefficients: Array(numbers[1...]))
        answer("model \(numbers.count - 1)")
      case ("score", _, let scoring?):
        let (seconds, probabilities) = try scoring.all(
          isSingle: words[1] == "single", threads: Int(words[2])!)
        if words.count > 3 {
          try probabilities.withUnsafeBytes { try Data($0).write(to: URL(filePath: words[3])) }
        }
        answer("\(seconds)")
      case ("account", _, let scoring?):
        let (p50, p99) = scoring.single(count: Int(words[1])!)
        answer("\((p50 * 10).rounded() / 10) \((p99 * 10).rounded() / 10)")
      case ("bandwidth", _, let scoring?):
        answer("\(scoring.bandwidth(threads: Int(words[1])!))")
      default:
        answer("unknown: \(line)")
      }
    }
  }

  /// Unbuffered, for whoever waits at the other end of the pipe.
  static func answer(_ line: String) {
    FileHandle.standardOutput.write(Data((line + "\n").utf8))
  }

  static func fit(_ observations: Observations, lambda: Double, threads: Int, tolerance: Double) throws
    -> String
  {
    let model = try LogisticRegression(
      penalty: lambda > 0 ? .elasticNet(lambda: lambda, alpha: 0) : .none, standardize: false,
      tolerance: tolerance, threads: threads)
    let clock = ContinuousClock()
    let begin = clock.now
    let fitted = try model.fit(observations)
    let seconds = clock.now - begin
    let numbers = [fitted.intercept] + fitted.coefficients
    return "\(seconds / .seconds(1)) \(fitted.convergence.iterations) "
      + numbers.map { "\($0)" }.joined(separator: " ")
  }

  static func crossValidate(
    _ observations: Observations, folds: Int, threads: Int, lambdas: [Double]
  ) throws -> String {
    let model = try LogisticRegression(penalty: .none, standardize: false, threads: threads)
    let clock = ContinuousClock()
    let begin = clock.now
    let path = try model.crossValidate(
      observations, folds: (0..<observations.count).map { $0 % folds }, alpha: 0, lambdas: lambdas)
    let seconds = clock.now - begin
    return "\(seconds / .seconds(1)) " + path.meanDeviances.map { "\($0)" }.joined(separator: " ")
  }
}
