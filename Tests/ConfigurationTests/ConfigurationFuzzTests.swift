import Configuration
import Foundation
import StableNumerics
import Testing

@Suite("Fuzz of the configuration")
struct ConfigurationFuzzTests {
  /// A long run sets PULSO_FUZZ_SECONDS.
  private static let seconds =
    ProcessInfo.processInfo.environment["PULSO_FUZZ_SECONDS"].flatMap(Double.init) ?? 1.5

  private static let pieces = [
    "&a ", "*a", "<<: *a", "[", "]", "{", "}", "- ", "? ", ": ", "|", ">", "!!binary ", "!!int ", "!!float ",
    ".nan", "-.inf", "1e999", "99999999999999999999999", "-9223372036854775809", "0x1p3", "0o7", "~", "null",
    "yes", "\"", "'", "#", "%YAML 1.1", "---", "...", "\t", "\r", "\u{0}", "\u{feff}", "\u{202e}", "é", "🙂",
    "\\x", "2024-02-30", "30d", "999999999999999999y", "-5d", "p101", ">= 1e400", "eur-20k+", "*",
    "a * 1e400",
    "a / 0", "where", "csat is missing and", "in (", "priority = ", "../../x", "1.5.2", "+", "-",
  ]

  @Test("no crash, whatever the text")
  func fuzz() {
    let seeds = [Configuration.standardText] + PresetLibrary.entries.map { "segment:\n" + indented($0.yaml) }
    let clock = ContinuousClock()
    let end = clock.now + .seconds(Self.seconds)
    var (cases, accepted) = (0, 0)
    while cases < 300 || clock.now < end {
      var random = SplitMix64(seed: UInt64(cases))
      func pick(_ count: Int) -> Int { Int(random.next() % UInt64(max(count, 1))) }
      var lines = seeds[pick(seeds.count)].split(separator: "\n", omittingEmptySubsequences: false)
        .filter { !$0.drop { $0 == " " }.hasPrefix("#") }.map { Array($0.unicodeScalars) }
      for _ in 0...pick(4) {
        let at = pick(lines.count)
        let place = pick(lines[at].count + 1)
        switch pick(7) {
        case 0: lines.remove(at: at)
        case 1: lines.insert(lines[pick(lines.count)], at: at)
        case 2: lines[at].insert(contentsOf: [" ", " "], at: 0)
        case 3: if !lines[at].isEmpty { lines[at].remove(at: min(place, lines[at].count - 1)) }
        case 4:
          // Another value after the first colon.
          let colon = lines[at].firstIndex(of: ":") ?? place - 1
          lines[at].replaceSubrange(
            min(colon + 1, lines[at].count)...,
            with: " \(Self.pieces[pick(Self.pieces.count)])".unicodeScalars)
        default: lines[at].insert(contentsOf: Self.pieces[pick(Self.pieces.count)].unicodeScalars, at: place)
        }
        if lines.isEmpty { lines.append([]) }
      }
      var text = ""
      for line in lines {
        text.unicodeScalars.append(contentsOf: line)
        text += "\n"
      }
      cases += 1
      do {
        let configuration = try Configuration(yaml: text, file: "pulso.yaml")
        _ = try SegmentConfiguration(configuration.segment, preset: nil)
        accepted += 1
      } catch {}
    }
    print("configurations changed by chance: \(cases), accepted \(accepted)")
    #expect(accepted > 0 && accepted < cases)
  }

  private static let hostile = [
    String(repeating: "[", count: 100_000), String(repeating: "{a: ", count: 100_000),
    String(repeating: "- ", count: 100_000), String(repeating: "? ", count: 100_000),
    (0..<5000).map { String(repeating: " ", count: $0) + "a:" }.joined(separator: "\n"),
    "a: &a [x, x]\n" + (1..<40).map { "b\($0): &b\($0) [*\($0 == 1 ? "a" : "b\($0 - 1)"), *a]\n" }.joined(),
    "segment: &s\n  preset: *s\n", "lang: *none\n", "lang: \(String(repeating: "é", count: 1_000_000))\n",
    "\u{0}", "lang: !!binary //8=\n", "reasons: 99999999999999999999\n", "reasons: .nan\n",
    "bands: {red: .nan, green: .inf}\n", "horizon: 99999999999999999999y\n",
    "horizon: 9223372036854775807d\n", "onboarding_days: -1\n", "models: {churn: {seed: 1e999}}\n",
    "a: 1\na: 1\n", "? [a, b]\n: c\n", "--- a\n--- b\n",
  ]

  @Test("deep nesting, many aliases, a huge text, numbers beyond any: refused, never a crash")
  func refused() {
    for text in Self.hostile {
      #expect(throws: ConfigurationError.self, "\(text.prefix(60))") {
        try Configuration(yaml: text, file: "pulso.yaml")
      }
    }
  }

  private func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }.joined(separator: "\n")
  }
}
