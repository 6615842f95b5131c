internal import Segmentation

// Spellings that only presets use.

extension StrictMapping {
  /// Reads the nested mapping at `key` with `body` and refuses what it leaves over.
  mutating func read(
    _ key: String, _ body: (inout StrictMapping) throws(ConfigurationError) -> Void
  ) throws(ConfigurationError) {
    guard var nested = try mapping(key) else { return }
    try body(&nested)
    try nested.finish()
  }

  /// `15-20`, or one number for both ends.
  mutating func range(_ key: String) throws(ConfigurationError) -> ClosedRange<Double>? {
    guard let text = try string(key) else { return nil }
    let ends = text.split(separator: "-", omittingEmptySubsequences: false).map {
      Double($0.filter { $0 != " " && $0 != "%" })
    }
    guard ends.count <= 2, let low = ends.first ?? nil, let high = ends.last ?? nil, low >= 0, low <= high,
      high <= 1e9
    else {
      throw .invalidValue(value: text, expected: "a range such as 15-20", place: place(of: key))
    }
    return low...high
  }

  /// `[">= 100000", "> 5000"]`, highest first, or `{shares: [20, 50, 30]}`.
  mutating func bounds(_ key: String) throws(ConfigurationError) -> ARRBounds? {
    if isMapping(key) {
      guard var nested = try mapping(key) else { return nil }
      let shares = try nested.doubles("shares", in: 0...100)
      try nested.finish()
      return shares.map(ARRBounds.shares)
    }
    guard let texts = try strings(key) else { return nil }
    var bounds: [ARRBound] = []
    for text in texts {
      let compact = text.filter { $0 != " " && $0 != "_" }
      let inclusive = !compact.hasPrefix(">") || compact.hasPrefix(">=")
      let number = compact.drop { $0 == ">" || $0 == "=" }
      guard let amount = Double(number), amount.isFinite, amount >= 0 else {
        throw .invalidValue(
          value: text, expected: "a bound such as \">= 100000\" or \"> 20000\"", place: place(of: key))
      }
      bounds.append(ARRBound(amount, inclusive: inclusive))
    }
    return .fixed(bounds)
  }

  /// `45` on the axis' own scale, or `p80`.
  mutating func cut(_ key: String) throws(ConfigurationError) -> AxisCut? {
    guard let text = try string(key) else { return nil }
    let isPercentile = text.hasPrefix("p")
    guard let value = Double(isPercentile ? text.dropFirst() : text[...]), (0...100).contains(value) else {
      throw .invalidValue(
        value: text, expected: "a number from 0 to 100, or a percentile such as p80", place: place(of: key))
    }
    return isPercentile ? .percentile(value) : .fixed(value)
  }

  /// A list of rhythms such as `14d`, `3mo` or `never`.
  mutating func rhythms(_ key: String) throws(ConfigurationError) -> [TouchPlan.Rhythm]? {
    guard let texts = try strings(key) else { return nil }
    var result: [TouchPlan.Rhythm] = []
    for text in texts {
      guard let rhythm = TouchPlan.Rhythm(code: text) else {
        throw .invalidValue(
          value: text, expected: "a rhythm such as 14d, 3mo or never", place: place(of: key))
      }
      result.append(rhythm)
    }
    return result
  }

  /// A list of the raw values of `Choice`.
  mutating func choices<Choice: RawRepresentable<String> & CaseIterable>(
    _ key: String, _ type: Choice.Type = Choice.self
  ) throws(ConfigurationError) -> [Choice]? {
    guard let texts = try strings(key) else { return nil }
    var result: [Choice] = []
    for text in texts {
      guard let value = Choice(rawValue: text) else {
        throw .invalidValue(
          value: text, expected: "some of \(Choice.allCases.map(\.rawValue).joined(separator: ", "))",
          place: place(of: key))
      }
      result.append(value)
    }
    return result
  }
}
