/// Which rows count: conditions that must all hold, such as `priority = urgent and escalated = true`.
///
/// A missing value meets no condition but `is missing`, as in SQL.
public struct RowFilter: Sendable, Equatable {
  public enum Comparison: String, Sendable, Equatable {
    case equal = "="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case oneOf = "in"
    case isMissing = "is missing"
    case isPresent = "is present"
  }

  public struct Condition: Sendable, Equatable {
    public let column: String
    public let comparison: Comparison
    /// One value, several for `in`, none for `is missing` and `is present`.
    public let values: [String]

    public init(column: String, comparison: Comparison, values: [String]) {
      self.column = column
      self.comparison = comparison
      self.values = values
    }
  }

  public let conditions: [Condition]

  public init(conditions: [Condition]) {
    self.conditions = conditions
  }

  public var columns: [String] { conditions.map(\.column) }
}

/// Why a text is no filter.
public struct RowFilterSyntaxError: Error, Sendable, Equatable {
  /// What was expected instead.
  public let expected: String
  /// The text from where it stopped making sense; empty at the end.
  public let rest: String
}

extension RowFilter {
  /// Reads `column = value`, `column in (a, b)`, `column is missing`, joined by `and`. A name or value with
  /// spaces or operators stands in single or double quotes.
  public init(parsing text: String) throws(RowFilterSyntaxError) {
    var tokens = Tokens(text)
    var conditions: [Condition] = []
    repeat {
      conditions.append(try tokens.condition())
    } while try tokens.takeAnd()
    self.init(conditions: conditions)
  }

  private struct Tokens {
    private var rest: Substring

    init(_ text: String) {
      rest = text[...]
    }

    mutating func condition() throws(RowFilterSyntaxError) -> Condition {
      let column = try word("a column")
      for sign in [Comparison.notEqual, .lessOrEqual, .greaterOrEqual, .equal, .less, .greater] {
        guard take(sign.rawValue) else { continue }
        return Condition(column: column, comparison: sign, values: [try word("a value")])
      }
      switch try word("=, !=, <, <=, >, >=, in or is").lowercased() {
      case "in":
        guard take("(") else { throw RowFilterSyntaxError(expected: "(", rest: String(rest)) }
        var values = [try word("a value")]
        while take(",") { values.append(try word("a value")) }
        guard take(")") else { throw RowFilterSyntaxError(expected: ")", rest: String(rest)) }
        return Condition(column: column, comparison: .oneOf, values: values)
      case "is":
        switch try word("missing or present").lowercased() {
        case "missing": return Condition(column: column, comparison: .isMissing, values: [])
        case "present": return Condition(column: column, comparison: .isPresent, values: [])
        case let other: throw RowFilterSyntaxError(expected: "missing or present", rest: other)
        }
      case let other:
        throw RowFilterSyntaxError(expected: "=, !=, <, <=, >, >=, in or is", rest: other)
      }
    }

    mutating func takeAnd() throws(RowFilterSyntaxError) -> Bool {
      skipSpaces()
      if rest.isEmpty { return false }
      guard try word("and").lowercased() == "and" else {
        throw RowFilterSyntaxError(expected: "and", rest: String(rest))
      }
      return true
    }

    private mutating func skipSpaces() {
      rest = rest.drop { $0.isWhitespace }
    }

    private mutating func take(_ sign: String) -> Bool {
      skipSpaces()
      guard rest.hasPrefix(sign) else { return false }
      rest = rest.dropFirst(sign.count)
      return true
    }

    private mutating func word(_ expected: String) throws(RowFilterSyntaxError) -> String {
      skipSpaces()
      if let quote = rest.first, quote == "'" || quote == "\"" {
        let body = rest.dropFirst()
        guard let end = body.firstIndex(of: quote) else {
          throw RowFilterSyntaxError(expected: "a closing \(quote)", rest: String(rest))
        }
        rest = body[body.index(after: end)...]
        return String(body[..<end])
      }
      let word = rest.prefix { !$0.isWhitespace && !"=!<>(),'\"".contains($0) }
      guard !word.isEmpty else { throw RowFilterSyntaxError(expected: expected, rest: String(rest)) }
      rest = rest[word.endIndex...]
      return String(word)
    }
  }
}
