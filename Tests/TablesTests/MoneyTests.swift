import Tables
import Testing

@Suite("Amounts of money")
struct MoneyTests {
  @Test(
    "VOC-03 amounts as people write them",
    arguments: [
      ("30K", nil, 30_000, nil), ("30K€", nil, 30_000, "EUR"), ("$5K", nil, 5000, "USD"),
      ("£100,000", nil, 100_000, "GBP"), ("10K€/año", nil, 10_000, "EUR"),
      ("1.234.567,89 €", .comma, 1_234_567.89, "EUR"), ("1.234.567,89 €", nil, 1_234_567.89, "EUR"),
      ("1,234,567.89", .point, 1_234_567.89, nil), ("1.234", .comma, 1234, nil),
      ("1.234", .point, 1.234, nil),
      ("EUR 20.000", .comma, 20_000, "EUR"), ("2,5M€", nil, 2_500_000, "EUR"),
      ("-$1,234.50", nil, -1234.5, "USD"),
      ("1.5B", nil, 1.5e9, nil), ("0", nil, 0, nil), ("20K EUR per year", nil, 20_000, "EUR"),
    ] as [(String, NumberLocale?, Double, String?)])
  func amounts(_ text: String, _ locale: NumberLocale?, _ amount: Double, _ currency: String?) throws {
    #expect(try Money.parse(text, locale: locale) == Money(amount: amount, currency: currency))
  }

  @Test(
    "VOC-03 what is not an amount, or could be two",
    arguments: [
      ("", MoneyError.notMoney("")), ("abc", .notMoney("abc")), ("1.234", .ambiguous("1.234")),
      ("1,234 €", .ambiguous("1,234 €")), ("12.34.5", .notMoney("12.34.5")), ("€5$", .twoCurrencies("€5$")),
      ("5K€/month", .otherPeriod("5K€/month")), ("1_000", .notMoney("1_000")), ("0x10", .notMoney("0x10")),
      ("٣", .notMoney("٣")), ("nan", .notMoney("nan")), ("€", .notMoney("€")), ("-", .notMoney("-")),
    ])
  func failures(_ text: String, _ error: MoneyError) {
    #expect(throws: error) { try Money.parse(text) }
  }
}
