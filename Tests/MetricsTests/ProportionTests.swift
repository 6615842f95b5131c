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

  @Test("LIB-05 seen 20 of 20 against 60 of 80: lift 1.33 with its interval")
  func lift() {
    let ratio = ProportionRatio(Proportion(20, of: 20), over: Proportion(60, of: 80))
    #expect(close(ratio.lift.value, 4.0 / 3))
    // The reference maximises a likelihood numerically, which leaves it seven digits.
    #expect(close(ratio.lift.low, Reference.shared.ratio.low, 1e-7))
    #expect(close(ratio.lift.high, Reference.shared.ratio.high, 1e-7))
    #expect(ratio.hasEnoughData)
    let other = ProportionRatio(Proportion(7, of: 34), over: Proportion(19, of: 41))
    #expect(close(other.lift.low, Reference.shared.ratio2.low, 1e-8))
    #expect(close(other.lift.high, Reference.shared.ratio2.high, 1e-8))
  }

  @Test("the lift turned round has the interval turned round")
  func liftTurnedRound() {
    for (a, m, b, k) in [(7, 34, 19, 41), (20, 20, 60, 80), (1, 500, 3, 400)] {
      let straight = ProportionRatio(Proportion(a, of: m), over: Proportion(b, of: k)).lift
      let turned = ProportionRatio(Proportion(b, of: k), over: Proportion(a, of: m)).lift
      #expect(close(straight.low, 1 / turned.high, 1e-9))
      #expect(close(straight.high, 1 / turned.low, 1e-9))
    }
  }

  @Test("a lift without successes or trials keeps an honest interval")
  func liftAtTheEnds() {
    let none = ProportionRatio(Proportion(0, of: 20), over: Proportion(5, of: 20)).lift
    #expect(none.value == 0 && none.low == 0 && none.high > 0 && none.high < 1)
    let infinite = ProportionRatio(Proportion(5, of: 20), over: Proportion(0, of: 20)).lift
    #expect(infinite.value == .infinity && infinite.low > 1 && infinite.high == .infinity)
    let nothing = ProportionRatio(Proportion(0, of: 20), over: Proportion(0, of: 20)).lift
    #expect(nothing.value.isNaN && nothing.low == 0 && nothing.high == .infinity)
  }

  @Test("LIB-06 fewer than ten rows in a group are not enough data")
  func enoughData() {
    #expect(!ProportionRatio(Proportion(9, of: 9), over: Proportion(60, of: 80)).hasEnoughData)
    #expect(!ProportionRatio(Proportion(60, of: 80), over: Proportion(9, of: 9)).hasEnoughData)
    #expect(ProportionRatio(Proportion(9, of: 10), over: Proportion(60, of: 80)).hasEnoughData)
  }

  @Test("LIB-06 the stratified lift is Mantel and Haenszel's")
  func stratified() {
    let expected = Reference.shared.mantelHaenszel
    let strata = expected.strata.map {
      ProportionRatio(Proportion($0[0], of: $0[1]), over: Proportion($0[2], of: $0[3]))
    }
    let lift = StratifiedRatio(strata).lift
    #expect(close(lift.value, expected.ratio))
    #expect(close(lift.low, expected.low) && close(lift.high, expected.high))
    // Within each tier nothing; the tiers differ in both: the crude lift is 2.5, the stratified one 1.
    let confounded = [
      ProportionRatio(Proportion(81, of: 90), over: Proportion(9, of: 10)),
      ProportionRatio(Proportion(3, of: 10), over: Proportion(27, of: 90)),
    ]
    #expect(close(StratifiedRatio(confounded).lift.value, 1))
    #expect(StratifiedRatio([]).lift.value.isNaN)
  }
}
