import Foundation
import Testing

@Suite("Night after night")
struct YearTests {
  static let nights = isLong ? 365 : 30

  @Test("the history grows linearly, no temporary file is left, and the first nights read as they were")
  func year() throws {
    try NightBook.inCopy { folder in
      var sizes: [Int] = []
      var seconds: [Double] = []
      var first = ""
      let clock = ContinuousClock()
      for night in 0..<Self.nights {
        let date = Self.day(night)
        let begin = clock.now
        let run = try PulsoRun(
          NightBook.night(["--quiet"], on: date), in: folder, environment: NightBook.environment)
        seconds.append((clock.now - begin) / .seconds(1))
        try #require(run.status == 0, "\(date): \(run.errors)")
        let path = folder.appending(path: "history.sqlite").path
        sizes.append(try #require(FileManager.default.attributesOfItem(atPath: path)[.size] as? Int))
        if night == 0 { first = try NightBook.history(folder, dates: [date])[0] }
      }
      #expect(NightBook.leftovers(folder) == [])
      #expect(try NightBook.history(folder, dates: [Self.day(0)])[0] == first)
      // The second half adds about what the first half adds: no more than half as much again.
      let half = sizes[Self.nights / 2] - sizes[0]
      let rest = sizes[Self.nights - 1] - sizes[Self.nights / 2]
      #expect(Double(rest) < 1.5 * Double(half) + 65_536, "grew \(half), then \(rest) bytes")
      let tenth = Self.nights / 10
      func median(_ values: some Sequence<Double>) -> Double { values.sorted()[tenth / 2] }
      print(
        "\(Self.nights) nights: history \(sizes[0]) → \(sizes[Self.nights - 1]) bytes; a night "
          + "\(median(seconds.prefix(tenth))) s at first, \(median(seconds.suffix(tenth))) s at the end")
    }
  }

  /// Days of 2024, a world that the tables know.
  private static func day(_ number: Int) -> String {
    let formatter = ISO8601DateFormatter()
    formatter.formatOptions = [.withFullDate]
    return formatter.string(from: Date(timeIntervalSince1970: 1_706_745_600 + Double(number) * 86_400))
  }
}
