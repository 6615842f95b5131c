import Metrics
import Testing

@Suite("Shares and their intervals")
struct ProportionTests {
  @Test("Wilson's interval is statsmodels'")
  func wilson() {
    for row in Reference.shared.wilson {
      let estimate = Proportion(row.k, of: row.n).wilson
      #expect(close(estimate.low, row.low) && close(estimate.high, row.high))
    }
    #expect(Proportion(0, of: 0).wilson.low == 0 && Proportion(0, of: 0).wilson.high == 1)
  }
}
