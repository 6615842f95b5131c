// Loops over blocks of rows, without bounds checks inside: the ranges are checked once at the top of each
// function. With checks the compiler does not turn them into vector instructions.

/// η = intercept + Σⱼ βⱼ · termⱼ of encoded rows, made ready to run: what all terms of one input say together is
/// one part.
///
/// | part | gathers | a row costs |
/// |---|---|---|
/// | line | a number as it is, and whether it is missing | a multiplication |
/// | look-up | the levels of a text or boolean | a load |
/// | term | any other basis, and products | the basis |
///
/// A term with coefficient 0 is not looked at: no estimate, no part. A row that lacks a value which must not be
/// missing has NaN. Blocks and single rows come out in the same bits.
public struct LinearPredictor: Sendable {
  private struct Line: Sendable {
    let input: Int
    let slope: Double
    /// In place of slope · x where x is missing.
    let missing: Double

    /// A missing value makes the sum missing.
    var isPlain: Bool { missing.isNaN }

    @inline(__always)
    func part<Scalar: BinaryFloatingPoint>(_ x: Scalar) -> Scalar {
      x.isNaN ? Scalar(missing) : Scalar(slope) * x
    }
  }

  /// Four lines, two by two side by side.
  private struct FourLines: Sendable {
    private struct Pair: Sendable {
      let inputs: (Int, Int)
      let slopes: SIMD2<Double>
      /// As bits: chosen by bits, which `replacing(with:where:)` does lane by lane.
      let missing: SIMD2<UInt64>

      init(_ first: Line, _ second: Line) {
        inputs = (first.input, second.input)
        slopes = [first.slope, second.slope]
        missing = [first.missing.bitPattern, second.missing.bitPattern]
      }

      @inline(__always)
      func parts(_ row: Span<Double>) -> SIMD2<Double> {
        let x = unsafe SIMD2(row[unchecked: inputs.0], row[unchecked: inputs.1])
        let isMissing = unsafe unsafeBitCast(x .!= x, to: SIMD2<UInt64>.self)
        let products = unsafe unsafeBitCast(slopes * x, to: SIMD2<UInt64>.self)
        return unsafe unsafeBitCast(
          (products & ~isMissing) | (missing & isMissing), to: SIMD2<Double>.self)
      }
    }

    let lines: (Line, Line, Line, Line)
    private let even: Pair
    private let odd: Pair

    init(_ lines: (Line, Line, Line, Line)) {
      self.lines = lines
      even = Pair(lines.0, lines.2)
      odd = Pair(lines.1, lines.3)
    }

    var isPlain: Bool { lines.0.isPlain && lines.1.isPlain && lines.2.isPlain && lines.3.isPlain }

    /// What they say of a row that has the inputs of all; added in pairs, as blocks of rows are.
    @inline(__always)
    func part(_ row: Span<Double>) -> Double {
      let pairs = even.parts(row) + odd.parts(row)
      return pairs[0] + pairs[1]
    }
  }

  private struct LookUp: Sendable {
    let input: Int
    /// Codes from 0 on that have a part of their own.
    let codes: Double
    /// Where this input begins in `parts`: missing, any other code, then code 0, 1, ….
    let start: Int

    @inline(__always)
    func place(of x: Double) -> Int {
      guard x >= 0, x < codes else { return x.isNaN ? start : start &+ 1 }
      let code = Int(x)
      return Double(code) == x ? start &+ 2 &+ code : start &+ 1
    }
  }

  private let program: TermProgram
  private let intercept: Double
  private let fourLines: [FourLines]
  /// Those left over.
  private let lines: [Line]
  private let lookUps: [LookUp]
  private let parts: [Double]
  private let terms: [(index: Int, coefficient: Double)]

