import ArgumentParser
import Features
import ModelFile

struct CompareModels: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Two models' coefficients side by side, and how far each moved beyond its error.",
    discussion: "z is the difference over the root of both squared standard errors; beyond 2 it is marked.")

  @Argument(help: "The first: NAME, NAME/VERSION or a path.")
  var first: String
  @Argument(help: "The second.")
  var second: String
  @OptionGroup var arguments: RegistryArguments

  func run() throws {
    let a = try Model(readingFrom: try ModelSelection.path(first, in: arguments.registry))
    let b = try Model(readingFrom: try ModelSelection.path(second, in: arguments.registry))
    print(Self.text(a, b))
  }

  static func text(_ a: Model, _ b: Model) -> String {
    let left = estimates(of: a)
    let right = estimates(of: b)
    let positions = Dictionary(right.enumerated().map { ($1.term, $0) }) { first, _ in first }
    var rows = left.map { estimate in
      row(estimate.term, estimate, positions[estimate.term].map { right[$0] })
    }
    let known = Set(left.map(\.term))
    rows += right.filter { !known.contains($0.term) }.map { row($0.term, nil, $0) }
    return TextTable(["term", "first", "second", "difference", "z", ""], rows, numbers: [1, 2, 3, 4]).text
  }

  private struct Estimate {
    let term: String
    let value: Double
    /// Squared standard error; nil without covariance.
    let variance: Double?
  }

  private static func estimates(of model: Model) -> [Estimate] {
    let names = ["(Intercept)"] + model.recipe.terms.map(\.name)
    return zip(names, [model.intercept] + model.coefficients).enumerated().map { index, pair in
      Estimate(
        term: pair.0, value: pair.1,
        variance: model.covariance.map { $0[index * (index + 1) / 2 + index] })
    }
  }

  private static func row(_ term: String, _ a: Estimate?, _ b: Estimate?) -> [String] {
    let digits = ShowModel.digits
    guard let a, let b else {
      return [term, a.map { digits($0.value) } ?? "", b.map { digits($0.value) } ?? "", "", "", "only one"]
    }
    let difference = b.value - a.value
    var z: Double?
    if let first = a.variance, let second = b.variance, first + second > 0 {
      z = difference / (first + second).squareRoot()
    }
    let mark = a.value * b.value < 0 ? "sign flipped" : (z ?? 0).magnitude > 2 ? "moved" : ""
    return [term, digits(a.value), digits(b.value), digits(difference), z.map(digits) ?? "", mark]
  }
}
