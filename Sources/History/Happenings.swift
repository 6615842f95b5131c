internal import Calendar
internal import GRDB
internal import Segmentation

/// What an event says beside its day and account.
struct Happening: Sendable, Hashable {
  let kind: TierEvent.Kind
  let from, to: String?
  let reason, author: String

  /// By what tells most happenings apart; cheaper than all of it.
  func hash(into hasher: inout Hasher) {
    hasher.combine(to?.utf8.last)
    hasher.combine(reason)
  }
}

/// The happenings of a history, each stored once, by number and by content.
struct Happenings: Sendable {
  private let path: String
  private var numbers: [Happening: Int] = [:]
  private var happenings: [Int: Happening] = [:]
  private var lastNumber = 0

  /// Reads all of them. Cost O(happenings).
  init(_ database: Database, path: String) throws {
    self.path = path
    let rows = try SQLStatement(
      database, "SELECT id, kind, \"from\", \"to\", reason, author FROM happening ORDER BY id")
    while try rows.step() {
      let code = rows.text(1) ?? "NULL"
      guard let kind = TierEvent.Kind(rawValue: code) else {
        throw HistoryError.corrupted(path: path, table: "happening", column: "kind", value: code)
      }
      let happening = Happening(
        kind: kind, from: rows.text(2), to: rows.text(3), reason: rows.text(4) ?? "",
        author: rows.text(5) ?? "")
      lastNumber = rows.int(0)
      happenings[lastNumber] = happening
      numbers[happening] = lastNumber
    }
  }

  /// The happening's number; where it wasn't there a new one, under which the caller is to store it.
  mutating func number(of happening: Happening) -> (number: Int, isNew: Bool) {
    if let number = numbers[happening] { return (number, false) }
    lastNumber += 1
    numbers[happening] = lastNumber
    happenings[lastNumber] = happening
    return (lastNumber, true)
  }

  static func insertion(_ database: Database) throws -> SQLStatement {
    try SQLStatement(
      database,
      "INSERT INTO happening (id, kind, \"from\", \"to\", reason, author) VALUES (?, ?, ?, ?, ?, ?)")
  }

  /// To what ``insertion(_:)`` made.
  static func bind(_ happening: Happening, _ number: Int, _ statement: SQLStatement) {
    statement.bind(1, number)
    statement.bind(2, happening.kind.rawValue)
    statement.bind(3, happening.from)
    statement.bind(4, happening.to)
    statement.bind(5, happening.reason)
    statement.bind(6, happening.author)
  }

  func event(_ number: Int, of account: String, on date: CalendarDate) throws -> TierEvent {
    guard let happening = happenings[number] else {
      throw HistoryError.corrupted(path: path, table: "event", column: "happening", value: "\(number)")
    }
    return TierEvent(
      account: account, date: date, kind: happening.kind, from: happening.from, to: happening.to,
      reason: happening.reason, author: happening.author)
  }
}
