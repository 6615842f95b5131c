import Accounts
import Calendar
import Configuration
import Features
import Foundation
import History
import Logging
import ModelFile
import Reporting
import SQLTables
import Scoring
import Segmentation
import StableNumerics
import Tables
import Training

/// One night: features → score → drift → segment with its history → exports → report, each a stage that writes whole
/// files. A run that was stopped is gone on with; a night that is done is left as it is.
struct Night {
  let plan: NightPlan
  let log: Logger
  private let memory: SegmentMemory
  /// The same for the whole night.
  private let decisions: Decisions
  private let inputs: NightInputs
  private let folder: NightFolder
  private var manifest: NightManifest

  /// Call while the lock on the folder is held.
  init(_ plan: NightPlan, log: Logger) throws {
    self.plan = plan
    self.log = log
    memory = try SegmentMemory(path: plan.settings.history, day: plan.date)
    decisions = try memory.decisions(threads: 1).value().get()
    inputs = try NightInputs(plan, decisions: decisions)
    folder = NightFolder(out: plan.settings.out, inputs: inputs)
    manifest = NightManifest(inputs, plan)
  }

  /// Does what is not yet done, and publishes it.
  mutating func run() throws -> NightSummary {
    let clock = Stopwatch()
    try folder.clean()
    if folder.isShown, let done = NightManifest(in: folder.published), done.isWhole(in: folder.published) {
      try folder.publish()
      log.notice("nothing to do: this night is done, and what it read is what it was")
      return NightSummary(done, folder: folder.link, isNew: false, seconds: clock.seconds)
    }
    // One that was tampered with, or whose place another took meanwhile, is done again: the history is not its.
    if FileManager.default.fileExists(atPath: folder.published) {
      try FileManager.default.removeItem(atPath: folder.published)
    }
    try OutputFolder.create(folder.partial)
    if let begun = NightManifest(in: folder.partial), begun.inputs == inputs.parts { manifest = begun }
    try stage(.features) { night in try night.features() }
    try stage(.score) { night in try night.score() }
    try stage(.drift) { night in try night.drift() }
    try stage(.segment) { night in try night.segment() }
    try stage(.exports) { night in try night.exports() }
    try stage(.report) { night in try night.report() }
    manifest.done = true
    try manifest.write(in: folder.partial)
    try folder.publish()
    return NightSummary(manifest, folder: folder.link, isNew: true, seconds: clock.seconds)
  }

  /// What a stage did.
  private struct Work {
    var rows = 0
    var files: [String] = []
  }

  private mutating func stage(_ stage: NightStage, _ body: (inout Night) throws -> Work) throws {
    let clock = Stopwatch()
    var isDone = manifest.holds(stage, in: folder.partial)
    // The files of a segmentation are worth nothing where the history does not know of it.
    if stage == .segment, isDone { isDone = try memory.history.lastRun().map { plan.date <= $0 } ?? false }
    if isDone {
      log.info("done before", metadata: ["stage": "\(stage.rawValue)"])
      return
    }
    manifest.stages.removeAll { $0.stage == stage }
    let work = try body(&self)
    var hashes: [String: String] = [:]
    for name in work.files { hashes[name] = try NightInputs.digest(path(name)) }
    manifest.stages.append(.init(stage: stage, rows: work.rows, files: hashes))
    try manifest.write(in: folder.partial)
    let seconds = (clock.seconds * 1000).rounded() / 1000
    log.info(
      "\(work.rows > 0 ? "\(work.rows) rows" : "done") in \(seconds) s",
      metadata: [
        "stage": "\(stage.rawValue)", "rows": .stringConvertible(work.rows),
        "seconds": .stringConvertible(seconds),
      ])
  }

  private func path(_ name: String) -> String { "\(folder.partial)/\(name)" }

  private func note(_ stage: NightStage, _ text: String) {
    for line in text.split(separator: "\n") {
      let plain = line.hasPrefix("pulso: note: ") ? line.dropFirst(13) : line[...]
      log.notice("\(plain)", metadata: ["stage": "\(stage.rawValue)"])
    }
  }

  private var scoredTable: String { plan.configuration.scoredTableLocation ?? path("features.csv") }

  // MARK: The stages

