import ArgumentParser
import Features
import ModelFile
import Reporting
import Training

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
    func digits(_ value: Double?) -> String { value.map(ShowModel.digits) ?? "" }
    let rows = CoefficientChanges(from: a, to: b).changes.map { change -> [String] in
      guard let before = change.before, let now = change.now else {
        return [change.term, digits(change.before), digits(change.now), "", "", "only one"]
      }
      let mark = change.hasFlipped ? "sign flipped" : change.hasMoved ? "moved" : ""
      return [change.term, digits(before), digits(now), digits(now - before), digits(change.z), mark]
    }
    return TextTable(["term", "first", "second", "difference", "z", ""], rows, numbers: [1, 2, 3, 4]).text
  }
}
