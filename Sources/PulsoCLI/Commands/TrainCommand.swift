import ArgumentParser
import Foundation
import ModelFile
import Reporting
import SQLTables
import Tables
import Training

struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Fit, validate and save a model; the first version of a name becomes its champion.")

  @Argument(help: "A table with an outcome: a CSV path, - or sqlite:FILE?table=T.")
  var table: String
  @OptionGroup var model: TrainingArguments
  @OptionGroup var input: InputArguments
  @Option(help: "The folder of models.")
  var models = "models"
  @Flag(help: "Print the summary as one JSON object.")
  var json = false
  @Flag(help: "No notes on standard error.")
  var quiet = false

  func run() throws {
    guard let target = model.target else {
      throw CommandError(
        .usage, "train needs --target", hint: "name the outcome column: --target churned")
    }
    let options = try model.trainingOptions(target: target, threads: input.threadCount)
    let clock = ContinuousClock()
    let begin = clock.now
    func seconds() -> Double { Double((clock.now - begin) / .microseconds(1)) / 1e6 }
    let reading = try input.read(table, idColumns: [options.id].compactMap { $0 })
    let read = seconds()
    var result = try Trainer(options).train(reading, now: seconds)
    result.report.seconds.read = read
    result.report.seconds.total = seconds()
    let saved = try ModelStore(folder: models).save(&result)
    if json {
      try StandardOutput.write(json: result.report)
    } else {
      try StandardOutput.write(TrainingSummary(result.report).terminal + "\n")
    }
    if !quiet { StandardError.note("saved \(saved.note)") }
  }
}