  private func features() throws -> Work {
    if plan.configuration.scoredTableLocation != nil { return Work() }
    let request = FeatureRequest(
      asOf: [plan.date], horizon: plan.configuration.horizon, threads: plan.threads)
    let run = try plan.configuration.features(request)
    try TableSink.write(run.table, to: path("features.csv"))
    note(.features, run.notes)
    return Work(rows: run.table.rowCount, files: ["features.csv"])
  }

  private func score() throws -> Work {
    let sheet = try ScoreSheet(
      plan.models.map { try Scorer(readingFrom: $0.path) }, intervals: plan.settings.intervals,
      reasons: plan.configuration.reasons)
    var scores = ScoreFile(sheet: sheet, table: scoredTable, onBadRow: .stop, threads: plan.threads)
    try scores.write(to: path("scores.csv"))
    return Work(rows: scores.rows, files: ["scores.csv"])
  }

  /// How the night's table differs from what each model was trained on, where the model has a baseline.
  private mutating func drift() throws -> Work {
    var work = Work()
    manifest.findings = []
    for model in plan.models {
      let baseline: Baseline
      do throws(BaselineError) {
        baseline = try Baseline(besideModelAt: model.path)
      } catch {
        guard case .notFound = error, plan.failOn.limits.isEmpty else { throw error }
        continue
      }
      let scorer = try Scorer(readingFrom: model.path)
      let table = try TableSource.read(scoredTable, options: ReadOptions(inputsOf: scorer)).table
      let report = try DriftReport(baseline, scorer, table)
      let findings = report.findings(plan.failOn)
      let name = "drift-\(model.name).json"
      try AtomicFile.write(report.json(findings), to: path(name))
      work.files.append(name)
      work.rows = table.rowCount
      for finding in findings {
        let text = "\(model.name): \(finding.line)"
        manifest.findings.append(text)
        log.warning("\(text)", metadata: ["stage": "drift"])
      }
    }
    return work
  }

  private mutating func segment() throws -> Work {
    let files = ["segments.csv", "events.jsonl"]
    if let replayed = try memory.replay() {
      note(.segment, "\(plan.date) was run before and later days too: its table is that of the history")
      try TableSink.write(replayed, to: path(files[0]))
      return Work(rows: replayed.rowCount, files: [files[0]])
    }
    let input = try SegmentInput(
      table: plan.accounts, scores: path("scores.csv"),
      settings: SegmentConfiguration(plan.configuration.segment, preset: nil), id: nil,
      options: ReadOptions(threads: plan.threads),
      decisions: Ahead(threads: 1) { [decisions] in .success(decisions) })
    var (_, segmentation) = try input.segment(
      input.settings.preset, asOf: plan.date, openProjects: decisions.projects,
      threads: plan.threads)
    let outcome = try memory.record(&segmentation, of: input, threads: plan.threads)
    try TableSink.write(
      Table(assignments: segmentation.assignments, id: input.accounts.idColumn, threads: plan.threads),
      to: path(files[0]), threads: plan.threads)
    let lines = EventLines(language: plan.language, tierCount: segmentation.preset.tierCount)
    try AtomicFile.write(lines.text(outcome.events), to: path(files[1]))
    manifest.events = outcome.events.reduce(into: [:]) { $0[$1.kind.rawValue, default: 0] += 1 }
    note(.segment, input.warnings)
    return Work(rows: segmentation.assignments.count, files: files)
  }

  private func exports() throws -> Work {
    var work = Work()
    let preset = try SegmentConfiguration(plan.configuration.segment, preset: nil).preset
    for format in plan.settings.exports {
      let name = "\(format.rawValue).csv"
      let file = ExportFile(
        segments: path("segments.csv"), scores: path("scores.csv"),
        export: AccountExport(format, language: plan.language, tierCount: preset.tierCount))
      work.rows = try file.write(to: .file(path(name)))
      work.files.append(name)
    }
    return work
  }

  private func report() throws -> Work {
    let file = plan.configuration.file
    let sources = ReportSources(
      segments: path("segments.csv"), scores: path("scores.csv"), accounts: plan.accounts,
      models: plan.settings.models, drift: scoredTable,
      config: FileManager.default.fileExists(atPath: file) ? file : nil)
    var inputs = try sources.read(language: plan.language, asOf: plan.date)
    inputs.moves = try ReportMoves(memory.history, on: plan.date)
    try AtomicFile.write(try Report(inputs).html(), to: path("report.html"))
    return Work(files: ["report.html"])
  }
}
