import Foundation
import Reporting

/// A bar with rate and time left on standard error, for work of over a second, only on a terminal.
struct ProgressBar {
  private var total: Int
  private let unit: String
  private let isShown: Bool
  private let clock = ContinuousClock()
  private let begin: ContinuousClock.Instant
  private var lastDraw: ContinuousClock.Instant
  private var isDrawn = false

  init(total: Int, unit: String, isQuiet: Bool) {
    self.total = max(total, 1)
    self.unit = unit
    isShown = !isQuiet && isatty(2) == 1
    begin = clock.now
    lastDraw = begin
  }

  /// Draws at most five times a second.
  mutating func advance(to done: Int, of total: Int? = nil) {
    guard isShown else { return }
    if let total { self.total = max(total, 1) }
    let now = clock.now
    guard now - begin > .seconds(1), now - lastDraw > .milliseconds(200) else { return }
    lastDraw = now
    isDrawn = true
    let seconds = (now - begin) / .seconds(1)
    let rate = Double(done) / seconds
    let left = rate > 0 ? Int((Double(self.total - done) / rate).rounded(.up)) : 0
    let filled = min(30, 30 * done / self.total)
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 30 - filled)
    write(
      "\r\(bar) \(done)/\(self.total) \(unit) · \(rate < 10 ? Figures.fixed(rate, 1) : "\(Int(rate))")/s · \(left) s left \u{1b}[K"
    )
  }

  /// Wipes the bar.
  mutating func finish() {
    if isDrawn { write("\r\u{1b}[K") }
    isDrawn = false
  }

  private func write(_ text: String) { StandardError.write(text) }
}
