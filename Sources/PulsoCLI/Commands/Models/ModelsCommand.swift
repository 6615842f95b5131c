import ArgumentParser
import ModelFile

struct ModelsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "models",
    abstract: "List, show, compare, promote, roll back, verify and prune the trained models.",
    subcommands: [
      ListModels.self, ShowModel.self, CompareModels.self, PromoteModel.self, RollBackModel.self,
      VerifyModels.self, PruneModels.self,
    ],
    defaultSubcommand: ListModels.self)
}

/// Where the models are; the same for every subcommand.
struct RegistryArguments: ParsableArguments {
  @Option(help: ArgumentHelp("The folder of models.", valueName: "dir"))
  var models = "models"

  var registry: Registry { Registry(folder: models) }

  /// A version that the user named, `NAME` being its champion.
  func reference(_ argument: String) throws -> ModelReference {
    if let reference = try ModelSelection.reference(argument, in: registry) { return reference }
    let name = argument.split(separator: "/").first.map(String.init) ?? argument
    throw RegistryError.unknownModel(name: name, folder: models, known: try registry.names())
  }
}
