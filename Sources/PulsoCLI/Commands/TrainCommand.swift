import ArgumentParser
import Calendar
import Configuration
import Foundation
import ModelFile
import Reporting
import SQLTables
import Synchronization
import Tables
import Training

struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Fit, validate and save a model; the first version of a name becomes its champion.",
    discussion: """
      With --target one model; with --config alone every model that the configuration declares. Validation \
      comes first, on rows that no part of the fit has seen; the saved model learns from all rows. The card \
      beside it says what it rests on. With --role expansion an outcome of low, medium and high (bajo, medio, \
      alto) is fitted as three ordered bands (proportional odds). Where there is a champion, both are compared on the same rows, later \
      ones than the champion learned from where the table has them. --promote with something that speaks \
      against the new version ends with exit status 1; the version is saved and the champion stays.
      """)

  @Argument(help: "A table with an outcome: a CSV file, - or sqlite:FILE?table=T.")
  var table: String
  @Option(help: ArgumentHelp("The configuration; default pulso.yaml, where there is one.", valueName: "file"))
  var config: String?
  @OptionGroup var model: TrainingArguments
  @OptionGroup var input: InputArguments
  @Option(help: ArgumentHelp("The folder of models.", valueName: "dir"))
  var models = "models"
  @Option(
    help: ArgumentHelp(
      "Centre the coefficients on those of a model, champion for the one in use: its terms, its estimates with their variances as a normal prior. For rows that it did not learn from.",
      valueName: "model"))
  var prior: String?
  @Option(
    help: ArgumentHelp(
      "How much the prior counts: 1 as all rows it learned from, 0.5 as half.", valueName: "number"))
  var priorWeight = 1.0
  @Flag(help: "Also validate fits on fewer rows, and say what twice as many outcomes would bring.")
  var learningCurve = false
  @Flag(help: "Make the new version the champion where nothing in the comparison speaks against it.")
  var promote = false
  @Flag(help: "Make it the champion whatever the comparison says.")
  var force = false
  @Flag(help: "Print the summary as one JSON object.")
  var json = false
  @Flag(help: "No notes on standard error.")
  var quiet = false

  func run() throws {
    try OutputPaths.check([("--rejects", input.badRows.rejects)], against: [table])
    let wanted = try requests()
    let clock = Stopwatch()
    let ids = Set(wanted.compactMap(\.id)).sorted()
    let table = try input.readTraining(table, idColumns: ids, others: notFeatures(wanted))
    let read = clock.seconds
    var reports: [TrainingReport] = []
    var isRefused = false
    for var options in wanted {
      options.learningCurve = learningCurve
      if let prior { options.prior = try self.prior(prior, of: options) }
      let model = Stopwatch()
      let bar = Mutex(ProgressBar(total: 1, unit: "fits", isQuiet: quiet))
      var result = try Trainer(options).train(table, now: { model.seconds }) { done, total in
        bar.withLock { $0.advance(to: done, of: total) }
      }
      bar.withLock { $0.finish() }
      result.report.seconds.read = read
      result.report.seconds.total = read + model.seconds
      let saved = try ModelStore(folder: models).save(
        &result, of: table, options, promotion: force ? .always : promote ? .ifNothingObjects : .no)
      isRefused = isRefused || saved.isRefused
      reports.append(result.report.withoutCurves)
      if !json { try StandardOutput.write(TrainingSummary(result.report).terminal + "\n") }
      if !quiet {
        if let reason = saved.notCompared { StandardError.note(reason) }
        StandardError.note("saved \(saved.note)")
      }
    }
    if json, reports.count == 1 { try StandardOutput.write(json: reports[0]) }
    if json, reports.count > 1 { try StandardOutput.write(json: ["models": reports]) }
    if isRefused { throw ExitCode(ExitStatus.finding.rawValue) }
  }

  func validate() throws {
    guard priorWeight > 0, priorWeight.isFinite else {
      throw ValidationError("--prior-weight must be a positive number")
    }
  }

  private func prior(_ name: String, of options: TrainingOptions) throws -> TrainingOptions.Prior {
    guard options.penalty != .firth else {
      throw CommandError(
        .usage, "--prior and --penalty firth exclude each other",
        hint: "Firth's penalty is a prior of its own")
    }
    let registry = Registry(folder: models)
    let wanted = name == "champion" ? options.name : name
    let path = try ModelSelection.path(wanted, in: registry)
    let model = try Model(readingFrom: path)
    guard model.covariance != nil else {
      throw CommandError(
        .badConfiguration, at: SourcePlace(file: path), "the model has no covariance, so that it is no prior",
        hint: "train it again, or leave --prior out")
    }
    let learnedUntil = try ModelSelection.reference(wanted, in: registry).flatMap(ModelStore.report(of:))?
      .learnedUntil.flatMap(CalendarDate.init(iso8601:))
    return TrainingOptions.Prior(model: model, name: name, weight: priorWeight, learnedUntil: learnedUntil)
  }

  /// Columns that no model uses as a feature.
  private func notFeatures(_ wanted: [TrainingOptions]) -> Set<String> {
    let lists = wanted.map { options in
      Set(
        [options.target, options.time, options.group].compactMap { $0 } + options.exclude)
    }
    return lists.dropFirst().reduce(lists.first ?? []) { $0.intersection($1) }
  }

  private var hasConfiguration: Bool {
    config != nil || FileManager.default.fileExists(atPath: Configuration.defaultPath)
  }

  /// The model of the command line, or those of the configuration.
  private func requests() throws -> [TrainingOptions] {
    if let target = model.target {
      var options = try model.trainingOptions(target: target, threads: input.threadCount)
      if hasConfiguration { try Configuration.load(config).complete(&options) }
      return [options]
    }
    guard hasConfiguration else {
      throw CommandError(
        .usage, "train needs --target, or a configuration that declares models",
        hint: "name the outcome column, such as --target churned, or run `pulso init`")
    }
    let configuration = try Configuration.load(config)
    guard !configuration.models.isEmpty else {
      throw CommandError(
        .badConfiguration, at: SourcePlace(file: configuration.file), "no model is declared",
        hint: "declare one under models:, or name the outcome with --target")
    }
    return try configuration.models.map { try configuration.trainingOptions($0, threads: input.threadCount) }
  }
}

/// Seconds since it was made.
struct Stopwatch {
  private let clock = ContinuousClock()
  private let begin = ContinuousClock.now

  var seconds: Double { (clock.now - begin) / .seconds(1) }
}
