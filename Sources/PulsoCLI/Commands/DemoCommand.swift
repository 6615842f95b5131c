import ArgumentParser

struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "The whole stream on an invented company: tables, features, two models, scores, the matrix.",
    discussion: """
      Each step is said as the command that does the same. Everything ends up in one folder, ready to be \
      looked at and run again.
      """)

  @Option(help: ArgumentHelp("The folder of the results; made if it doesn't exist.", valueName: "folder"))
  var out = "pulso-demo"
  @Option(help: "Companies in the invented world.")
  var accounts = 600
  @Option(help: "What fixes every random choice.")
  var seed: UInt64 = 1
  @Option(help: "Threads; results are the same for any number.")
  var threads = Processors.count
  @Flag(help: "No progress.")
  var quiet = false

  func validate() throws {
    guard accounts >= 100 else { throw ValidationError("--accounts must be at least 100") }
    try InputArguments.check(threads: threads)
    guard out != "-", !out.isEmpty else { throw ValidationError("--out must be a folder") }
  }

  func run() throws {
    let demo = Demo(folder: out, accounts: accounts, seed: seed, threads: threads, isQuiet: quiet)
    try StandardOutput.write(try demo.run().text)
  }
}