  /// `coefficients` has one for each of the recipe's terms.
  public init(_ recipe: FittedRecipe, intercept: Double, coefficients: [Double]) {
    precondition(coefficients.count == recipe.terms.count, "a coefficient for each term")
    let program = TermProgram(recipe)
    var lines: [Line] = []
    var lookUps: [LookUp] = []
    var parts: [Double] = []
    var isGathered = [Bool](repeating: false, count: coefficients.count)
    for (number, input) in recipe.inputs.enumerated() {
      let own = recipe.terms.indices.filter {
        coefficients[$0] != 0 && recipe.terms[$0].factors.allSatisfy { $0.input == number }
          && program.isGathered($0, isNumber: input.kind == .numeric)
      }
      for term in own { isGathered[term] = true }
      // What these terms say of one value; a value that must be there makes its lack felt.
      var row = [Double](repeating: 0, count: recipe.inputs.count)
      func sum(_ value: Double) -> Double {
        if value.isNaN, input.missing == .refuse { return .nan }
        row[number] = value
        return own.reduce(0) { $0 + coefficients[$1] * program.value(of: $1, row.span) }
      }
      if own.isEmpty && input.missing != .refuse { continue }
      if input.kind == .numeric {
        lines.append(Line(input: number, slope: sum(1) - sum(0), missing: sum(.nan)))
      } else {
        let codes = input.kind == .boolean ? 2 : input.levels.count + 1
        lookUps.append(LookUp(input: number, codes: Double(codes), start: parts.count))
        parts += [sum(.nan), sum(-1)] + (0..<codes).map { sum(Double($0)) }
      }
    }
    self.program = program
    self.intercept = intercept
    let whole = lines.count & ~3
    fourLines = stride(from: 0, to: whole, by: 4).map {
      FourLines((lines[$0], lines[$0 + 1], lines[$0 + 2], lines[$0 + 3]))
    }
    self.lines = Array(lines[whole...])
    self.lookUps = lookUps
    self.parts = parts
    terms = coefficients.indices.filter { coefficients[$0] != 0 && !isGathered[$0] }
      .map { ($0, coefficients[$0]) }
  }

  /// η of one encoded row. Allocates nothing. Cost: a nanosecond or two a part.
  public func value(_ row: Span<Double>) -> Double {
    precondition(row.count == program.inputCount, "a row has a value for each input")
    var sum = intercept
    // No bounds checks: `init` has seen to it that every part's input is one of the row's.
    for four in fourLines { sum += four.part(row) }
    for line in lines { sum += line.part(unsafe row[unchecked: line.input]) }
    for lookUp in lookUps { sum += parts[lookUp.place(of: unsafe row[unchecked: lookUp.input])] }
    for term in terms { sum += term.coefficient * program.value(of: term.index, row) }
    return sum
  }

  /// η of the rows `range` of encoded columns, written to `sums`; `scratch` is as long as the range.
  public func values(
    _ columns: [[Double]], rows range: Range<Int>, into sums: inout MutableSpan<Double>,
    scratch: inout MutableSpan<Double>
  ) {
    write(columns, range, &sums, &scratch)
  }

  /// The same in single precision, but for look-ups and terms, which are reckoned in double precision before they are
  /// added. It is off by at most 2⁻²³ times the number of parts and the sum |intercept| + Σ |βⱼ xⱼ|, usually by
  /// less than the columns' own rounding; coefficients must lie in the range of a Float.
  public func values(
    _ columns: [[Float]], rows range: Range<Int>, into sums: inout MutableSpan<Float>,
    scratch: inout MutableSpan<Double>
  ) {
    write(columns, range, &sums, &scratch)
  }

  @inline(__always)
  private func write<Scalar: ColumnScalar>(
    _ columns: [[Scalar]], _ range: Range<Int>, _ sums: inout MutableSpan<Scalar>,
    _ scratch: inout MutableSpan<Double>
  ) {
    precondition(columns.count == program.inputCount, "a column for each input")
    precondition(range.lowerBound >= 0 && columns.allSatisfy { range.upperBound <= $0.count })
    precondition(range.count <= sums.count && range.count <= scratch.count)
    for offset in 0..<range.count { unsafe sums[unchecked: offset] = Scalar(intercept) }
    for four in fourLines {
      // Where a missing value makes the sum missing, the multiplication does that by itself.
      if four.isPlain {
        add(four.lines, columns, range, &sums) { line, x in Scalar(line.slope) * x }
      } else {
        add(four.lines, columns, range, &sums) { line, x in
          Scalar.choose(Scalar(line.slope) * x, orWhereMissing: x, Scalar(line.missing))
        }
      }
    }
    for line in lines {
      let column = columns[line.input]
      let x = column.span
      for offset in 0..<range.count {
        unsafe sums[unchecked: offset] += line.part(x[unchecked: range.lowerBound &+ offset])
      }
    }
    for lookUp in lookUps {
      let column = columns[lookUp.input]
      let x = column.span
      let parts = parts.span
      for offset in 0..<range.count {
        let place = lookUp.place(of: unsafe Double(x[unchecked: range.lowerBound &+ offset]))
        unsafe sums[unchecked: offset] += Scalar(parts[unchecked: place])
      }
    }
    for term in terms {
      program.write(term.index, columns, range, &scratch, 0)
      for offset in 0..<range.count {
        unsafe sums[unchecked: offset] += Scalar(term.coefficient * scratch[unchecked: offset])
      }
    }
  }

