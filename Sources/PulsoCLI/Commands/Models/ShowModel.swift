import ArgumentParser
import Features
import Foundation
import ModelFile
import Reporting

struct ShowModel: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "A model's terms and coefficients.")

  @Argument(help: "NAME (its champion), NAME/VERSION or a path.")
  var model: String
  @OptionGroup var arguments: RegistryArguments
  @Flag(help: "Print the model's card instead.")
  var card = false

  func run() throws {
    if card {
      let path = try arguments.reference(model).cardPath
      guard let bytes = FileManager.default.contents(atPath: path) else {
        throw ModelFileError.notFound(path: path)
      }
      return print(String(decoding: bytes, as: UTF8.self), terminator: "")
    }
    let path = try ModelSelection.path(model, in: arguments.registry)
    print(Self.text(try Model(readingFrom: path), path: path))
  }

  static func text(_ model: Model, path: String) -> String {
    let rows =
      [["(Intercept)", Self.digits(model.intercept), Self.error(model, 0), ""]]
      + model.recipe.terms.indices.map { index in
        [
          model.recipe.terms[index].name, Self.digits(model.coefficients[index]),
          Self.error(model, index + 1),
          Self.digits(exp(model.coefficients[index])),
        ]
      }
    return """
      \(model.name) (\(model.role.rawValue)): \(model.target) = \(model.positive), \(model.rows) rows, \
      event rate \(Self.digits(100 * model.eventRate)) %, calibration \(model.calibration.word)\(Self.bands(model))
      \(path)

      \(TextTable(["term", "estimate", "std_error", "odds_ratio"], rows, numbers: [1, 2, 3]).text)
      """
  }

  /// The cut points of ordered bands.
  private static func bands(_ model: Model) -> String {
    guard let ordered = model.orderedBands else { return "" }
    let cuts = [-ordered.mediumIntercept, -model.intercept].map(digits)
    return
      "\nordered bands \(ordered.levels.joined(separator: " < ")), thresholds \(cuts.joined(separator: " and "))"
  }

  /// Four significant digits.
  static func digits(_ value: Double) -> String { String(format: "%.4g", value) }

  /// The square root of the covariance's diagonal element.
  private static func error(_ model: Model, _ index: Int) -> String {
    guard let covariance = model.covariance else { return "" }
    return digits(max(0, covariance[index * (index + 1) / 2 + index]).squareRoot())
  }
}

extension Model.Calibration {
  var word: String {
    switch self {
    case .none: "none"
    case .platt: "platt"
    case .isotonic: "isotonic"
    case .beta: "beta"
    }
  }
}
