internal import Calendar
internal import GRDB
internal import Segmentation

/// What events say beside their day and account, each stored once, by number and by content.
struct Happenings {
  private struct Key: Hashable {
    let kind: TierEvent.Kind
    let from, to: String?
    let reason, author: String

    /// By what tells most happenings apart; cheaper than all of it.
    func hash(into hasher: inout Hasher) {
      hasher.combine(to)
      hasher.combine(reason)
    }
  }

  private let path: String
  private var numbers: [Key: Int] = [:]
  private var keys: [Int: Key] = [:]
  private var lastNumber = 0
  private let insert: SQLStatement?

  /// Reads all of them; `isGrowing` allows new ones. Cost O(happenings).
  init(_ database: Database, path: String, isGrowing: Bool) throws {
    self.path = path
    insert =
      isGrowing
      ? try SQLStatement(
        database,
        "INSERT INTO happening (id, kind, \"from\", \"to\", reason, author) VALUES (?, ?, ?, ?, ?, ?)") : nil
    let rows = try SQLStatement(
      database, "SELECT id, kind, \"from\", \"to\", reason, author FROM happening ORDER BY id")
    while try rows.step() {
      let code = rows.text(1) ?? "NULL"
      guard let kind = TierEvent.Kind(rawValue: code) else {
        throw HistoryError.corrupted(path: path, table: "happening", column: "kind", value: code)
      }
      let key = Key(
        kind: kind, from: rows.text(2), to: rows.text(3), reason: rows.text(4) ?? "",
        author: rows.text(5) ?? "")
      lastNumber = rows.int(0)
      keys[lastNumber] = key
      numbers[key] = lastNumber
    }
  }

  mutating func number(of event: TierEvent) throws -> Int {
    let key = Key(
      kind: event.kind, from: event.from, to: event.to, reason: event.reason, author: event.author)
    if let number = numbers[key] { return number }
    lastNumber += 1
    numbers[key] = lastNumber
    keys[lastNumber] = key
    if let insert {
      insert.bind(1, lastNumber)
      for (index, text) in [key.kind.rawValue, key.from, key.to, key.reason, key.author].enumerated() {
        insert.bind(Int32(index + 2), text)
      }
      try insert.run()
    }
    return lastNumber
  }

  func event(_ number: Int, of account: String, on date: CalendarDate) throws -> TierEvent {
    guard let key = keys[number] else {
      throw HistoryError.corrupted(path: path, table: "event", column: "happening", value: "\(number)")
    }
    return TierEvent(
      account: account, date: date, kind: key.kind, from: key.from, to: key.to, reason: key.reason,
      author: key.author)
  }
}