  /// Adds four lines in the order of ``value(_:)``, eight rows at a time.
  @inline(__always)
  private func add<Scalar: ColumnScalar>(
    _ lines: (Line, Line, Line, Line), _ columns: [[Scalar]], _ range: Range<Int>,
    _ sums: inout MutableSpan<Scalar>, _ part: (Line, SIMD8<Scalar>) -> SIMD8<Scalar>
  ) {
    let (a, b, c, d) = lines
    let (first, second, third, fourth) = (
      columns[a.input], columns[b.input], columns[c.input], columns[d.input]
    )
    let (x, y, z, w) = (first.span, second.span, third.span, fourth.span)
    let whole = range.count & ~7
    do {
      let (xs, ys, zs, ws) = unsafe (x.bytes, y.bytes, z.bytes, w.bytes)
      var bytes = unsafe sums.mutableBytes
      for offset in stride(from: 0, to: whole, by: 8) {
        let row = range.lowerBound &+ offset
        let left = unsafe part(a, Scalar.lanes(xs, row)) + part(b, Scalar.lanes(ys, row))
        let right = unsafe part(c, Scalar.lanes(zs, row)) + part(d, Scalar.lanes(ws, row))
        let sum = unsafe Scalar.lanes(bytes.bytes, offset)
        let place = offset &* MemoryLayout<Scalar>.stride
        unsafe bytes.storeBytes(
          of: sum + (left + right), toUncheckedByteOffset: place, as: SIMD8<Scalar>.self)
      }
    }
    for offset in whole..<range.count {
      let row = range.lowerBound &+ offset
      let left =
        unsafe part(a, SIMD8(repeating: x[unchecked: row])) + part(b, SIMD8(repeating: y[unchecked: row]))
      let right =
        unsafe part(c, SIMD8(repeating: z[unchecked: row])) + part(d, SIMD8(repeating: w[unchecked: row]))
      unsafe sums[unchecked: offset] += (left + right)[0]
    }
  }
}

/// What columns in memory hold: numbers that are read eight at a time.
protocol ColumnScalar: BinaryFloatingPoint, SIMDScalar, BitwiseCopyable, Codable
where SIMD8Storage: BitwiseCopyable {
  /// `lanes`, and `other` where `x` is NaN. By bits: `replacing(with:where:)` goes lane by lane, at an eighth of the
  /// speed.
  static func choose(_ lanes: SIMD8<Self>, orWhereMissing x: SIMD8<Self>, _ other: Self) -> SIMD8<Self>
}

extension ColumnScalar {
  /// Eight numbers from the `i`-th on; unchecked.
  @inline(__always) @unsafe static func lanes(_ bytes: RawSpan, _ i: Int) -> SIMD8<Self> {
    unsafe bytes.unsafeLoadUnaligned(
      fromUncheckedByteOffset: i &* MemoryLayout<Self>.stride, as: SIMD8<Self>.self)
  }
}

extension Double: ColumnScalar {
  @inline(__always)
  static func choose(_ lanes: SIMD8<Self>, orWhereMissing x: SIMD8<Self>, _ other: Self) -> SIMD8<Self> {
    let isMissing = unsafe unsafeBitCast(x .!= x, to: SIMD8<UInt64>.self)
    let bits = unsafe unsafeBitCast(lanes, to: SIMD8<UInt64>.self)
    let chosen = (bits & ~isMissing) | (SIMD8(repeating: other.bitPattern) & isMissing)
    return unsafe unsafeBitCast(chosen, to: SIMD8<Double>.self)
  }
}

extension Float: ColumnScalar {
  @inline(__always)
  static func choose(_ lanes: SIMD8<Self>, orWhereMissing x: SIMD8<Self>, _ other: Self) -> SIMD8<Self> {
    let isMissing = unsafe unsafeBitCast(x .!= x, to: SIMD8<UInt32>.self)
    let bits = unsafe unsafeBitCast(lanes, to: SIMD8<UInt32>.self)
    let chosen = (bits & ~isMissing) | (SIMD8(repeating: other.bitPattern) & isMissing)
    return unsafe unsafeBitCast(chosen, to: SIMD8<Float>.self)
  }
}
