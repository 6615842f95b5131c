/// Where a table comes from, as the user names it.
public enum TableLocation: Sendable, Equatable {
  case file(String)
  case standardInput
  case sqlite(file: String, source: SQLSource)

  /// What to take from a database.
  public enum SQLSource: Sendable, Equatable {
    case table(String)
    case query(String)
  }

  /// `-`, `sqlite:FILE?table=T`, `sqlite:FILE?query=SELECT …`, or a path. What follows `table=` or `query=`
  /// is taken as it stands, to the end of the argument; `%XX` in the file's name is not decoded.
  public init(_ argument: String) throws(TableError) {
    if argument == "-" {
      self = .standardInput
    } else if let rest = argument.dropping(prefix: "sqlite:") {
      for (key, source) in [("?table=", SQLSource.table), ("?query=", SQLSource.query)] {
        guard let range = rest.firstRange(of: key) else { continue }
        let file = String(rest[..<range.lowerBound])
        let value = String(rest[range.upperBound...])
        if file.isEmpty || value.isEmpty { break }
        self = .sqlite(file: file, source: source(value))
        return
      }
      throw .badLocation(argument)
    } else if argument.isEmpty {
      throw .badLocation(argument)
    } else {
      self = .file(argument)
    }
  }

  /// As the user named it: what ``SourcePlace/file`` says.
  public var name: String {
    switch self {
    case .file(let path): path
    case .standardInput: "standard input"
    case .sqlite(let file, .table(let table)): "sqlite:\(file)?table=\(table)"
    case .sqlite(let file, .query(let query)): "sqlite:\(file)?query=\(query)"
    }
  }
}

extension String {
  fileprivate func dropping(prefix: String) -> Substring? {
    hasPrefix(prefix) ? dropFirst(prefix.count) : nil
  }
}
