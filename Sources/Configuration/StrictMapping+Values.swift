internal import Tables
internal import Yams

// Typed reading. Each function returns nil for a key that is absent and throws for one of another type.

extension StrictMapping {
  /// Text; numbers and dates read as they are written.
  public mutating func string(_ key: String) throws(ConfigurationError) -> String? {
    guard let node = node(key) else { return nil }
    return try scalar(node, key, expected: "a text")
  }

  /// A finite number, within `range` where one is given.
  public mutating func double(
    _ key: String,
    in range: ClosedRange<Double> = -Double.greatestFiniteMagnitude...(.greatestFiniteMagnitude)
  ) throws(ConfigurationError) -> Double? {
    guard let node = node(key) else { return nil }
    return try number(node, key, in: range)
  }

  public mutating func int(
    _ key: String, in range: ClosedRange<Int> = .min ... .max
  ) throws(ConfigurationError) -> Int? {
    guard let node = node(key) else { return nil }
    let text = try scalar(node, key, expected: "a whole number")
    guard let value = Int(text) else {
      throw .wrongType(expected: "a whole number", found: node.summary, place: place(of: key))
    }
    guard range.contains(value) else {
      throw .invalidValue(value: text, expected: Self.describe(range), place: place(of: key))
    }
    return value
  }

  /// `true`, `false`, `yes`, `no`.
  public mutating func bool(_ key: String) throws(ConfigurationError) -> Bool? {
    guard let node = node(key) else { return nil }
    switch try scalar(node, key, expected: "true or false").lowercased() {
    case "true", "yes": return true
    case "false", "no": return false
    default: throw .wrongType(expected: "true or false", found: node.summary, place: place(of: key))
    }
  }

  /// One of the raw values of `Choice`.
  public mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ key: String, _ type: Choice.Type = Choice.self
  ) throws(ConfigurationError) -> Choice? {
    guard let text = try string(key) else { return nil }
    guard let value = Choice(rawValue: text) else {
      let known = Choice.allCases.map(\.rawValue)
      let hint = nearestName(to: text, among: known).map { "; did you mean \($0)?" } ?? ""
      throw .invalidValue(
        value: text, expected: "one of \(known.joined(separator: ", "))\(hint)", place: place(of: key))
    }
    return value
  }

  /// A list of texts; a single text reads as a list of one.
  public mutating func strings(_ key: String) throws(ConfigurationError) -> [String]? {
    guard let node = node(key) else { return nil }
    guard case .sequence(let items) = node else {
      return [try scalar(node, key, expected: "a list of texts")]
    }
    var result: [String] = []
    for item in items { result.append(try scalar(item, key, expected: "a text")) }
    return result
  }

  /// A list of finite numbers; a single number reads as a list of one.
  public mutating func doubles(
    _ key: String,
    in range: ClosedRange<Double> = -Double.greatestFiniteMagnitude...(.greatestFiniteMagnitude)
  ) throws(ConfigurationError) -> [Double]? {
    guard let node = node(key) else { return nil }
    guard case .sequence(let items) = node else { return [try number(node, key, in: range)] }
    var result: [Double] = []
    for item in items { result.append(try number(item, key, in: range)) }
    return result
  }

  /// A nested mapping, to be read and finished on its own.
  public mutating func mapping(_ key: String) throws(ConfigurationError) -> StrictMapping? {
    guard let node = node(key) else { return nil }
    return try nested(node, key)
  }

  /// A list of mappings.
  public mutating func mappings(_ key: String) throws(ConfigurationError) -> [StrictMapping]? {
    guard let node = node(key) else { return nil }
    guard case .sequence(let items) = node else {
      throw .wrongType(expected: "a list of mappings", found: node.summary, place: place(of: key))
    }
    var result: [StrictMapping] = []
    for (index, item) in items.enumerated() {
      let place = place(of: "\(key)[\(index)]")
      result.append(
        try StrictMapping(
          node: item, file: file, path: place.column ?? key, line: item.mark?.line ?? place.line))
    }
    return result
  }

  /// The values of a mapping whose keys are the user's own names, in the order of the file.
  public mutating func entries() throws(ConfigurationError) -> [(name: String, value: StrictMapping)] {
    var result: [(name: String, value: StrictMapping)] = []
    for name in keys {
      guard let node = node(name) else {
        result.append(
          (name, try StrictMapping(node: nil, file: file, path: subpath(name), line: place(of: name).line)))
        continue
      }
      result.append((name, try nested(node, name)))
    }
    return result
  }

  /// True when the value at `key` is itself a mapping; for keys that have a short and a long form.
  public func isMapping(_ key: String) -> Bool {
    if case .mapping = pairs.first(where: { $0.key == key })?.value { true } else { false }
  }

  private func nested(_ node: Node, _ key: String) throws(ConfigurationError) -> StrictMapping {
    try StrictMapping(node: node, file: file, path: subpath(key), line: place(of: key).line)
  }

  private func subpath(_ key: String) -> String {
    path.isEmpty ? key : "\(path).\(key)"
  }

  private func scalar(_ node: Node, _ key: String, expected: String) throws(ConfigurationError) -> String {
    guard case .scalar(let scalar) = node else {
      throw .wrongType(expected: expected, found: node.summary, place: place(of: key))
    }
    return scalar.string
  }

  private func number(
    _ node: Node, _ key: String, in range: ClosedRange<Double>
  ) throws(ConfigurationError) -> Double {
    let text = try scalar(node, key, expected: "a number")
    guard let value = Double(text), value.isFinite else {
      throw .wrongType(expected: "a number", found: node.summary, place: place(of: key))
    }
    guard range.contains(value) else {
      throw .invalidValue(value: text, expected: Self.describe(range), place: place(of: key))
    }
    return value
  }

  private static func describe<Bound: Comparable & Numeric>(_ range: ClosedRange<Bound>) -> String {
    let largest = Double.greatestFiniteMagnitude
    let low =
      "\(range.lowerBound)".hasSuffix(".0")
      ? String("\(range.lowerBound)".dropLast(2)) : "\(range.lowerBound)"
    let high =
      "\(range.upperBound)".hasSuffix(".0")
      ? String("\(range.upperBound)".dropLast(2)) : "\(range.upperBound)"
    if high == "\(largest)" || high == "\(Int.max)" { return "at least \(low)" }
    if low == "\(-largest)" || low == "\(Int.min)" { return "at most \(high)" }
    return "from \(low) to \(high)"
  }
}
