import ModelFile
import Scoring
import Tables

/// Which models a command works with: those named, or the champion of every model under a folder.
///
/// A name is a path to a `model.json` or to a version's folder, or `NAME` (its champion) or `NAME/VERSION` in
/// the registry, where the first characters of a version do.
struct ModelSelection {
  let named: [String]
  let registry: Registry

  init(named: [String], folder: String) {
    self.named = named
    registry = Registry(folder: folder)
  }

  /// Ready to score, in the order named, or by name.
  func scorers() throws -> [Scorer] {
    try paths().map { try Scorer(readingFrom: $0) }
  }

  func paths() throws -> [String] {
    guard named.isEmpty else { return try named.map { try Self.path($0, in: registry) } }
    let names = try registry.names()
    guard !names.isEmpty else {
      throw CommandError(
        .noInput, "there is no model under \(registry.folder)",
        hint: "run `pulso train` first, or name a model with --model PATH or a folder with --models DIR")
    }
    return try names.map { try registry.champion(of: $0).path }
  }

  static func path(_ argument: String, in registry: Registry) throws -> String {
    guard case .missing = FileType(at: argument) else { return argument }
    return try reference(argument, in: registry)?.path ?? argument
  }

  /// `NAME` or `NAME/VERSION`; nil where the argument looks like neither.
  static func reference(_ argument: String, in registry: Registry) throws -> ModelReference? {
    let parts = argument.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count <= 2, let name = parts.first, try registry.names().contains(name) else { return nil }
    return try parts.count == 1 ? registry.champion(of: name) : registry.version(parts[1], of: name)
  }
}
