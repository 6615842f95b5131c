import ArgumentParser
import Configuration
import Foundation
import Tables

struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write a commented pulso.yaml to start from.")

  @Option(help: ArgumentHelp("Where to write it.", valueName: "file"))
  var out = Configuration.defaultPath

  @Flag(help: "Replace a file that is there.")
  var force = false

  func run() throws {
    guard out == "-" || force || !FileManager.default.fileExists(atPath: out) else {
      throw CommandError(
        .cannotCreate, at: SourcePlace(file: out), "there is a file already",
        hint: "--force replaces it, --out writes elsewhere")
    }
    try AtomicFile.write(Configuration.standardText, to: OutputLocation(out))
    if out != "-" {
      StandardError.note("wrote \(out): put your tables beside it, or name their folder under data:")
    }
  }
}
