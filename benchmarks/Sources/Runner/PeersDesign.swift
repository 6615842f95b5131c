import Foundation
import LinearAlgebra
import LogisticRegression

/// A design as `peers/data.py` writes it: rows and columns as two 64-bit integers, then the columns one after
/// the other and the outcomes, all as doubles of this machine.
struct PeersDesign {
  let observations: Observations

  init(path: String) throws {
    let data = try Data(contentsOf: URL(filePath: path), options: .alwaysMapped)
    let (rows, columns) = data.withUnsafeBytes {
      (Int($0.loadUnaligned(as: Int64.self)), Int($0.loadUnaligned(fromByteOffset: 8, as: Int64.self)))
    }
    func numbers(_ count: Int, after start: Int) -> [Double] {
      [Double](unsafeUninitializedCapacity: count) { buffer, initialized in
        let bytes = UnsafeMutableRawBufferPointer(buffer)
        data.copyBytes(to: bytes, from: 16 + start * 8..<16 + (start + count) * 8)
        initialized = count
      }
    }
    observations = try Observations(
      design: Matrix(rows: rows, columns: columns, values: numbers(rows * columns, after: 0)),
      termNames: (1...columns).map { "x\($0)" }, outcomes: numbers(rows, after: rows * columns))
  }
}
