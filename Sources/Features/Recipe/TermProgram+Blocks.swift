// Loops over blocks of rows, without bounds checks inside: the ranges are checked once at the top of each
// function. With checks the compiler does not turn them into vector instructions.

extension TermProgram {
  /// Writes a term's value for the rows `range` of `columns` to `target`, from `place` on.
  ///
  /// The shape is chosen once a block, so that the loop over the rows is plain arithmetic.
  public func evaluate(
    term: Int, _ columns: [[Double]], rows range: Range<Int>, into target: inout MutableSpan<Double>,
    at place: Int = 0
  ) {
    evaluateAny(term, columns, range, &target, place)
  }

  /// Writes intercept + Σ coefficient · term to `sums` for the rows `range`; `scratch` is as long as the range.
  ///
  /// The sums come out in the same bits as those of ``linearPredictor(_:intercept:coefficients:)``. Blocks
  /// without a missing value take half the time: `isWhole` says to try that first, and afterwards whether it
  /// came out so.
  public func accumulate(
    intercept: Double, coefficients: [Double], _ columns: [[Double]], rows range: Range<Int>,
    into sums: inout MutableSpan<Double>, scratch: inout MutableSpan<Double>, isWhole: inout Bool
  ) {
    accumulateAny(intercept, coefficients, columns, range, &sums, &scratch, &isWhole)
  }

  /// The same for columns in single precision; the arithmetic is in double precision.
  public func accumulate(
    intercept: Double, coefficients: [Double], _ columns: [[Float]], rows range: Range<Int>,
    into sums: inout MutableSpan<Double>, scratch: inout MutableSpan<Double>, isWhole: inout Bool
  ) {
    accumulateAny(intercept, coefficients, columns, range, &sums, &scratch, &isWhole)
  }

  @inline(__always)
  private func accumulateAny<Scalar: BinaryFloatingPoint>(
    _ intercept: Double, _ coefficients: [Double], _ columns: [[Scalar]], _ range: Range<Int>,
    _ sums: inout MutableSpan<Double>, _ scratch: inout MutableSpan<Double>, _ isWhole: inout Bool
  ) {
    if isWhole {
      add(intercept, coefficients, columns, range, &sums, &scratch, isWhole: true)
      // Where a value was missing, or not finite, its sum is not a number.
      var odd: UInt64 = 0
      for offset in 0..<range.count {
        let sum = unsafe sums[unchecked: offset]
        odd |= sum - sum == 0 ? 0 : 1
      }
      isWhole = odd == 0
    }
    if !isWhole { add(intercept, coefficients, columns, range, &sums, &scratch, isWhole: false) }
  }

  @inline(__always)
  private func add<Scalar: BinaryFloatingPoint>(
    _ intercept: Double, _ coefficients: [Double], _ columns: [[Scalar]], _ range: Range<Int>,
    _ sums: inout MutableSpan<Double>, _ scratch: inout MutableSpan<Double>, isWhole: Bool
  ) {
    precondition(range.count <= sums.count && range.count <= scratch.count)
    for offset in 0..<range.count { unsafe sums[unchecked: offset] = intercept }
    var term = 0
    while term < termCount {
      let coefficient = coefficients[term]
      let first = starts[term]
      if coefficient == 0 || (isWhole && isImplied(term, coefficients)) {
        term += 1
      } else if let end = levelRun(from: term) {
        addLevels(term..<end, coefficients, columns, range, &sums)
        term = end
      } else if isWhole, let four = four(from: term, coefficients, isWhole: true) {
        addFour(four, coefficients, columns, range, &sums) { coefficient, value, _ in coefficient * value }
        term = four[3] + 1
      } else if !isWhole, let four = four(from: term, coefficients, isWhole: false) {
        addFour(four, coefficients, columns, range, &sums) { coefficient, value, part in
          let product = Double(bitPattern: (coefficient * value).bitPattern & part.kept)
          return value.isNaN ? coefficient * part.fill : product
        }
        term = four[3] + 1
      } else if isWhole, isSingle(term, .identity) {
        let values = columns[steps[first].input]
        precondition(range.lowerBound >= 0 && range.upperBound <= values.count)
        let source = values.span
        for offset in 0..<range.count {
          let value = unsafe Double(source[unchecked: range.lowerBound + offset])
          unsafe sums[unchecked: offset] += coefficient * value
        }
        term += 1
      } else if starts[term + 1] == first + 1, tables[term] == nil {
        write(steps[first], columns[steps[first].input], range, &sums, 0) { $0 + coefficient * $1 }
        term += 1
      } else {
        evaluateAny(term, columns, range, &scratch, 0)
        for offset in 0..<range.count {
          unsafe sums[unchecked: offset] += coefficient * scratch[unchecked: offset]
        }
        term += 1
      }
    }
  }

