import ArgumentParser
import ModelFile

struct VerifyModels: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check every version's SHA-256, content and name; exit status 78 if one is bad.")

  @Argument(help: "Names, or nothing for every model.")
  var names: [String] = []
  @OptionGroup var arguments: RegistryArguments

  func run() throws {
    let registry = arguments.registry
    var bad = 0
    let wanted = names.isEmpty ? try registry.names() : names
    guard !wanted.isEmpty else {
      throw CommandError(
        .noInput, "there is no model under \(registry.folder)", hint: "name the folder with --models DIR")
    }
    for name in wanted {
      let versions = try registry.versions(of: name)
      if versions.isEmpty {
        throw RegistryError.unknownModel(name: name, folder: arguments.models, known: try registry.names())
      }
      for version in versions {
        do {
          try registry.verify(version)
          print("ok  \(version.name)/\(version.version)")
        } catch {
          print("BAD \(version.name)/\(version.version)")
          error.complaint.print()
          bad += 1
        }
      }
    }
    if bad > 0 { throw ExitCode(ExitStatus.badConfiguration.rawValue) }
  }
}
