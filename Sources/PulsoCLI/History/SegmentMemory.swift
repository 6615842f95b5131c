import Accounts
import Calendar
import History
import Segmentation
import StableNumerics
import Tables

/// A segmentation that remembers: yesterday's decisions go in, migration is applied, the result is kept.
struct SegmentMemory {
  let history: History
  private let day: CalendarDate

  init(path: String, day: CalendarDate) throws {
    history = try History(path: path, access: .write)
    self.day = day
  }

  /// What people decided, read while the accounts are.
  func decisions(threads: Int) -> Ahead<Result<Decisions, HistoryError>> {
    Ahead(threads: threads) { [history, day] in
      Result { () throws(HistoryError) in try history.decisions(on: day) }
    }
  }

  /// The table of `day` as it was written then, where the day was run and later ones too; nil where the day
  /// has yet to be run, or to be run again.
  func replay() throws -> Table? {
    guard let last = try history.lastRun(), day < last else { return nil }
    let (run, rows) = try history.assignments(asOf: day)
    guard run.date == day else { throw HistoryError.olderThanLast(date: day, last: last) }
    return try Table(assignments: rows, id: run.idColumn)
  }

  /// Applies migration to the segmentation in place and keeps it.
  func record(
    _ segmentation: inout Segmentation, of input: SegmentInput, keepingEvents: Bool = true, threads: Int
  ) throws -> RunOutcome {
    let preset = segmentation.preset
    let floors = preset.floors
    return try history.record(
      Run(date: day, preset: preset.name, idColumn: input.accounts.idColumn), preset: preset,
      decisions: input.decisions, assignments: &segmentation.assignments, keepingEvents: keepingEvents,
      threads: threads
    ) { [day] index, assignment in
      let (account, scores) = input.memorable(index)
      return RunContext(account, assignment, scores: scores, floors: floors, date: day)
    }
  }
}