  private func isSingle(_ term: Int, _ shape: Step.Shape) -> Bool {
    starts[term + 1] == starts[term] + 1 && steps[starts[term]].shape == shape
  }

  /// Whether a column is missing, right after the column as it is: where nothing is missing, it is 0, and
  /// where something is, the sum is not a number.
  private func isImplied(_ term: Int, _ coefficients: [Double]) -> Bool {
    isSingle(term, .missing) && term > 0 && coefficients[term - 1] != 0 && isSingle(term - 1, .identity)
      && steps[starts[term - 1]].input == steps[starts[term]].input
  }

  /// This term and the next three, all plain: columns as they are, or, where something may be missing, whether
  /// they are missing. Terms without a part are passed over.
  @inline(__always)
  private func four(from term: Int, _ coefficients: [Double], isWhole: Bool) -> InlineArray<4, Int>? {
    var four = InlineArray<4, Int>(repeating: 0)
    var count = 0
    var next = term
    while count < 4 {
      guard next < termCount else { return nil }
      if coefficients[next] != 0, !(isWhole && isImplied(next, coefficients)) {
        guard isSingle(next, .identity) || (!isWhole && isSingle(next, .missing)) else { return nil }
        four[count] = next
        count += 1
      }
      next += 1
    }
    return four
  }

  /// What a plain term needs: the column, what stands in for a missing value, and whether another counts.
  struct PlainPart {
    let fill: Double
    /// All bits for a column as it is, none for an indicator.
    let kept: UInt64

    init(_ step: Step) {
      fill = step.shape == .missing ? 1 : step.fill
      kept = step.shape == .missing ? 0 : .max
    }
  }

  /// Four plain terms in one pass over the sums, added in the same order as one by one.
  @inline(__always)
  private func addFour<Scalar: BinaryFloatingPoint>(
    _ terms: InlineArray<4, Int>, _ coefficients: [Double], _ columns: [[Scalar]], _ range: Range<Int>,
    _ sums: inout MutableSpan<Double>, _ part: (Double, Double, PlainPart) -> Double
  ) {
    let (s0, s1) = (steps[starts[terms[0]]], steps[starts[terms[1]]])
    let (s2, s3) = (steps[starts[terms[2]]], steps[starts[terms[3]]])
    let (p0, p1, p2, p3) = (PlainPart(s0), PlainPart(s1), PlainPart(s2), PlainPart(s3))
    let (c0, c1) = (coefficients[terms[0]], coefficients[terms[1]])
    let (c2, c3) = (coefficients[terms[2]], coefficients[terms[3]])
    let a = columns[s0.input]
    let b = columns[s1.input]
    let c = columns[s2.input]
    let d = columns[s3.input]
    let shortest = min(a.count, b.count, c.count, d.count)
    precondition(range.lowerBound >= 0 && range.upperBound <= shortest && range.count <= sums.count)
    let (aSpan, bSpan, cSpan, dSpan) = (a.span, b.span, c.span, d.span)
    for offset in 0..<range.count {
      let row = range.lowerBound + offset
      var sum = unsafe sums[unchecked: offset]
      sum += part(c0, unsafe Double(aSpan[unchecked: row]), p0)
      sum += part(c1, unsafe Double(bSpan[unchecked: row]), p1)
      sum += part(c2, unsafe Double(cSpan[unchecked: row]), p2)
      sum += part(c3, unsafe Double(dSpan[unchecked: row]), p3)
      unsafe sums[unchecked: offset] = sum
    }
  }

