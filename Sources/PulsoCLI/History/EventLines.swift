import Calendar
import Configuration
import Foundation
import History
import Segmentation

/// Events as JSON lines, with the tasks and changes that a workflow starts from.
struct EventLines {
  private struct Change: Encodable {
    let programme: String
    let from: String
    let to: String
  }

  private struct Line: Encodable {
    let date: String
    let account: String
    let event: String
    let from: String?
    let to: String?
    let reason: String
    let author: String
    let tasks: [String]?
    let changes: [Change]?
    let customerMessage: String?
  }

  let language: Language
  /// How many tiers there were on a day.
  let tierCount: (CalendarDate) -> Int

  /// The lines of one preset.
  init(language: Language, tierCount: Int) {
    self.language = language
    self.tierCount = { _ in tierCount }
  }

  /// The lines of a history, each day by the preset of its own run.
  init(language: Language, runs: [Run]) {
    var counts: [CalendarDate: Int] = [:]
    for run in runs {
      counts[run.date] = run.tierCount ?? (try? PresetLibrary.preset(run.preset))?.tierCount
    }
    self.language = language
    self.tierCount = { [counts] day in counts[day] ?? Preset().tierCount }
  }

  func text(_ events: some Sequence<TierEvent>) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    var text = ""
    for event in events { text += String(decoding: try encoder.encode(line(event)), as: UTF8.self) + "\n" }
    return text
  }

  private func line(_ event: TierEvent) -> Line {
    let consequences = event.consequences(tierCount: tierCount(event.date))
    let changes = consequences.flatMap { consequences in
      consequences.old.map { old in
        consequences.programmes.map { programme in
          Change(
            programme: programme.rawValue,
            from: ProgrammeMatrix.text(programme, old).text(in: language),
            to: ProgrammeMatrix.text(programme, consequences.new).text(in: language))
        }
      }
    }
    return Line(
      date: "\(event.date)", account: event.account, event: event.kind.rawValue, from: event.from,
      to: event.to, reason: event.reason, author: event.author, tasks: consequences?.tasks.map(\.code),
      changes: changes, customerMessage: consequences?.message?.text(in: language))
  }
}
