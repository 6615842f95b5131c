import Foundation
public import Segmentation
import Tables

/// The presets that come with Pulso, and users' own files.
///
/// A preset is YAML that says how it differs from the one it extends (`usd-100k` unless it says otherwise).
/// The texts are compiled in, so that one binary is all there is to install.
public enum PresetLibrary {
  public struct Entry: Sendable {
    public let name: String
    /// What it is for, in one line.
    public let summary: String
    public let yaml: String
    /// A variant changes a few numbers and is meant to be joined to a whole preset with `+`.
    public let isVariant: Bool
  }

  /// In the order in which they are listed: whole presets, then variants.
  public static let entries = [usd100K, eur20K] + variants

  /// The preset that `argument` names: a name, a YAML file, or several joined by `+`, later ones laid over
  /// earlier ones, as in `eur-20k+sla-1h`.
  public static func preset(_ argument: String) throws(ConfigurationError) -> Preset {
    var preset = Preset()
    for (index, part) in argument.split(separator: "+", omittingEmptySubsequences: false).enumerated() {
      try apply(
        String(part).trimmingCharacters(in: .whitespaces), isFirst: index == 0, to: &preset, extending: [])
    }
    if preset.name != argument { preset.name = argument }
    return preset
  }

  /// The YAML of a preset or of a user's file.
  public static func yaml(_ name: String) throws(ConfigurationError) -> String {
    if let entry = entries.first(where: { $0.name == name }) { return entry.yaml }
    let names = entries.map(\.name)
    guard name.hasSuffix(".yaml") || name.hasSuffix(".yml") || name.contains("/") else {
      let nearest = nearestName(to: name, among: names).map { "; did you mean \($0)?" } ?? ""
      throw .invalidValue(
        value: name, expected: "a YAML file or one of \(names.joined(separator: ", "))\(nearest)",
        place: .init(column: "preset"))
    }
    guard FileManager.default.fileExists(atPath: name) else { throw .missingFile(path: name) }
    guard let data = FileManager.default.contents(atPath: name),
      let text = String(validating: data, as: UTF8.self)
    else { throw .unreadable(path: name, reason: "not a readable UTF-8 text") }
    return text
  }

  private static func apply(
    _ name: String, isFirst: Bool, to preset: inout Preset, extending chain: [String]
  ) throws(ConfigurationError) {
    let text = try yaml(name)
    let isShipped = entries.contains { $0.name == name }
    var mapping = try StrictMapping(yaml: text, file: isShipped ? "preset \(name)" : name)
    let base = try mapping.string("extends")
    if let base {
      guard !chain.contains(base), base != name else {
        throw .invalidValue(
          value: base, expected: "a preset that does not extend this one", place: mapping.place(of: "extends")
        )
      }
      try apply(base, isFirst: isFirst, to: &preset, extending: chain + [name])
    }
    if let own = try mapping.string("name") { preset.name = own }
    _ = try mapping.string("summary")
    try preset.apply(&mapping)
    try mapping.finish()
  }
}