  /// The end of a run of at least three terms that are levels of one input.
  private func levelRun(from term: Int) -> Int? {
    guard isSingle(term, .equals) else { return nil }
    let input = steps[starts[term]].input
    var end = term + 1
    while end < termCount, isSingle(end, .equals), steps[starts[end]].input == input { end += 1 }
    return end - term >= 3 ? end : nil
  }

  /// Levels of one input: at most one of the terms is not 0, so it is looked up.
  @inline(__always)
  private func addLevels<Scalar: BinaryFloatingPoint>(
    _ terms: Range<Int>, _ coefficients: [Double], _ columns: [[Scalar]], _ range: Range<Int>,
    _ sums: inout MutableSpan<Double>
  ) {
    let levels = terms.map { steps[starts[$0]] }
    let values = columns[levels[0].input]
    precondition(range.lowerBound >= 0 && range.upperBound <= values.count && range.count <= sums.count)
    let count = levels.reduce(0) { max($0, Int($1.constant) + 1) }
    var partOf = [Double](repeating: 0, count: count)
    for (term, level) in zip(terms, levels) where level.constant >= 0 {
      partOf[Int(level.constant)] += coefficients[term]
    }
    let source = values.span
    let parts = partOf.span
    for offset in 0..<range.count {
      let value = unsafe source[unchecked: range.lowerBound + offset]
      // Missing, or a level without a term.
      guard value >= 0, value < Scalar(count) else { continue }
      let code = Int(value)
      if Scalar(code) == value { unsafe sums[unchecked: offset] += parts[unchecked: code] }
    }
  }

  @inline(__always)
  private func evaluateAny<Scalar: BinaryFloatingPoint>(
    _ term: Int, _ columns: [[Scalar]], _ range: Range<Int>, _ target: inout MutableSpan<Double>, _ place: Int
  ) {
    let first = starts[term]
    write(steps[first], columns[steps[first].input], range, &target, place) { _, new in new }
    if let table = tables[term] {
      for index in first + 1..<starts[term + 1] {
        write(steps[index], columns[steps[index].input], range, &target, place) { old, new in
          old * table.width + new
        }
      }
      for offset in place..<place + range.count where !target[offset].isNaN {
        target[offset] = table.values[Int(target[offset])]
      }
      return
    }
    for index in first + 1..<starts[term + 1] {
      write(steps[index], columns[steps[index].input], range, &target, place) { old, new in old * new }
    }
  }

  @inline(__always)
  private func write<Scalar: BinaryFloatingPoint>(
    _ step: Step, _ values: [Scalar], _ range: Range<Int>, _ target: inout MutableSpan<Double>, _ place: Int,
    _ combine: (Double, Double) -> Double
  ) {
    precondition(range.lowerBound >= 0 && range.upperBound <= values.count)
    precondition(place >= 0 && place + range.count <= target.count)
    let source = values.span
    let fill = step.fill
    let constant = step.constant
    func each(_ basis: (Double, Double) -> Double, _ target: inout MutableSpan<Double>) {
      for offset in 0..<range.count {
        let raw = unsafe Double(source[unchecked: range.lowerBound + offset])
        let old = unsafe target[unchecked: place + offset]
        unsafe target[unchecked: place + offset] = combine(old, basis(raw, raw.isNaN ? fill : raw))
      }
    }
    switch step.shape {
    case .identity: each({ $1 }, &target)
    case .signedLog: each({ signedLogarithm($1) }, &target)
    case .hinge: each({ max(0, $1 - constant) }, &target)
    case .hingeBelow: each({ max(0, constant - $1) }, &target)
    case .step: each({ $1 > constant ? 1 : ($1.isNaN ? $1 : 0) }, &target)
    case .equals: each({ $1 == constant ? 1 : 0 }, &target)
    case .missing: each({ raw, _ in raw.isNaN ? 1 : 0 }, &target)
    case .spline:
      let spline = splines[step.spline]
      each({ spline.value(at: $1) }, &target)
    case .bins:
      let knots = knots[step.spline]
      each({ bin(of: $1, in: knots) }, &target)
    case .codes: each({ raw, _ in raw >= 0 && raw < constant ? raw : constant }, &target)
    }
  }
}
