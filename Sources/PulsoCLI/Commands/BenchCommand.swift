import ArgumentParser
import ModelFile
import Scoring

struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "How fast a model scores a table here: from the file, from memory, and one account alone.",
    discussion: """
      Nothing is written. The file is read three times for each of parse, score and write, the fastest \
      counts, and each figure is what its step adds. From memory, the share is that of the bandwidth which \
      adding up the same columns reaches in the same run.
      """)

  @Argument(help: "A model.json, a version's folder, NAME or NAME/VERSION.")
  var model: String

  @Argument(help: "The accounts: a CSV file.")
  var table: String

  @Option(help: ArgumentHelp("The folder of models.", valueName: "dir"))
  var models = "models"

  @Option(help: "Threads.")
  var threads = Processors.count

  @Flag(help: "Print the figures as one JSON object.")
  var json = false

  func validate() throws {
    try InputArguments.check(threads: threads)
    guard table != "-" else { throw ValidationError("a table is read several times, so it must be a file") }
  }

  func run() throws {
    let path = try ModelSelection.path(model, in: Registry(folder: models))
    let bench = try ScoringBench(Scorer(readingFrom: path), table: table, threads: threads)
    if json { return try StandardOutput.write(json: bench) }
    try StandardOutput.write(bench.text + "\n")
  }
}
