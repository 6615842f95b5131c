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

    @inline(__always)
    func part(_ x: Double) -> Double { x.isNaN ? missing : slope * x }
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
    var gathered = Set<Int>()
    for (number, input) in recipe.inputs.enumerated() {
      let own = recipe.terms.indices.filter {
        coefficients[$0] != 0 && recipe.terms[$0].factors.allSatisfy { $0.input == number }
          && program.isGathered($0, isNumber: input.kind == .numeric)
      }
      gathered.formUnion(own)
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
    self.lines = lines
    self.lookUps = lookUps
    self.parts = parts
    terms = coefficients.indices.filter { coefficients[$0] != 0 && !gathered.contains($0) }
      .map { ($0, coefficients[$0]) }
  }

  /// η of one encoded row. Allocates nothing. Cost: a nanosecond or two a part.
  public func value(_ row: Span<Double>) -> Double {
    precondition(row.count == program.inputCount, "a row has a value for each input")
    var sum = intercept
    var next = 0
    let lines = lines.span
    while next &+ 4 <= lines.count {
      // No bounds checks: `init` has seen to it that every part's input is one of the row's.
      @inline(__always) func part(_ k: Int) -> Double {
        let line = unsafe lines[unchecked: next &+ k]
        return line.part(unsafe row[unchecked: line.input])
      }
      sum += (part(0) + part(1)) + (part(2) + part(3))
      next &+= 4
    }
    while next < lines.count {
      let line = unsafe lines[unchecked: next]
      sum += line.part(unsafe row[unchecked: line.input])
      next &+= 1
    }
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

  /// The same for columns in single precision; the arithmetic is in double precision.
  public func values(
    _ columns: [[Float]], rows range: Range<Int>, into sums: inout MutableSpan<Double>,
    scratch: inout MutableSpan<Double>
  ) {
    write(columns, range, &sums, &scratch)
  }

  @inline(__always)
  private func write<Scalar: BinaryFloatingPoint>(
    _ columns: [[Scalar]], _ range: Range<Int>, _ sums: inout MutableSpan<Double>,
    _ scratch: inout MutableSpan<Double>
  ) {
    precondition(columns.count == program.inputCount, "a column for each input")
    precondition(range.lowerBound >= 0 && columns.allSatisfy { range.upperBound <= $0.count })
    precondition(range.count <= sums.count && range.count <= scratch.count)
    for offset in 0..<range.count { unsafe sums[unchecked: offset] = intercept }
    var next = 0
    while next + 4 <= lines.count {
      let (a, b, c, d) = (lines[next], lines[next + 1], lines[next + 2], lines[next + 3])
      let (first, second) = (columns[a.input], columns[b.input])
      let (third, fourth) = (columns[c.input], columns[d.input])
      let (x, y, z, w) = (first.span, second.span, third.span, fourth.span)
      for offset in 0..<range.count {
        let row = range.lowerBound &+ offset
        let left = unsafe a.part(Double(x[unchecked: row])) + b.part(Double(y[unchecked: row]))
        let right = unsafe c.part(Double(z[unchecked: row])) + d.part(Double(w[unchecked: row]))
        unsafe sums[unchecked: offset] += left + right
      }
      next += 4
    }
    for line in lines[next...] {
      let column = columns[line.input]
      let x = column.span
      for offset in 0..<range.count {
        unsafe sums[unchecked: offset] += line.part(Double(x[unchecked: range.lowerBound &+ offset]))
      }
    }
    for lookUp in lookUps {
      let column = columns[lookUp.input]
      let x = column.span
      let parts = parts.span
      for offset in 0..<range.count {
        let place = lookUp.place(of: unsafe Double(x[unchecked: range.lowerBound &+ offset]))
        unsafe sums[unchecked: offset] += parts[unchecked: place]
      }
    }
    for term in terms {
      program.write(term.index, columns, range, &scratch, 0)
      for offset in 0..<range.count {
        unsafe sums[unchecked: offset] += term.coefficient * scratch[unchecked: offset]
      }
    }
  }
}
