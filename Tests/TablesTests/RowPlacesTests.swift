import Tables
import Testing

@Suite("Where rows of a table stand in its text")
struct RowPlacesTests {
  @Test("a row's line and text, beyond line breaks in quotes, blank lines and rows left out")
  func lines() throws {
    let csv = "id,note\n\na,\"one\ntwo\"\n\nbad,row,long\nb,x\r\nc,y"
    let reading = try Table.read(csv: csv, options: ReadOptions(onBadRow: .skip))
    #expect(reading.rejects.map(\.line) == [6])
    let rows = reading.places?.rows([0, 1, 2, 3]) ?? []
    #expect(rows.map { $0?.line } == [3, 7, 8, nil])
    #expect(rows.map { $0?.text } == ["a,\"one\ntwo\"", "b,x", "c,y", nil])
  }

  @Test("blocks of any size give the same places", arguments: [16, 64, 1 << 19])
  func blocks(size: Int) throws {
    let csv =
      "id,x\n" + (0..<200).map { $0 % 7 == 0 ? "a\($0),\"\n\($0)\"" : "a\($0),\($0)" }.joined(separator: "\n")
    let reading = try Table.read(
      csv: Array(csv.utf8), name: "t", options: ReadOptions(threads: 2), blockSize: size)
    let places = reading.places?.rows(Array(0..<200)) ?? []
    var line = 2
    for (row, place) in places.enumerated() {
      #expect(place?.line == line)
      #expect(place?.text.hasPrefix("a\(row),") == true)
      line += row % 7 == 0 ? 2 : 1
    }
  }
}
