import Calendar
import Configuration
import Features
import Foundation
import ModelFile
import Segmentation
import Tables
import Training

/// What a night is to do: the configuration, with what the command line said in its place.
struct NightPlan {
  let configuration: Configuration
  let date: CalendarDate
  let language: Language
  let threads: Int
  /// The champions, by name.
  let models: [ModelReference]
  let accounts: String
  let failOn: DriftLimits

  var settings: NightlySettings { configuration.nightly }

  init(_ configuration: Configuration, date: CalendarDate, language: Language?, threads: Int) throws {
    self.configuration = configuration
    self.date = date
    self.language =
      language ?? configuration.language.flatMap { Language(rawValue: $0.rawValue) }
      ?? Language(locale: ProcessInfo.processInfo.environment["LANG"])
    self.threads = threads
    failOn = configuration.nightly.failOn
    guard let accounts = configuration.accountsLocation else {
      throw CommandError(
        .badConfiguration, at: SourcePlace(file: configuration.file, column: "nightly.accounts"),
        "this key is needed where no table has the role accounts",
        hint: "name the table of the accounts to segment")
    }
    self.accounts = accounts
    let registry = Registry(folder: configuration.nightly.models)
    let names = try registry.names()
    guard !names.isEmpty else {
      throw CommandError(
        .noInput, "there is no model under \(registry.folder)",
        hint: "run `pulso train TABLE --models \(registry.folder)` first")
    }
    models = try names.map { try registry.champion(of: $0) }
  }

  /// The tables that the night reads, by name.
  var tables: [(name: String, location: String)] {
    var tables = [(name: "nightly.accounts", location: accounts)]
    if let table = configuration.scoredTableLocation {
      tables.append(("nightly.table", table))
    } else {
      tables += configuration.plan.tables.map { ($0.name, configuration.location(of: $0)) }
    }
    return tables
  }

  /// The files among the parts of `segment.preset`.
  var presetFiles: [String] {
    get throws {
      guard var section = configuration.segment else { return [] }
      let parts = try section.strings("preset")?.flatMap { $0.split(separator: "+").map(String.init) } ?? []
      return parts.filter { FileManager.default.fileExists(atPath: $0) }
    }
  }
}
