import Reporting
import Testing

@Suite("Figures")
struct FiguresTests {
  @Test("numbers keep their significant digits at every size")
  func significant() {
    #expect(Figures.significant(0.000123456) == "0.0001235")
    #expect(Figures.significant(1234.5678) == "1235")
    #expect(Figures.significant(-0.5) == "-0.5000")
    #expect(Figures.significant(1.5e-12, 2) == "1.5e-12")
    #expect(Figures.significant(nil) == "–")
    #expect(Figures.significant(.nan) == "–")
  }

  @Test("a number that rounds to zero has no sign")
  func zero() {
    #expect(Figures.fixed(-0.0001, 2) == "0.00")
  }

  @Test("Markdown cells cannot open a column or a tag")
  func escapes() {
    let table = TextTable(header: ["a"], rows: [["x|<b>"]])
    #expect(table.markdown.contains("x\\|&lt;b>"))
  }
}
