import ArgumentParser
import Configuration
import Reporting
import Segmentation

struct PresetsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "presets", abstract: "List, show and compare the presets of `segment`.",
    subcommands: [List.self, Show.self, Diff.self], defaultSubcommand: List.self)

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "The presets and what each is for.")

    func run() {
      var grid = TextTable()
      for entry in PresetLibrary.entries { grid.add([entry.name, entry.summary]) }
      print(grid.text)
      print(
        "\njoin them with +, as in --preset eur-20k+monthly-top; a YAML file of your own works the same way")
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "A preset as YAML, to be copied and edited.")

    @Argument(help: "The preset's name.")
    var name: String

    func run() throws {
      print(try PresetLibrary.yaml(name), terminator: "")
    }
  }

  struct Diff: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "diff", abstract: "The numbers in which two presets differ.")

    @Argument(help: "A preset, a YAML file, or several joined by +.")
    var first: String

    @Argument(help: "Another.")
    var second: String

    func run() throws {
      let (a, b) = (try PresetLibrary.preset(first), try PresetLibrary.preset(second))
      var grid = TextTable()
      for (key, left, right) in a.differences(from: b) { grid.add([key, left, right]) }
      guard !grid.text.isEmpty else { return }
      print(grid.text)
    }
  }
}
