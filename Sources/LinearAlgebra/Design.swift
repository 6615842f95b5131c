import StableNumerics

/// The columns of a design, wherever they lie: in double or single precision, in memory or in a mapped file.
///
/// Rows are kept in chunks, in each of which the columns follow one another: in memory there is one chunk, in a
/// file (``DesignFile``) as many as it takes for a pass over the rows to read it from front to back. All
/// arithmetic is in double precision.
@safe public struct Design: Sendable {
  public enum Precision: Int, Sendable {
    /// Bytes of a number.
    case single = 4
    case double = 8
  }

  public let rows: Int
  public let columns: Int
  public let precision: Precision
  /// Rows of each chunk but the last.
  let chunkRows: Int
  private let storage: Storage

  private enum Storage: Sendable {
    case doubles([Double])
    case singles([Float])
    case mapped(MappedDesign)
  }

  public init(_ matrix: Matrix) {
    rows = matrix.rows
    columns = matrix.columns
    precision = .double
    chunkRows = max(1, matrix.rows)
    storage = .doubles(matrix.values)
  }

  /// `singles` holds `rows × columns` numbers, column after column.
  public init(rows: Int, columns: Int, singles: [Float]) {
    precondition(singles.count == rows * columns, "a design needs rows × columns values")
    self.rows = rows
    self.columns = columns
    precision = .single
    chunkRows = max(1, rows)
    storage = .singles(singles)
  }

  /// Maps a file that ``DesignFile`` has written. Its numbers are read as passes come to them; the file must stay
  /// as it is meanwhile. Throws where it is not such a file, or not a whole one.
  public init(mapping path: String) throws(DesignFileError) {
    let (header, file) = try DesignFile.map(path)
    rows = header.rows
    columns = header.columns
    precision = header.precision
    chunkRows = header.chunkRows
    storage = .mapped(file)
  }

  /// The rows of each chunk.
  public var chunks: [Range<Int>] {
    stride(from: 0, to: rows, by: chunkRows).map { $0..<min($0 + chunkRows, rows) }
  }

  /// Whether it lies in a file, which may be larger than memory.
  public var isMapped: Bool {
    if case .mapped = storage { true } else { false }
  }

  public subscript(row: Int, column: Int) -> Double {
    precondition(row >= 0 && row < rows && column >= 0 && column < columns)
    let piece = piece(at: row)
    let index = piece.first + column * piece.stride
    return unsafe withMemory { memory in
      unsafe precision == .double
        ? memory.assumingMemoryBound(to: Double.self)[index]
        : Double(memory.assumingMemoryBound(to: Float.self)[index])
    }
  }

  /// A copy of a column, or of some of its rows.
  public func column(_ j: Int, rows range: Range<Int>? = nil) -> [Double] {
    let range = range ?? 0..<rows
    return unsafe [Double](unsafeUninitializedCapacity: range.count) { buffer, initialized in
      if let target = buffer.baseAddress { unsafe read(column: j, range, into: target) }
      initialized = range.count
    }
  }

  /// The numbers of a column in the rows with these indices.
  public func column(_ j: Int, at indices: [Int32]) -> [Double] {
    precondition(indices.allSatisfy { $0 >= 0 && Int($0) < rows })
    return unsafe [Double](unsafeUninitializedCapacity: indices.count) { buffer, initialized in
      if let target = buffer.baseAddress { unsafe read(column: j, indices[...], into: target) }
      initialized = indices.count
    }
  }

  /// Writes (x − center) · scale of a column's rows to `target`.
  func read(
    column j: Int, _ range: Range<Int>, center: Double = 0, scale: Double = 1,
    into target: UnsafeMutablePointer<Double>
  ) {
    precondition(j >= 0 && j < columns && range.lowerBound >= 0 && range.upperBound <= rows)
    switch precision {
    case .double: unsafe read(Double.self, j, range, center, scale, into: target)
    case .single: unsafe read(Float.self, j, range, center, scale, into: target)
    }
  }

  @inline(__always)
  private func read<Scalar: LaneScalar>(
    _: Scalar.Type, _ j: Int, _ range: Range<Int>, _ center: Double, _ scale: Double,
    into target: UnsafeMutablePointer<Double>
  ) {
    unsafe withMemory { memory in
      forEachPiece(of: range) { piece in
        let source = unsafe piece.column(j, in: memory, of: Scalar.self)
        let start = unsafe target + (piece.rows.lowerBound - range.lowerBound)
        for i in 0..<piece.rows.count { unsafe start[i] = (Double(source[i]) - center) * scale }
      }
    }
  }

  /// Writes a column's rows with these indices to `target`.
  func read(column j: Int, _ indices: ArraySlice<Int32>, into target: UnsafeMutablePointer<Double>) {
    precondition(j >= 0 && j < columns)
    var place = 0
    unsafe withMemory { memory in
      let isDouble = precision == .double
      var piece = piece(at: 0)
      for index in indices {
        let row = Int(index)
        if !piece.rows.contains(row) { piece = self.piece(at: row / chunkRows * chunkRows) }
        let element = piece.first + j * piece.stride + (row - piece.rows.lowerBound)
        unsafe target[place] =
          unsafe isDouble
          ? memory.assumingMemoryBound(to: Double.self)[element]
          : Double(memory.assumingMemoryBound(to: Float.self)[element])
        place += 1
      }
    }
  }

  /// Runs `body` for each stretch of each column that lies in one piece, chunk after chunk, and returns what it
  /// gives column by column in the order of the rows.
  public func mapStretches<Result: Sendable>(
    threads: Int, _ body: @Sendable (_ column: Int, _ rows: Range<Int>) -> Result
  ) -> [[Result]] {
    let chunks = chunks
    let results = mapBlocks(count: chunks.count * columns, threads: threads) { block in
      let chunk = chunks[block / columns]
      defer { if block % columns == columns - 1 { release(chunk) } }
      return body(block % columns, chunk)
    }
    return (0..<columns).map { j in chunks.indices.map { results[$0 * columns + j] } }
  }

