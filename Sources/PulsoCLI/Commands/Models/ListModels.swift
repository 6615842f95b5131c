import ArgumentParser
import Features
import ModelFile
import Reporting

struct ListModels: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Every version of every model; * is the champion.")

  @OptionGroup var arguments: RegistryArguments
  @Flag(help: "One JSON object on standard output.")
  var json = false

  func run() throws {
    let registry = arguments.registry
    var listed: [Listed] = []
    for name in try registry.names() {
      let champion = try registry.currentChampion(of: name)
      for version in try registry.versions(of: name) {
        listed.append(Listed(version, isChampion: version == champion))
      }
    }
    print(json ? Self.json(listed) : Self.text(listed, folder: arguments.models))
  }

  /// A version, and what its file says if it can be read.
  private struct Listed {
    let reference: ModelReference
    let isChampion: Bool
    let model: Model?

    init(_ reference: ModelReference, isChampion: Bool) {
      self.reference = reference
      self.isChampion = isChampion
      model = try? Model(readingFrom: reference.path)
    }
  }

  private static func text(_ listed: [Listed], folder: String) -> String {
    guard !listed.isEmpty else { return "no models under \(folder)" }
    let rows = listed.map { item -> [String] in
      guard let model = item.model else {
        return [
          item.isChampion ? "*" : "", item.reference.name, item.reference.version, "damaged", "", "", "",
        ]
      }
      return [
        item.isChampion ? "*" : "", item.reference.name, item.reference.version, model.role.rawValue,
        model.target,
        "\(model.rows)", "\(model.recipe.terms.count)",
      ]
    }
    return TextTable(["", "model", "version", "role", "target", "rows", "terms"], rows, numbers: [5, 6]).text
  }

  private static func json(_ listed: [Listed]) -> String {
    var json = JSONText()
    json.object { json in
      json.array("models") { json in
        for item in listed {
          json.object(inline: true) { json in
            json.string("model", item.reference.name)
            json.string("version", item.reference.version)
            json.boolean("champion", item.isChampion)
            json.string("path", item.reference.path)
            json.boolean("readable", item.model != nil)
            if let model = item.model {
              json.string("role", model.role.rawValue)
              json.string("target", model.target)
              json.integer("rows", model.rows)
              json.integer("terms", model.recipe.terms.count)
            }
          }
        }
      }
    }
    return json.text
  }
}
