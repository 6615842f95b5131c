import Calendar
import Reporting
import Segmentation
import Testing

@Suite("Ticks and numbers")
struct ScaleTests {
  @Test("ticks are round, inside the domain, and about as many as asked")
  func ticks() {
    #expect(Ticks.linear(0...1, count: 5) == [0, 0.2, 0.4, 0.6, 0.8, 1])
    #expect(Ticks.linear(0...0.3, count: 4) == [0, 0.1, 0.2, 0.3])
    #expect(Ticks.linear(13...97, count: 5) == [20, 40, 60, 80])
    #expect(Ticks.linear(-3...3, count: 4) == [-2, 0, 2])
    #expect(Ticks.linear(5...5, count: 5) == [5])
    #expect(Ticks.logarithmic(0.3...4, count: 5) == [0.5, 1, 2, 4])
    #expect(Ticks.logarithmic(0.001...1000, count: 7).count <= 7)
  }

  @Test("linear ticks are multiples of 1, 2 or 5 times a power of ten, at every scale")
  func steps() {
    for exponent in -6...12 {
      for factor in [1.0, 1.7, 2.3, 4.9, 7.7] {
        var scale = 1.0
        for _ in 0..<abs(exponent) { scale = exponent > 0 ? scale * 10 : scale / 10 }
        let domain = 0...(factor * scale)
        let ticks = Ticks.linear(domain, count: 5)
        #expect((3...9).contains(ticks.count), "\(domain): \(ticks)")
        #expect(ticks.allSatisfy { $0 >= 0 && $0 <= domain.upperBound * 1.000001 })
        #expect(zip(ticks, ticks.dropFirst()).allSatisfy { $0 < $1 })
      }
    }
  }

  @Test("decimals tell neighbouring ticks apart")
  func decimals() {
    #expect(Ticks.decimals([0, 0.25, 0.5]) == 1 || Ticks.decimals([0, 0.25, 0.5]) == 2)
    #expect(Ticks.decimals([0, 0.1, 0.2]) == 1)
    #expect(Ticks.decimals([0, 20, 40]) == 0)
    #expect(Ticks.decimals([0.34, 0.36]) == 2)
  }

  @Test("numbers, money and days by language")
  func numbers() throws {
    let (en, es) = (LocalNumbers(language: .en), LocalNumbers(language: .es))
    #expect(en.fixed(1234.5, 1) == "1,234.5")
    #expect(es.fixed(1234.5, 1) == "1.234,5")
    #expect(en.percent(0.314) == "31\u{A0}%")
    #expect(es.percent(0.0314) == "3,1\u{A0}%")
    #expect(en.money(4_820_100, "EUR") == "4.82\u{A0}M\u{A0}EUR")
    #expect(es.money(187_000, "EUR") == "187\u{A0}mil\u{A0}EUR")
    #expect(es.money(1_200_000_000, "EUR") == "1.200\u{A0}M\u{A0}EUR")
    #expect(en.money(1_200_000_000, "EUR") == "1.2\u{A0}B\u{A0}EUR")
    #expect(en.money(0, "EUR") == "0\u{A0}EUR")
    #expect(en.money(999_600, "EUR") == "1\u{A0}M\u{A0}EUR")
    #expect(en.fixed(-0.0001, 2) == "0.00")
    #expect(en.fixed(-1.5, 1) == "\u{2212}1.5")
    #expect(en.fixed(.nan, 1) == "–")
    #expect(en.significant(0.0274, 2) == "0.027")
    #expect(es.significant(0.0274, 2) == "0,027")
    #expect(en.interval(0.743, 0.701, 0.782, 3) == "0.743 [0.701, 0.782]")
    #expect(es.interval(0.743, 0.701, 0.782, 3) == "0,743 [0,701; 0,782]")
    #expect(en.spelled(7, capital: true) == "Seven")
    #expect(es.spelled(1) == "una")
    #expect(en.spelled(35) == "35")
    let day = try #require(CalendarDate(iso8601: "2026-03-01"))
    #expect(en.day(day) == "1 March 2026")
    #expect(es.day(day) == "1 de marzo de 2026")
  }
}
