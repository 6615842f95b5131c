public import Tables
internal import Yams

/// A mapping of the configuration, read strictly: every key is asked for by name and type, and
/// ``finish()`` refuses those that nobody asked for, naming the nearest that somebody did.
///
/// ```swift
/// var bands = try StrictMapping(yaml: text, file: "pulso.yaml")
/// let red = try bands.double("red", in: 0...100) ?? 25
/// try bands.finish()
/// ```
///
/// A key that is absent, or present without a value, reads as nil. Errors name file, line and the dotted
/// path of the key.
public struct StrictMapping {
  public let file: String
  /// The dotted path from the root, empty at the root.
  public let path: String
  let line: Int?
  let pairs: [(key: String, line: Int?, value: Node)]
  private var asked: [String] = []

  /// The root of a document; an empty document is an empty mapping.
  public init(yaml text: String, file: String) throws(ConfigurationError) {
    try self.init(node: Self.compose(text, file: file), file: file, path: "", line: nil)
  }

  init(node: Node?, file: String, path: String, line: Int?) throws(ConfigurationError) {
    self.file = file
    self.path = path
    self.line = line ?? node?.mark?.line
    guard let node, !node.isNothing else {
      pairs = []
      return
    }
    guard case .mapping(let mapping) = node else {
      throw .wrongType(
        expected: "a mapping (key: value)", found: node.summary,
        place: SourcePlace(file: file, line: self.line, column: path.isEmpty ? nil : path))
    }
    var pairs: [(key: String, line: Int?, value: Node)] = []
    for (key, value) in mapping {
      let line = key.mark?.line ?? value.mark?.line
      guard case .scalar(let scalar) = key else {
        throw .wrongType(
          expected: "a plain key", found: key.summary,
          place: SourcePlace(file: file, line: line, column: path.isEmpty ? nil : path))
      }
      pairs.append((scalar.string, line, value))
    }
    self.pairs = pairs
  }

  /// The keys in the order of the file.
  public var keys: [String] { pairs.map(\.key) }

  /// Refuses the first key that was never asked for.
  public func finish() throws(ConfigurationError) {
    for pair in pairs where !asked.contains(pair.key) {
      throw .unknownKey(
        nearest: nearestName(to: pair.key, among: asked), known: asked, place: place(of: pair.key))
    }
  }

  /// Where `key` stands, or where it is missing from.
  public func place(of key: String) -> SourcePlace {
    SourcePlace(
      file: file, line: pairs.first { $0.key == key }?.line ?? line,
      column: path.isEmpty ? key : "\(path).\(key)")
  }

  /// The node at `key`, nil when absent or empty; `key` counts as known from here on.
  mutating func node(_ key: String) -> Node? {
    if !asked.contains(key) { asked.append(key) }
    guard let value = pairs.first(where: { $0.key == key })?.value, !value.isNothing else { return nil }
    return value
  }

  static func compose(_ text: String, file: String) throws(ConfigurationError) -> Node? {
    do {
      return try Parser(yaml: text).singleRoot()
    } catch let error as YamlError {
      throw ConfigurationError(error, file: file)
    } catch {
      throw .syntax(problem: "\(error)", place: SourcePlace(file: file))
    }
  }
}

extension Node {
  /// `key:`, `key: ~` and `key: null`.
  var isNothing: Bool {
    guard case .scalar(let scalar) = self, scalar.style == .plain || scalar.style == .any else {
      return false
    }
    return ["", "~", "null", "Null", "NULL"].contains(scalar.string)
  }

  /// How an error names this node.
  var summary: String {
    switch self {
    case .scalar(let scalar): "“\(scalar.string)”"
    case .mapping: "a mapping"
    case .sequence: "a list"
    case .alias: "an alias"
    }
  }
}

extension ConfigurationError {
  init(_ error: YamlError, file: String) {
    func at(_ line: Int?, _ column: String? = nil) -> SourcePlace {
      SourcePlace(file: file, line: line, column: column)
    }
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      self = .syntax(problem: problem, place: at(mark.line))
    case .reader(let problem, let offset, _, let yaml):
      let line = offset.map { yaml.prefix($0).split(separator: "\n", omittingEmptySubsequences: false).count }
      self = .syntax(problem: problem, place: at(line))
    case .duplicatedKeysInMapping(let duplicates, let context):
      self = .syntax(
        problem: "the key \(duplicates.first ?? "") stands twice in one mapping", place: at(context.mark.line)
      )
    default:
      self = .syntax(problem: "not a YAML document", place: at(nil))
    }
  }
}
