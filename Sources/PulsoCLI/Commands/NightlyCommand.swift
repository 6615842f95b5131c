import ArgumentParser
import Calendar
import Configuration
import Logging
import Segmentation
import Tables
import Training

struct NightlyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nightly",
    abstract: "The whole night in one go: features, scores, drift, segments, history, exports, report.",
    discussion: """
      What to do stands in the section nightly of the configuration. Results appear under OUT/DATE all at once; \
      OUT/latest points to the last night. Run again for the same date, it changes nothing; killed at any \
      moment, the next run goes on. A second run at the same time says so and ends (74). Exit status 1 where \
      nightly.fail_on finds drift.
      """)

  @Option(help: ArgumentHelp("The configuration; default pulso.yaml.", valueName: "file"))
  var config: String?
  @Option(help: ArgumentHelp("The night's date; default today (UTC).", valueName: "date"))
  var asOf: Day?
  @Option(help: ArgumentHelp("Folder of the tables, instead of the configuration's.", valueName: "dir"))
  var data: String?
  @Option(help: ArgumentHelp("Folder of the models, instead of the configuration's.", valueName: "dir"))
  var models: String?
  @Option(help: ArgumentHelp("The memory between nights, likewise.", valueName: "file.sqlite"))
  var history: String?
  @Option(help: ArgumentHelp("Folder of the results, likewise.", valueName: "dir"))
  var out: String?
  @Option(
    help: ArgumentHelp("Limits as of `pulso drift`, likewise: psi=0.2,missing=0.1.", valueName: "limits"))
  var failOn: String?
  @Option(help: "Language of labels: en or es; the default is the configuration's, else follows LANG.")
  var lang: Language?
  @Option(help: "How the log on standard error is written: text, or json, an object a line.")
  var log = LogFormat.text
  @Option(help: "Threads; the bytes don't depend on it.")
  var threads = Processors.count
  @Flag(help: "Print the summary as JSON.")
  var json = false
  @Flag(help: "Log nothing but errors.")
  var quiet = false

  func validate() throws {
    try InputArguments.check(threads: threads)
    _ = try failOn.map(DriftLimits.init(argument:))
  }

  func run() throws {
    let logger = Logger(label: "pulso") { _ in
      var handler = StandardErrorLog(log)
      handler.logLevel = quiet ? .error : .info
      return handler
    }
    let summary = try logger.reporting(asJSON: log == .json) {
      let plan = try self.plan()
      let lock = try NightFolder.lock(plan.settings.out)
      return try lock.holding { () throws in
        var night = try Night(plan, log: logger)
        return try night.run()
      }
    }
    try StandardOutput.write(json ? summary.json : summary.text)
    if !summary.manifest.findings.isEmpty { throw ExitCode(ExitStatus.finding.rawValue) }
  }

  private func plan() throws -> NightPlan {
    var configuration = try Configuration.load(config, dataFolder: data)
    if let models { configuration.nightly.models = models }
    if let history { configuration.nightly.history = history }
    if let out { configuration.nightly.out = out }
    if let failOn { configuration.nightly.failOn = try DriftLimits(argument: failOn) }
    return try NightPlan(configuration, date: asOf?.date ?? .today, language: lang, threads: threads)
  }
}

extension Logger {
  /// Runs `body`; in a log of JSON objects its error is one of them, not a line of text among them.
  fileprivate func reporting<Value>(asJSON: Bool, _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as any Complaining where asJSON {
      let complaint = error.complaint
      var metadata: Metadata = ["status": .stringConvertible(Int(complaint.status.rawValue))]
      if let hint = complaint.hint { metadata["hint"] = "\(hint)" }
      self.error("\(complaint.located)", metadata: metadata)
      throw ExitCode(complaint.status.rawValue)
    }
  }
}
