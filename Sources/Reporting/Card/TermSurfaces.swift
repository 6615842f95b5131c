import ModelFile

/// How the log-odds run over two columns together, as a grid of shades.
struct TermSurfaces {
  let model: Model

  init(_ model: Model) {
    self.model = model
  }

  /// One block of lines a surface: its range, then a line for each bin of the first column with a shade for
  /// each of the second, from ` ` (lowest) to `█` (highest).
  var blocks: [[String]] { TermSurface.all(of: model).map(lines) }

  private func lines(_ surface: TermSurface) -> [String] {
    let shades = Array(" ░▒▓█")
    let width = surface.rows.map(\.count).max() ?? 0
    let (first, last) = (surface.columns.first ?? "", surface.columns.last ?? "")
    let heading =
      "\(surface.names[0]) (down) by \(surface.names[1]) (across, \(first) … \(last)): \(Figures.fixed(surface.low, 2)) … +\(Figures.fixed(surface.high, 2))"
    return [heading]
      + zip(surface.rows, surface.values).map { label, values in
        let cells = values.map { shades[min(4, Int(($0 - surface.low) / (surface.high - surface.low) * 5))] }
        return "  \(label)\(String(repeating: " ", count: width - label.count)) |\(String(cells))|"
      }
  }
}
