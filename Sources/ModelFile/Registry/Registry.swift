#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A folder of models: `NAME/VERSION/model.json` and `card.md`, `NAME/champion` with the version in use, and
/// `NAME/champions` with those before it, oldest first.
///
/// A version never changes once it stands. Every change is one rename, so that a reader (or a crash) sees
/// the state before or after, and happens under a lock: one writer at a time.
public struct Registry: Sendable {
  public let folder: String
  /// How many seconds a writer waits for another one before ``RegistryError/busy(folder:)``.
  public let patience: Double

  public init(folder: String, patience: Double = 10) {
    self.folder = folder
    self.patience = patience
  }

  /// Refuses what cannot be the name of a model, so that a name never is a path.
  public static func check(name: String) throws(RegistryError) {
    guard RegistryName.isModelName(name) else { throw .badName(name) }
  }

  /// The models that have at least one version, by name; none where there is no folder.
  public func names() throws(RegistryError) -> [String] {
    var names: [String] = []
    for name in try entries(of: folder) where RegistryName.isModelName(name) {
      if try !versions(of: name).isEmpty { names.append(name) }
    }
    return names
  }

  /// The versions of a model, oldest first.
  public func versions(of name: String) throws(RegistryError) -> [ModelReference] {
    guard RegistryName.isModelName(name) else { throw .badName(name) }
    return try entries(of: path(of: name)).filter(RegistryName.isVersion).map { reference(name, $0) }
  }

  /// A version by its name, or by the first characters that only it has.
  public func version(_ version: String, of name: String) throws(RegistryError) -> ModelReference {
    let all = try versions(of: name)
    if all.isEmpty { throw .unknownModel(name: name, folder: folder, known: try names()) }
    let found = all.filter { $0.version.hasPrefix(version) }
    guard found.count == 1, let only = found.first, !version.isEmpty else {
      throw .unknownVersion(name: name, version: version, known: all.map(\.version))
    }
    return only
  }

  /// The version in use.
  public func champion(of name: String) throws(RegistryError) -> ModelReference {
    if try versions(of: name).isEmpty { throw .unknownModel(name: name, folder: folder, known: try names()) }
    guard let champion = try currentChampion(of: name) else { throw .noChampion(name: name) }
    return champion
  }

  /// The version in use, or nil where none was ever made champion.
  public func currentChampion(of name: String) throws(RegistryError) -> ModelReference? {
    let file = path(of: name) + "/champion"
    guard let lines = lines(of: file) else { return nil }
    guard lines.count == 1, RegistryName.isVersion(lines[0]) else { throw .badChampion(path: file) }
    return reference(name, lines[0])
  }

  /// The champions so far, oldest first.
  func champions(of name: String) -> [String] {
    (lines(of: path(of: name) + "/champions") ?? []).filter(RegistryName.isVersion)
  }

  func path(of name: String) -> String { "\(folder)/\(name)" }

  func reference(_ name: String, _ version: String) -> ModelReference {
    ModelReference(name: name, version: version, folder: "\(path(of: name))/\(version)")
  }

  /// Sorted names of what a folder holds; none where there is no folder.
  func entries(of path: String) throws(RegistryError) -> [String] {
    var isFolder = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder else { return [] }
    do {
      return try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    } catch {
      throw .folder(path: path, reason: "\(error)")
    }
  }

  private func lines(of path: String) -> [String]? {
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
  }
}
