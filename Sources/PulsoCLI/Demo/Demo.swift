import Accounts
import Calendar
import Configuration
import Features
import Foundation
import ModelFile
import Reporting
import SQLTables
import Scoring
import Segmentation
import Simulation
import Tables
import Training

/// The stream from raw tables to the matrix, step by step, in one folder.
struct Demo {
  let folder: String
  let accounts: Int
  let seed: UInt64
  let threads: Int
  let isQuiet: Bool

  private let months = 24
  private var clock = Stopwatch()

  init(folder: String, accounts: Int, seed: UInt64, threads: Int, isQuiet: Bool) {
    self.folder = folder
    self.accounts = accounts
    self.seed = seed
    self.threads = threads
    self.isQuiet = isQuiet
  }

  func run() throws -> DemoScreen {
    try OutputFolder.create(folder)
    let world = "\(folder)/world"
    let start = CalendarDate(iso8601: "2024-01-01") ?? CalendarDate(daysSince1970: 0)
    step("simulate --accounts \(accounts) --months \(months) --seed \(seed) --out \(world)")
    let truth = try World(
      configuration: WorldConfiguration(accounts: accounts, months: months, seed: seed, start: start)
    ).write(toFolder: world, threads: threads) { _ in }
    let today = (CalendarDate(iso8601: truth.configuration.dataUntil) ?? start).adding(days: 1)

    let configurationPath = "\(folder)/pulso.yaml"
    try AtomicFile.write(Configuration.standardText, to: .file(configurationPath))
    let configuration = try Configuration.load(configurationPath, dataFolder: world)

    let panel = "\(folder)/features.csv"
    let config = "--config \(configurationPath) --data \(world)"
    step("features \(config) --from \(start) --to \(today) --every 1mo --out \(panel)")
    let dates = FeatureRequest.dates(
      from: start, to: today, every: CalendarSpan("1mo") ?? configuration.horizon)
    let history = try configuration.features(request(dates, configuration)).table
    try TableSink.write(history, to: panel)

    let current = "\(folder)/today.csv"
    step("features \(config) --as-of \(today) --out \(current)")
    let now = try configuration.features(request([today], configuration)).table
    try TableSink.write(now, to: current)

    let models = "\(folder)/models"
    step("train \(panel) --config \(configurationPath) --models \(models)")
    var reports: [TrainingReport] = []
    for declared in configuration.models {
      let options = try configuration.trainingOptions(declared, threads: threads)
      var result = try Trainer(options).train(history)
      // A demo run again shows today's models, not the first ones.
      _ = try ModelStore(folder: models).save(
        &result, of: history, options, promotion: .always)
      reports.append(result.report)
    }

    let scores = "\(folder)/scores.csv"
    step("score \(current) --models \(models) --intervals --reasons 3 --out \(scores)")
    let scorers = try reports.map { try Scorer(readingFrom: $0.path) }
    let sheet = try ScoreSheet(scorers, intervals: true, reasons: 3)
    var scoreFile = ScoreFile(sheet: sheet, table: current, onBadRow: .stop, threads: threads)
    try scoreFile.write(to: scores)

    let book = "\(world)/book.csv"
    let segments = "\(folder)/segments.csv"
    step("segment \(book) --scores \(scores) --as-of \(today) --out \(segments)")
    let input = try SegmentInput(
      table: book, scores: scores, settings: SegmentConfiguration(nil, preset: nil), id: nil,
      options: ReadOptions(threads: threads))
    let (_, segmentation) = try input.segment(input.settings.preset, asOf: today, threads: threads)
    try TableSink.write(
      Table(assignments: segmentation.assignments, id: input.accounts.idColumn), to: segments)

    let page = "\(folder)/report.html"
    step(
      "report --segments \(segments) --scores \(scores) --accounts \(book) --models \(models) --drift \(current) --as-of \(today) --out \(page)"
    )
    let report = try ReportSources(
      segments: segments, scores: scores, accounts: book, models: models, drift: current
    ).read(language: .en, asOf: today)
    try AtomicFile.write(try Report(report).html(), to: page)

    return DemoScreen(
      folder: folder, reports: reports,
      attainable: [truth.churn.attainableAucInQuarter, truth.expansion.attainableAucInQuarter],
      segmentation: segmentation, scores: try TableSource.read(scores).table, seconds: clock.seconds)
  }

  private func request(_ dates: [CalendarDate], _ configuration: Configuration) -> FeatureRequest {
    FeatureRequest(asOf: dates, horizon: configuration.horizon, threads: threads)
  }

  private func step(_ command: String) {
    guard !isQuiet else { return }
    let seconds = (clock.seconds * 10).rounded() / 10
    StandardError.write("\(seconds) s  pulso \(command)\n")
  }
}
