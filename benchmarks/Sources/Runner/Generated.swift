import LinearAlgebra
import LogisticRegression
import StableNumerics

/// Writes columns any two of which correlate by ½, and outcomes by a logistic law with a quarter of events, chunk
/// by chunk: what is larger than memory is made without ever being in it. Returns the bytes of the design.
func generate(_ path: String, rows: Int, columns: Int, isSingle: Bool) throws -> Int {
  var design = try DesignFile(path: path, columns: columns, precision: isSingle ? .single : .double)
  var outcomes = try DesignFile(path: path + ".y", columns: 1, precision: .single)
  var slopes = SplitMix64(seed: 7)
  let law = (0..<columns).map { _ in roughlyNormal(&slopes) * 0.6 / (Double(columns) / 10).squareRoot() }
  // Two chunks at a time, each from a seed of its own.
  let chunks = Array(stride(from: 0, to: rows, by: DesignFile.chunkRows))
  for pair in stride(from: 0, to: chunks.count, by: 2) {
    let made = mapBlocks(count: min(2, chunks.count - pair), threads: 2) { place in
      let first = chunks[pair + place]
      var random = SplitMix64(seed: UInt64(1 + pair + place))
      let count = min(DesignFile.chunkRows, rows - first)
      let shared = (0..<count).map { _ in roughlyNormal(&random) }
      var eta = [Double](repeating: -1.4, count: count)
      let values = (0..<columns).map { j in
        (0..<count).map { i in
          let value = Float((shared[i] + roughlyNormal(&random)) * 0.5.squareRoot())
          eta[i] += law[j] * Double(value)
          return value
        }
      }
      return (values, eta.map { random.uniform() < expit($0) ? Float(1) : 0 })
    }
    for (values, events) in made {
      if isSingle {
        try design.append(values)
      } else {
        try design.append(values.map { $0.map { Double($0) } })
      }
      try outcomes.append([events])
    }
  }
  try design.finish()
  try outcomes.finish()
  return rows * columns * (isSingle ? 4 : 8)
}

func mapObservations(_ path: String) throws -> Observations {
  let design = try Design(mapping: path)
  return try Observations(
    design: design, termNames: (1...design.columns).map { "x\($0)" },
    outcomes: Design(mapping: path + ".y").column(0))
}

/// The sum of four uniform numbers from one draw, with mean 0 and deviation 1.
private func roughlyNormal(_ random: inout SplitMix64) -> Double {
  let bits = random.next()
  let sum = (bits & 0xFFFF) + (bits >> 16 & 0xFFFF) + (bits >> 32 & 0xFFFF) + (bits >> 48)
  return (Double(sum) / 65_536 - 2) * 3.0.squareRoot()
}
