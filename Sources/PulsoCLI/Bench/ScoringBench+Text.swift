import Reporting

extension ScoringBench {
  /// A small table for the terminal.
  var text: String {
    func row(_ work: String, _ seconds: Double?, _ rows: Double?, _ nanoseconds: Double, _ note: String)
      -> [String]
    {
      [
        work, seconds.map { Figures.fixed($0, 3) } ?? "–", rows.map { Figures.count($0.rounded()) } ?? "–",
        Figures.fixed(nanoseconds, 1), note,
      ]
    }
    func part(_ work: String, _ seconds: Double) -> [String] {
      row(work, seconds, nil, file.rows > 0 ? seconds / Double(file.rows) * 1e9 : 0, "")
    }
    let share = Figures.percent(memory.shareOfBandwidth)
    let table = TextTable(
      ["work", "seconds", "rows a second", "ns an account", ""],
      [
        part("file: parse", file.parseSeconds), part("file: score", file.scoreSeconds),
        part("file: write", file.writeSeconds),
        row("file: all", file.totalSeconds, file.rowsPerSecond, file.nanosecondsPerAccount, ""),
        row(
          "memory", Double(memory.rows) / max(memory.rowsPerSecond, 1), memory.rowsPerSecond,
          memory.nanosecondsPerAccount,
          "\(share) of \(Figures.fixed(memory.memoryBytesPerSecond / 1e9, 1)) GB/s"),
        row("one account, p50", nil, nil, account.p50Nanoseconds, "one thread"),
        row("one account, p99", nil, nil, account.p99Nanoseconds, ""),
      ], numbers: [1, 2, 3])
    return "\(model): \(terms) terms, \(file.rows) rows, \(threads) threads\n" + table.text
  }
}
