import Foundation
import LinearAlgebra
import StableNumerics
import Testing

/// Columns in a file and in single precision say what the same columns in memory say.
@Suite("Designs")
struct DesignTests {
  @Test("A file has every number of every column, across chunks")
  func mapped() throws {
    let folder = try Folder()
    let rows = DesignFile.chunkRows * 2 + 77
    let matrix = Self.matrix(rows: rows, columns: 3)
    let path = folder.path("design")
    try Self.write(matrix, to: path)
    let design = try Design(mapping: path)
    #expect(design.isMapped && design.rows == rows && design.columns == 3 && design.chunks.count == 3)
    for j in 0..<3 { #expect(design.column(j) == Array(matrix.values[j * rows..<(j + 1) * rows])) }
    let cut = DesignFile.chunkRows
    #expect(design.column(1, rows: cut - 3..<cut + 4) == (cut - 3..<cut + 4).map { matrix[$0, 1] })
    #expect(design[cut, 2] == matrix[cut, 2] && design[rows - 1, 0] == matrix[rows - 1, 0])
    #expect(design.everyRow(16, threads: 2) == Design(matrix).everyRow(16, threads: 1))
    let vector = [1.5, -2, 0.25]
    let (image, plain) = (design.times(vector), matrix.times(vector))
    #expect(zip(image, plain).allSatisfy { ($0 - $1).magnitude < 1e-12 })
    let (back, expected) = (design.transposedTimes(plain), matrix.transposedTimes(plain))
    #expect(zip(back, expected).allSatisfy { ($0 - $1).magnitude < 1e-7 })
    design.release(0..<rows)
    #expect(design[5, 1] == matrix[5, 1])
  }

  @Test("Rows by index, and blocks of rows, from a file and from singles")
  func blocks() throws {
    let folder = try Folder()
    let rows = DesignFile.chunkRows + 40
    var matrix = Self.matrix(rows: rows, columns: 4)
    for i in matrix.values.indices { matrix.values[i] = Double(Float(matrix.values[i])) }
    let path = folder.path("singles")
    try Self.write(matrix, to: path, isSingle: true)
    let list = [3, 0, 1]
    let centers = [0.1, -0.2, 0.3]
    let scales = [1.1, 0.9, 2]
    let indices = [Int32(5), Int32(rows - 1), Int32(DesignFile.chunkRows), 0]
    let range = DesignFile.chunkRows - 20..<DesignFile.chunkRows + 13
    let roots = (0..<range.count).map { 1 + Double($0) / 10 }
    var designs = [Design(matrix), try Design(mapping: path)]
    designs.append(Design(rows: rows, columns: 4, singles: matrix.values.map { Float($0) }))
    var found: [[Double]] = []
    for design in designs {
      var numbers: [Double] = []
      var block = RowBlock(capacity: 40, designColumns: 3, hasIntercept: true)
      block.load(indices: indices[...], of: design, columns: list, centers: centers, inverseScales: scales)
      for i in 0..<4 { for k in 0...3 { numbers.append(block[i, k]) } }
      block.load(rows: range, of: design, columns: list, centers: centers, inverseScales: scales)
      for i in 0..<range.count { for k in 0...3 { numbers.append(block[i, k]) } }
      let columns = StandardizedColumns(design, columns: list, centers: centers, inverseScales: scales)
      block.load(range, of: columns, rootWeights: roots, from: 0)
      for i in 0..<range.count { for k in 0...3 { numbers.append(block[i, k]) } }
      found.append(numbers)
    }
    #expect(found[1] == found[0] && found[2] == found[0])
    #expect(found[0][4] == 1 && found[0][5] == (matrix[rows - 1, 3] - 0.1) * 1.1)
  }

  @Test("What is no design, or not a whole one, is refused")
  func faults() throws {
    let folder = try Folder()
    #expect(throws: DesignFileError.system(path: folder.path("none"), code: 2)) {
      try Design(mapping: folder.path("none"))
    }
    let path = folder.path("design")
    try Data("not a design, but long enough to hold a header of forty-eight bytes".utf8)
      .write(to: URL(filePath: path))
    #expect(throws: DesignFileError.notADesign(path: path)) { try Design(mapping: path) }
    try Self.write(Self.matrix(rows: 100, columns: 2), to: path)
    var bytes = try Data(contentsOf: URL(filePath: path))
    bytes.removeLast(8)
    try bytes.write(to: URL(filePath: path))
    #expect(throws: DesignFileError.length(path: path, bytes: 4096 + 1592, expected: 4096 + 1600)) {
      try Design(mapping: path)
    }
  }

  @Test("A file that is not finished leaves nothing, and not the old one's place")
  func unfinished() throws {
    let folder = try Folder()
    let path = folder.path("design")
    do {
      var file = try DesignFile(path: path, columns: 1, precision: .double)
      try file.append([[1.0, 2, 3]])
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.root).isEmpty)
  }

  private static func matrix(rows: Int, columns: Int) -> Matrix {
    var random = SplitMix64(seed: 11)
    return Matrix(
      rows: rows, columns: columns, values: (0..<rows * columns).map { _ in random.uniform() - 0.3 })
  }

  private static func write(_ matrix: Matrix, to path: String, isSingle: Bool = false) throws {
    var file = try DesignFile(path: path, columns: matrix.columns, precision: isSingle ? .single : .double)
    for chunk in stride(from: 0, to: matrix.rows, by: DesignFile.chunkRows) {
      let rows = chunk..<min(chunk + DesignFile.chunkRows, matrix.rows)
      let columns = (0..<matrix.columns).map { j in rows.map { matrix[$0, j] } }
      if isSingle {
        try file.append(columns.map { $0.map { Float($0) } })
      } else {
        try file.append(columns)
      }
    }
    try file.finish()
  }
}

/// A folder that goes with its test.
private final class Folder {
  let root: String

  init() throws {
    root = NSTemporaryDirectory() + "pulso-design-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
  }

  func path(_ name: String) -> String { root + "/" + name }

  deinit { try? FileManager.default.removeItem(atPath: root) }

  @Test("Moments: rows of weight 0 leave no trace, and a column of extreme numbers has a unit of its own")
  func moments() {
    let rows = 5000
    let plain = (0..<rows).map { Double($0 % 7) }
    let far = plain.indices.map { $0 % 2048 < 3 ? 1e15 : plain[$0] }
    let extreme = plain.map { $0 * 1e160 }
    let design = Design(Matrix(rows: rows, columns: 3, values: plain + far + extreme))
    let weights = plain.indices.map { $0 % 2048 < 3 ? 0.0 : 2 }
    let found = design.moments(weights: weights, threads: 2)
    let kept = plain.indices.filter { weights[$0] > 0 }.map { plain[$0] }
    let mean = kept.reduce(0, +) / Double(kept.count)
    let deviation = (kept.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(kept.count)).squareRoot()
    for (moments, scale) in zip(found, [1, 1, 1e160]) {
      #expect((moments.mean / moments.unit / scale - mean).magnitude < 1e-12)
      #expect((moments.deviation / moments.unit / scale - deviation).magnitude < 1e-12)
    }
  }
}
