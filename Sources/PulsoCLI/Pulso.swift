import ArgumentParser

/// The root command: what there is, in the order of the stream.
struct Pulso: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pulso",
    abstract: "Which business accounts are about to leave, which are about to grow, and what each deserves.",
    version: "0.1.0",
    groupedSubcommands: [
      CommandGroup(
        name: "Start", subcommands: [DemoCommand.self, InitCommand.self, SimulateCommand.self]),
      CommandGroup(
        name: "The stream",
        subcommands: [
          FeaturesCommand.self, TrainCommand.self, ScoreCommand.self, SegmentCommand.self,
          ReportCommand.self, ExportCommand.self, NightlyCommand.self,
        ]),
      CommandGroup(
        name: "Models",
        subcommands: [
          ModelsCommand.self, EvaluateCommand.self, DriftCommand.self, AuditCommand.self,
          BenchCommand.self,
        ]),
      CommandGroup(
        name: "Accounts and tiers",
        subcommands: [
          ExplainCommand.self, PresetsCommand.self, HistoryCommand.self, ServiceCommand.self,
        ]),
    ])
}