  /// All columns, neither centered nor scaled.
  private var asTheyAre: StandardizedColumns {
    StandardizedColumns(
      self, columns: Array(0..<columns), centers: [Double](repeating: 0, count: columns),
      inverseScales: [Double](repeating: 1, count: columns))
  }

  /// A x.
  public func times(_ vector: [Double]) -> [Double] {
    precondition(vector.count == columns, "a factor needs a number for each column")
    if case .doubles(let values) = storage {
      return Matrix(rows: rows, columns: columns, values: values).times(vector)
    }
    var result = [Double](repeating: 0, count: rows)
    asTheyAre.predictors(0..<rows, [0] + vector, into: &result)
    return result
  }

  /// Aᵀ x.
  public func transposedTimes(_ vector: [Double]) -> [Double] {
    precondition(vector.count == rows, "a factor needs a number for each row")
    if case .doubles(let values) = storage {
      return Matrix(rows: rows, columns: columns, values: values).transposedTimes(vector)
    }
    var result = [Double](repeating: 0, count: columns + 1)
    asTheyAre.accumulateTransposed(0..<rows, vector, into: &result)
    return Array(result.dropFirst())
  }

  /// The rows `step` · 8 k … `step` · 8 k + 7 in memory: every `step`-th row, in eights, so that one cache line in
  /// `step` is read.
  public func everyRow(_ step: Int, threads: Int) -> Matrix {
    precondition(step > 0)
    let count = Self.everyRow(step, of: rows).count
    let values = unsafe [Double](unsafeUninitializedCapacity: count * columns) { buffer, initialized in
      if let start = buffer.baseAddress {
        nonisolated(unsafe) let target = unsafe start
        _ = mapStretches(threads: threads) { j, range in
          switch precision {
          case .double: unsafe sample(Double.self, step, j, range, into: target + j * count)
          case .single: unsafe sample(Float.self, step, j, range, into: target + j * count)
          }
        }
      }
      initialized = count * columns
    }
    return Matrix(rows: count, columns: columns, values: values)
  }

  /// The sampled among the rows of `range`, which is one chunk of whole eights.
  private func sample<Scalar: LaneScalar>(
    _: Scalar.Type, _ step: Int, _ j: Int, _ range: Range<Int>, into target: UnsafeMutablePointer<Double>
  ) {
    let piece = piece(at: range.lowerBound)
    unsafe withMemory { memory in
      let source = unsafe piece.column(j, in: memory, of: Scalar.self)
      let distance = step * 8
      var first = (range.lowerBound + distance - 1) / distance * distance
      while first < range.upperBound {
        let place = first - range.lowerBound
        for i in 0..<min(8, range.upperBound - first) {
          unsafe target[first / step + i] = Double(source[place + i])
        }
        first += distance
      }
    }
  }

  /// The rows that ``everyRow(_:threads:)`` takes.
  public static func everyRow(_ step: Int, of rows: Int) -> [Int] {
    precondition(step > 0)
    return stride(from: 0, to: rows, by: step * 8).flatMap { $0..<min($0 + 8, rows) }
  }

  /// Rows that lie in one chunk.
  struct Piece {
    let rows: Range<Int>
    /// The number of the first row's first element.
    let first: Int
    /// Elements from a column to the next.
    let stride: Int

    @unsafe func column<Scalar>(_ j: Int, in memory: UnsafeRawPointer, of: Scalar.Type)
      -> UnsafePointer<Scalar>
    {
      unsafe memory.assumingMemoryBound(to: Scalar.self) + (first + j * stride)
    }
  }

  /// From `row` to the end of its chunk.
  private func piece(at row: Int) -> Piece {
    let start = row / chunkRows * chunkRows
    let end = min(start + chunkRows, rows)
    return Piece(rows: row..<end, first: start * columns + (row - start), stride: end - start)
  }

  /// Cuts a range of rows where chunks end.
  @inline(__always)
  func forEachPiece(of range: Range<Int>, _ body: (Piece) -> Void) {
    var row = range.lowerBound
    while row < range.upperBound {
      let whole = piece(at: row)
      let end = min(whole.rows.upperBound, range.upperBound)
      body(Piece(rows: row..<end, first: whole.first, stride: whole.stride))
      row = end
    }
  }

  /// Calls `body` with where the numbers begin.
  @inline(__always)
  func withMemory<Result>(_ body: (UnsafeRawPointer) -> Result) -> Result {
    switch storage {
    case .doubles(let values): return unsafe values.withUnsafeBytes { unsafe body($0.start) }
    case .singles(let values): return unsafe values.withUnsafeBytes { unsafe body($0.start) }
    case .mapped(let file): return unsafe body(file.numbers)
    }
  }

  /// Tells that a pass is done with these rows: a chunk of a file that ends among them need not stay in memory.
  public func release(_ range: Range<Int>) {
    guard case .mapped(let file) = storage else { return }
    let end = range.upperBound == rows ? rows : range.upperBound / chunkRows * chunkRows
    let start = range.lowerBound / chunkRows * chunkRows
    let bytes = columns * precision.rawValue
    if start < end { file.release(start * bytes..<end * bytes) }
  }
}

extension UnsafeRawBufferPointer {
  /// Where it begins; a place that is never read where it is empty.
  @inline(__always)
  fileprivate var start: UnsafeRawPointer { unsafe baseAddress ?? UnsafeRawPointer(bitPattern: 64)! }
}
