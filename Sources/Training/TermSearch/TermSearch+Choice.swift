import Features
import LinearAlgebra
import LogisticRegression

extension TermSearch {
  /// How many terms earn their place, by cross-validation, and which these are on all rows.
  struct Choice: Sendable {
    let terms: [[RecipeFactor]]
    /// Mean deviance a held-out row without and with as many terms.
    let lossBefore: Double
    let lossAfter: Double
  }

  /// Walks the path on each of three folds' complements, adds up the held-out losses round by round, and
  /// walks it once more on all rows up to the chosen round.
  ///
  /// The chosen round is the first whose loss is within a quarter of a standard error (of the paired difference)
  /// of the smallest; none where the smallest is not one standard error better than the recipe as it was.
  func chosen(groups: [Int32]?, seed: UInt64, threads: Int) throws -> Choice {
    let all = Array(0..<outcomes.count)
    guard let folds = try? Folds.stratified(outcomes: outcomes, groups: groups, count: 3, seed: seed) else {
      return Choice(terms: [], lossBefore: 0, lossAfter: 0)
    }
    let paths = mapBlocks(count: 3, threads: threads) { fold -> Result<Path, FitError> in
      let (training, validation) = Folds.split(folds, fold)
      do throws(FitError) {
        return .success(try walk(training: training, validation: validation))
      } catch {
        return .failure(error)
      }
    }
    let walked = try paths.map { try $0.get() }
    let rounds = walked.map(\.losses.count).max() ?? 1
    // A path that stopped early stays at its last round.
    let losses = (0..<rounds).map { round in walked.flatMap { $0.losses[min(round, $0.losses.count - 1)] } }
    let means = losses.map { $0.reduce(0, +) / Double($0.count) }
    guard let best = means.indices.min(by: { means[$0] < means[$1] }), best > 0,
      gap(losses[0], losses[best], errors: 1)
    else { return Choice(terms: [], lossBefore: means[0], lossAfter: means[0]) }
    let chosen = (1...best).first { !gap(losses[$0], losses[best], errors: 0.25) } ?? best

    var search = self
    search.rounds = chosen
    let path = try search.walk(training: all, validation: [])
    return Choice(terms: path.terms, lossBefore: means[0], lossAfter: means[chosen])
  }

  /// Whether `worse` loses more than so many standard errors of the difference.
  private func gap(_ worse: [Double], _ better: [Double], errors: Double) -> Bool {
    let count = Double(worse.count)
    let differences = zip(worse, better).map { $0 - $1 }
    let mean = differences.reduce(0, +) / count
    let variance = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / max(1, count - 1)
    return mean > errors * (variance / count).squareRoot()
  }
}
