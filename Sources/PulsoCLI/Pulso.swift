import ArgumentParser

/// The root command: what there is, in the order of the stream.
struct Pulso: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pulso",
    abstract: "Which business accounts are about to leave, which are about to grow, and what each deserves.",
    version: "0.1.0",
    subcommands: [
      DemoCommand.self,
      InitCommand.self,
      SimulateCommand.self,
      FeaturesCommand.self,
      TrainCommand.self,
      EvaluateCommand.self,
      ScoreCommand.self,
      BenchCommand.self,
      SegmentCommand.self,
      ReportCommand.self,
      ExportCommand.self,
      NightlyCommand.self,
      PresetsCommand.self,
      HistoryCommand.self,
      ServiceCommand.self,
      ExplainCommand.self,
      ModelsCommand.self,
      DriftCommand.self,
      AuditCommand.self,
    ])
}
