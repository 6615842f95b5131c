import Accounts
import ArgumentParser
import Calendar
import Configuration
import Foundation
import Segmentation
import Tables

/// A table of accounts and the preset that places them, for the commands that ask what each receives.
struct BookArguments: ParsableArguments {
  @Argument(help: "The accounts: a CSV file, -, or sqlite:FILE?table=T.")
  var table: String
  @Option(help: "Scores, as `pulso score` writes them; joined by id.")
  var scores: String?
  @Option(help: ArgumentHelp("Preset: a name, a YAML file, or several joined by +.", valueName: "name"))
  var preset: String?
  @Option(help: "Configuration; the default is pulso.yaml, where there is one.")
  var config: String?
  @Option(help: ArgumentHelp("The id column, where its name doesn't say so.", valueName: "column"))
  var id: String?
  @Option(help: ArgumentHelp("The day to look from; the default is today.", valueName: "date"))
  var asOf: Day?
  @Option(help: SegmentCommand.localeHelp)
  var locale: NumberLocale?
  @OptionGroup var badRows: BadRowArguments

  /// The accounts with their places, in the order of the table.
  func place() throws -> PlacedBook { try place(comparing: nil).0 }

  /// The same by another preset too, where one is named.
  func place(comparing other: String?) throws -> (PlacedBook, PlacedBook?) {
    let settings = try SegmentConfiguration.load(config, preset: preset)
    let input = try SegmentInput(
      table: table, scores: scores, settings: settings, id: id, locale: locale,
      options: ReadOptions(onBadRow: badRows.policy))
    try badRows.write(input.rejects)
    StandardError.write(input.warnings)
    let day = asOf?.date ?? .today
    func placed(_ preset: Preset) throws -> PlacedBook {
      let (_, segmentation) = try input.segment(preset, asOf: day, threads: 1)
      return PlacedBook(
        preset: preset, segmentation: segmentation, bounds: segmentation.cuts.pyramidBounds, day: day,
        idColumn: input.accounts.idColumn, hasPredictions: input.hasPredictions,
        accounts: (0..<input.count).map { (input.subject($0).0, segmentation.assignments[$0]) })
    }
    let what = try other.map { try placed(SegmentConfiguration.load(config, preset: $0).preset) }
    return (try placed(settings.preset), what)
  }
}

struct PlacedBook {
  let preset: Preset
  let segmentation: Segmentation
  let bounds: [ARRBound]
  let day: CalendarDate
  let idColumn: String
  let hasPredictions: Bool
  let accounts: [(Account, Assignment)]

  /// Accounts by tier, every tier of the preset.
  var tierCounts: [(tier: Tier, count: Int)] {
    var counts = [Int](repeating: 0, count: Tier.allCases.count)
    for (_, assignment) in accounts { counts[assignment.tier.rawValue - 1] += 1 }
    return preset.tiers.map { ($0, counts[$0.rawValue - 1]) }
  }

  func plan(_ assignment: Assignment) -> TouchPlan {
    .plan(serviceClass(assignment.tier), preset)
  }

  func serviceClass(_ tier: Tier) -> ServiceClass {
    ServiceClass(tier, of: preset.tierCount)
  }
}
