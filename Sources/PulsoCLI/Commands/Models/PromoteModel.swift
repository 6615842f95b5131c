import ArgumentParser
import ModelFile
import Reporting
import Training

struct PromoteModel: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "promote", abstract: "Make a version the champion, after verifying it.",
    discussion: """
      A version that was compared with the present champion when it was trained, and to which that comparison \
      objected, needs --force; without it the exit status is 1.
      """)

  @Argument(help: "NAME/VERSION; the first characters of the version do.")
  var model: String
  @OptionGroup var arguments: RegistryArguments
  @Flag(help: "Whatever the comparison said.")
  var force = false

  func validate() throws {
    guard model.contains("/") else { throw ValidationError("name a version: promote NAME/VERSION") }
  }

  func run() throws {
    let reference = try arguments.reference(model)
    if !force, let comparison = ModelStore.report(of: reference)?.comparison,
      comparison.champion == (try arguments.registry.currentChampion(of: reference.name))?.version,
      !comparison.objections.isEmpty
    {
      throw CommandError(
        .finding, "\(reference.name)/\(reference.version): \(ComparisonSummary(comparison).verdict)",
        hint: "--force promotes it all the same")
    }
    try arguments.registry.setChampion(reference)
    print("\(reference.name): the champion is \(reference.version)")
  }
}

struct RollBackModel: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rollback", abstract: "Go back to the champion before the current one.")

  @Argument(help: "The model's name.")
  var name: String
  @OptionGroup var arguments: RegistryArguments

  func run() throws {
    print("\(name): the champion is \(try arguments.registry.rollback(name).version)")
  }
}

struct PruneModels: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prune",
    abstract: "Remove all but the newest versions; never the champion nor the one before it.")

  @Argument(help: "The model's name.")
  var name: String
  @Option(help: "How many of the newest versions stay.")
  var keep = 12
  @OptionGroup var arguments: RegistryArguments

  func validate() throws {
    guard keep >= 1 else { throw ValidationError("--keep must be at least 1") }
  }

  func run() throws {
    let removed = try arguments.registry.prune(name, keep: keep)
    for version in removed { print("removed \(version.name)/\(version.version)") }
    StandardError.write("\(name): \(removed.count) \(removed.count == 1 ? "version" : "versions") removed\n")
  }
}
