import Foundation
import LinearAlgebra
import LogisticRegression

/// Answers the peers' script, a line for a line, so that both sides take turns with their data in memory:
///
///   load PATH                      → loaded ROWS COLUMNS
///   fit LAMBDA THREADS             → SECONDS PASSES INTERCEPT COEFFICIENT…   (λ 0: no penalty)
///   cv FOLDS THREADS LAMBDA…       → SECONDS DEVIANCE…
///
/// `fit` penalises coefficients as they are (no standardisation), as scikit-learn does.
@main struct FitRunner {
  static func main() throws {
    var observations: Observations?
    while let line = readLine() {
      let words = line.split(separator: " ").map(String.init)
      switch (words.first, observations) {
      case ("load", _):
        observations = nil
        let loaded = try DesignFile(path: words[1]).observations
        observations = loaded
        answer("loaded \(loaded.count) \(loaded.termCount)")
      case ("fit", let observations?):
        answer(try fit(observations, lambda: Double(words[1])!, threads: Int(words[2])!))
      case ("cv", let observations?):
        answer(
          try crossValidate(
            observations, folds: Int(words[1])!, threads: Int(words[2])!,
            lambdas: words[3...].map { Double($0)! }))
      default:
        answer("unknown: \(line)")
      }
    }
  }

  /// Unbuffered, for whoever waits at the other end of the pipe.
  static func answer(_ line: String) {
    FileHandle.standardOutput.write(Data((line + "\n").utf8))
  }

  static func fit(_ observations: Observations, lambda: Double, threads: Int) throws -> String {
    let model = try LogisticRegression(
      penalty: lambda > 0 ? .elasticNet(lambda: lambda, alpha: 0) : .none, standardize: false,
      threads: threads)
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
