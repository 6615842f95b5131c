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
    write(term, columns, range, &target, place)
  }

  @inline(__always)
  func write<Scalar: BinaryFloatingPoint>(
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
