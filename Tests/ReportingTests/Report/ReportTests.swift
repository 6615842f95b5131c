import Foundation
import Reporting
import Segmentation
import Testing
import Training

@Suite("The report")
struct ReportTests {
  private func texts(_ inputs: ReportInputs) throws -> [String] {
    try TagReader(Report(inputs).html()).texts
  }

  @Test("ECO-01 ECO-02 ECO-03 the money of head and tail, by hand")
  func money() throws {
    let page = try texts(SampleBook.inputs()).joined(separator: "\n")
    // 2 × 100K + 8 × 25K = 400K; 2 × 10K + 8 × 5K = 60K expected to leave, two thirds of it in the tail.
    #expect(page.contains("400 K USD"))
    #expect(page.contains("60 K USD"))
    #expect(
      page.contains("The long tail pays 50 % of the ARR and carries 67 % of the expected loss"))
    // The same 10 % on both ends: 20K each.
    #expect(
      page.contains(
        "the 2 accounts that pay most would lose 20 K USD; the other 8 would lose 20 K USD, 1.0 times as much"
      ))
    // In need: accounts 0, 2, 4, 6 and 8, which pay 100K + 4 × 25K.
    #expect(page.contains("5 accounts in need"))
    #expect(page.contains("200 K USD"))
  }

  @Test("ECO-07 churn in accounts and in money, both by tier and for the book")
  func churn() throws {
    let rows = try texts(SampleBook.inputs())
    let all = try #require(rows.lastIndex(of: "All"))
    // Σp = 2 × 0.1 + 8 × 0.2 = 1.8 of 10 accounts; 60K of 400K.
    #expect(
      Array(rows[all...].prefix(9)) == [
        "All", "10", "400,000", "100 %", "200,000", "60,000", "100 %", "18.0 %", "15.0 %",
      ])
  }

  @Test("ECO-12 the uncut diamond among those who pay least is named, the largest never are")
  func diamonds() throws {
    let rows = try texts(SampleBook.inputs())
    #expect(rows.contains("One small account is likely to grow"))
    let caption = try #require(rows.firstIndex { $0.hasPrefix("Uncut diamonds") })
    #expect(Array(rows[(caption + 1)...].prefix(5)).suffix(1) == ["A-6"])
  }

  @Test("MTX-18 MTX-19 cuts, counts and ARR of the quadrants are printed")
  func matrix() throws {
    let page = try texts(SampleBook.inputs()).joined(separator: "\n")
    #expect(page.contains("importance from 45, need from 50"))
    for quadrant in ["1 account · 100 K USD", "4 accounts · 100 K USD"] {
      #expect(page.contains(quadrant))
    }
  }

  @Test("a table made with another preset is told apart")
  func misplaced() throws {
    var preset = Preset()
    preset.matrix.need.cut = .fixed(25)
    let page = try texts(
      SampleBook.inputs(.en, ReportBook(preset: preset, entries: SampleBook.entries()))
    ).joined()
    #expect(page.contains("5 accounts stand on the other side of a line"))
  }

  @Test("the order of the rows changes nothing")
  func order() throws {
    let forward = try Report(SampleBook.inputs()).html()
    let backward = try Report(SampleBook.inputs(.en, SampleBook.book(SampleBook.entries().reversed()))).html()
    #expect(forward == backward)
  }

  @Test("every word has its translation: what both languages share is names, codes and numbers")
  func languages() throws {
    func all(_ language: Language) throws -> Set<String> {
      Set(
        try texts(
          ReportInputs(
            language: language, asOf: SampleBook.day, book: SampleBook.book(),
            models: [SampleBook.model()],
            moves: ReportMoves(since: SampleBook.day, day: SampleBook.day, events: []))))
    }
    let shared = try all(.en).intersection(all(.es)).filter { text in
      text.split { !$0.isLetter }.contains { $0.count > 3 }
    }
    // Input names, the scheme's own name, and words that are the same in both.
    let same: Set<String> = [
      "seats", "seats>5", "plan: pro", "plan", "stratified 5-fold", "Core", "Scale", "seats&gt;5",
      "Tech-Touch",
    ]
    #expect(shared.subtracting(same).isEmpty, "\(shared.subtracting(same).sorted())")
    #expect(try Report(SampleBook.inputs(.es)).html().contains("lang=\"es\""))
  }

  @Test("thirty thousand accounts: at most 800 marks, the others counted in squares")
  func many() throws {
    let entries = (0..<3000).flatMap { block in SampleBook.entries { "\(block)-\($0)" } }
    let html = try Report(SampleBook.inputs(.en, SampleBook.book(entries))).html()
    #expect(html.utf8.count < 500_000)
    #expect(html.contains("29,200 are counted in squares"))
    _ = try TagReader(html)
  }

  @Test("whatever is missing, the page stands and says what would fill it", arguments: Language.allCases)
  func parts(language: Language) throws {
    let one = SampleBook.book(Array(SampleBook.entries().prefix(1)))
    let bare = ReportBook(
      preset: Preset(),
      entries: SampleBook.entries().map { entry in
        var assignment = entry.assignment
        assignment.arr = nil
        if assignment.id == "A-4" { (assignment.importance, assignment.need) = (nil, nil) }
        return ReportBook.Entry(assignment: assignment, scores: nil)
      })
    let model = try SampleBook.model()
    var old = model
    old.report?.formatVersion = nil
    old.report?.validation?.curves = nil
    for index in old.report?.coefficients.indices ?? 0..<0 { old.report?.coefficients[index].deviation = nil }
    var silent = model
    silent.report = nil
    for inputs in [
      ReportInputs(language: language), SampleBook.inputs(language, one), SampleBook.inputs(language, bare),
      SampleBook.inputs(language, SampleBook.book([])), ReportInputs(language: language, models: [model]),
      ReportInputs(language: language, models: [old, silent]),
    ] {
      let texts = try texts(inputs)
      #expect(texts.contains { $0.contains(language == .en ? "Not in this report" : "Lo que no está") })
      let words = texts.flatMap { $0.split { !$0.isLetter } }
      #expect(!words.contains { ["nan", "inf", "Optional", "nil"].contains($0) })
    }
  }

  @Test("a report.json from before curves were kept is read as it was")
  func oldReport() throws {
    var old = try SampleBook.report()
    old.formatVersion = nil
    old.validation?.curves = nil
    let read = try #require(TrainingReport(decoding: Data(try old.encoded())))
    #expect(read.formatVersion == nil)
    #expect(read.validation?.auc == 0.75)
    let new = try #require(TrainingReport(decoding: Data(try SampleBook.report().encoded())))
    #expect(new.validation?.curves == (try SampleBook.report()).validation?.curves)
    #expect(new.withoutCurves.validation?.curves == nil)
  }
}
