import Configuration
import Segmentation
import Testing

@Suite struct ComparisonTests {
  @Test("what-if: who moves, how much ARR, both directions and why")
  func moves() throws {
    let book = [account("up", arr: 30_000), account("same", arr: 150_000), account("down", arr: 600_000)]
    let before = try run(book)
    let after = try run(book, preset: PresetLibrary.preset("eur-20k"))
    let up = Comparison(from: before, to: after)
    #expect(up.tierMoves.map(\.id) == ["up"])
    #expect(up.up.accounts == 1 && up.up.arr == 30_000)
    #expect(up.down == .init())
    #expect(up.tierMoves[0].cause == .cut)
    let down = Comparison(from: after, to: before)
    #expect(down.down.arr == 30_000 && down.up.accounts == 0)
  }
}
