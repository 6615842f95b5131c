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

extension Pulso {
  /// The command that the process was started with.
  ///
  /// A command read as a root of its own costs less. What it refuses (a wrong option, `--help`) goes the whole way,
  /// so that every message names `pulso` and its commands.
  static func parsed(_ arguments: [String] = Array(CommandLine.arguments.dropFirst())) throws
    -> any ParsableCommand
  {
    if let type = configuration.subcommands.first(where: { $0.configuration.commandName == arguments.first }),
      let command = try? type.parseAsRoot(Array(arguments.dropFirst())), Swift.type(of: command) == type
    {
      return command
    }
    return try parseAsRoot(arguments)
  }
}
