import ArgumentParser
import Calendar
import Foundation
import SQLTables
import Segmentation
import Tables

struct ServiceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "service",
    abstract:
      "What each account receives: programmes, coverage, due touches, staff; and what customers may read.",
    subcommands: [
      Receives.self, ProgrammeTable.self, CoverageModels.self, Systems.self, Pyramid.self, Quadrants.self,
      Touches.self, Breaches.self, Staffing.self, Portfolios.self, Hours.self, Readiness.self,
      CustomerSafe.self, Wording.self,
    ])

  struct Output: ParsableArguments {
    @Option(help: "Where the table goes: a file, -, or sqlite:FILE?table=T.")
    var out = "-"
    @Option(help: "Language of texts: en or es; the default follows LANG.")
    var lang: Language?

    var language: Language { lang ?? Language(locale: ProcessInfo.processInfo.environment["LANG"]) }

    func write(_ columns: [(name: String, cells: [String])]) throws {
      let table = try Table(
        columns: columns.map { name, cells in
          Column(name: name, values: .text(CodedText(codes: Array(0..<Int32(cells.count)), levels: cells)))
        })
      try TableSink.write(table, to: out)
    }
  }

  struct ProgrammeTable: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "programme", abstract: "Five programmes by four service levels: the twenty cells.")

    @OptionGroup var output: Output

    func run() throws {
      try output.write(
        [("programme", Programme.allCases.map(\.rawValue))]
          + ServiceClass.allCases.map { level in
            (
              level.rawValue,
              Programme.allCases.map { ProgrammeMatrix.text($0, level).text(in: output.language) }
            )
          })
    }
  }

  struct CoverageModels: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "coverage", abstract: "Six rows by three coverage models: the eighteen cells.")

    @OptionGroup var output: Output

    func run() throws {
      try output.write(
        [("row", CoverageTable.Row.allCases.map(\.rawValue))]
          + PyramidLevel.allCases.map { model in
            (
              model.rawValue,
              CoverageTable.Row.allCases.map { CoverageTable.text($0, model).text(in: output.language) }
            )
          })
    }
  }

  struct Touches: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "calendar", abstract: "The touches due to each account in the months to come.")

    @OptionGroup var book: BookArguments
    @OptionGroup var output: Output
    @Option(help: "How many months.")
    var months = 12

    func validate() throws {
      guard 1...120 ~= months else { throw ValidationError("--months must lie between 1 and 120") }
    }

    func run() throws {
      let placed = try book.place()
      var rows: [(account: String, touch: DueTouch)] = []
      for (account, assignment) in placed.accounts {
        let plan = placed.plan(assignment)
        let touches = TouchCalendar.touches(
          plan: plan, start: account.startDate, renewal: account.renewalDate, from: placed.day, months: months
        )
        rows += touches.map { (account.id, $0) }
      }
      try output.write([
        (placed.idColumn, rows.map(\.account)), ("date", rows.map { "\($0.touch.date)" }),
        ("touch", rows.map(\.touch.kind.rawValue)),
        ("by", rows.map { $0.touch.isHuman ? "human" : "digital" }),
        ("label", rows.map { $0.touch.kind.label.text(in: output.language) }),
      ])
    }
  }

  struct Breaches: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "breaches",
      abstract: "First-tier accounts whose business review is overdue; exit status 1 where there are any.")

    @OptionGroup var book: BookArguments
    @OptionGroup var output: Output

    func run() throws {
      let placed = try book.place()
      let breaches = placed.accounts.compactMap { account, assignment in
        ServiceBreach.missedReview(
          account: account.id, plan: placed.plan(assignment),
          lastReview: account.lastReview, start: account.startDate, today: placed.day)
      }
      try output.write([
        (placed.idColumn, breaches.map(\.account)), ("touch", breaches.map(\.touch.rawValue)),
        ("due", breaches.map { "\($0.due)" }), ("days_late", breaches.map { "\($0.daysLate)" }),
      ])
      if !breaches.isEmpty { throw ExitCode(ExitStatus.finding.rawValue) }
    }
  }

  struct CustomerSafe: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "customer-safe",
      abstract: "What each account's plan includes, in words that customers may read.")

    @OptionGroup var book: BookArguments
    @OptionGroup var output: Output

    func run() throws {
      let placed = try book.place()
      let rows = placed.accounts.map { account, assignment in
        CustomerSafeRow(account: account.id, level: placed.serviceClass(assignment.tier))
      }
      var columns = [(CustomerSafeRow.columns[0], rows.map(\.account))]
      for (index, name) in CustomerSafeRow.columns.dropFirst().enumerated() {
        columns.append((name, rows.map { $0.includes[index].text(in: output.language) }))
      }
      try output.write(columns)
    }
  }

  struct Wording: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "wording",
      abstract: "Find words in a text for customers that name their tier; exit status 1 where there are any.")

    @Argument(help: "Text files.")
    var files: [String]

    func run() throws {
      var found = false
      for file in files {
        guard let data = FileManager.default.contents(atPath: file) else {
          throw CommandError(.noInput, at: SourcePlace(file: file), "cannot be read", hint: "check the path")
        }
        guard let text = String(validating: data, as: UTF8.self) else {
          throw CommandError(.badData, at: SourcePlace(file: file), "is not UTF-8 text")
        }
        for finding in TierWordLint.findings(in: text) {
          found = true
          print(
            "\(file):\(finding.line):\(finding.column): '\(finding.text)' tells customers how they are filed")
        }
      }
      if found { throw ExitCode(ExitStatus.finding.rawValue) }
    }
  }
}
