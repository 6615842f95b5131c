import StableNumerics

/// Tables over one or two binned inputs, grown by boosting on top of a given linear predictor.
///
/// Each round computes g = w(y − p) and h = w p(1 − p) once, and for every table in turn adds `rate` times a
/// small ``GridTree`` of the residuals (Lou, Caruana & Gehrke 2012; "cyclic" boosting, so that no input takes
/// the part of another). Held-out rows say when to stop. Cost a round: rows × tables.
struct TableBoosting: Sendable {
  struct Rows: Sendable {
    let outcomes: [Double]
    let weights: [Double]
    /// η before any table.
    let start: [Double]
    var eta: [Double]

    init(outcomes: [Double], weights: [Double], start: [Double]) {
      self.outcomes = outcomes
      self.weights = weights
      self.start = start
      eta = start
    }

    /// Weighted mean loss.
    var loss: Double {
      var (sum, total) = (0.0, 0.0)
      for row in outcomes.indices {
        sum += weights[row] * (log1pExp(eta[row]) - outcomes[row] * eta[row])
        total += weights[row]
      }
      return sum / total
    }
  }

  struct Component: Sendable {
    /// One or two inputs.
    let inputs: [Int]
    let tree: Grid
    /// The cell of each training and of each held-out row.
    let training: [UInt16]
    let validation: [UInt16]
    var table: [Double]

    struct Grid: Sendable {
      let height: Int
      let width: Int
      let isOrdered: [Bool]
    }
  }

  let binned: BinnedInputs
  let trainingRows: [Int]
  let validationRows: [Int]
  var training: Rows
  var validation: Rows
  var components: [Component] = []
  var rate = 0.05
  var rounds = 400
  var patience = 30
  private var gradient: [Double]
  private var curvature: [Double]

  init(
    _ binned: BinnedInputs, trainingRows: [Int], validationRows: [Int], training: Rows, validation: Rows
  ) {
    self.binned = binned
    self.trainingRows = trainingRows
    self.validationRows = validationRows
    self.training = training
    self.validation = validation
    gradient = [Double](repeating: 0, count: trainingRows.count)
    curvature = gradient
  }

  func component(_ inputs: [Int]) -> Component {
    let first = binned.inputs[inputs[0]]
    let second = inputs.count > 1 ? binned.inputs[inputs[1]] : nil
    let width = second?.binCount ?? 1
    func cells(_ rows: [Int]) -> [UInt16] {
      rows.map { row in first.bins[row] * UInt16(width) + (second?.bins[row] ?? 0) }
    }
    return Component(
      inputs: inputs,
      tree: .init(
        height: first.binCount, width: width, isOrdered: [first.isOrdered, second?.isOrdered ?? true]),
      training: cells(trainingRows), validation: cells(validationRows),
      table: [Double](repeating: 0, count: first.binCount * width))
  }

  /// Grows the components in `range` until the held-out loss has not fallen for ``patience`` rounds, and
  /// goes back to the best round.
  mutating func grow(_ range: Range<Int>, leaves: Int) {
    var best = (loss: validation.loss, round: 0, tables: components[range].map(\.table))
    for round in 1...rounds {
      differentiate()
      var hasGrown = false
      for index in range {
        let component = components[index]
        guard let tree = Self.tree(component.tree).grow(sums(component), leaves: leaves) else { continue }
        hasGrown = true
        let step = tree.values.map { rate * $0 }
        for cell in step.indices { components[index].table[cell] += step[cell] }
        Self.add(step, component.training, &training.eta)
        Self.add(step, component.validation, &validation.eta)
      }
      if !hasGrown { break }
      let loss = validation.loss
      if loss < best.loss { best = (loss, round, components[range].map(\.table)) }
      if round - best.round >= patience { break }
    }
    for (place, index) in range.enumerated() { components[index].table = best.tables[place] }
    training.eta = training.start
    validation.eta = validation.start
    for component in components {
      Self.add(component.table, component.training, &training.eta)
      Self.add(component.table, component.validation, &validation.eta)
    }
  }

  /// What a tree of four leaves would gain on each pair of inputs now.
  mutating func pairGains(_ pairs: [[Int]]) -> [Double] {
    differentiate()
    return pairs.map { pair in
      let component = component(pair)
      return Self.tree(component.tree).grow(sums(component), leaves: 4)?.gain ?? 0
    }
  }

  private static func tree(_ grid: Component.Grid) -> GridTree {
    GridTree(height: grid.height, width: grid.width, isOrdered: grid.isOrdered)
  }

  private mutating func differentiate() {
    let count = training.eta.count
    for start in stride(from: 0, to: count, by: 8) {
      var eta = SIMD8<Double>(repeating: 0)
      let lanes = min(8, count - start)
      for lane in 0..<lanes { eta[lane] = training.eta[start + lane] }
      let p = vectorExpit(eta)
      for lane in 0..<lanes {
        let weight = training.weights[start + lane]
        gradient[start + lane] = weight * (training.outcomes[start + lane] - p[lane])
        curvature[start + lane] = weight * p[lane] * (1 - p[lane])
      }
    }
  }

  private func sums(_ component: Component) -> GridTree.Sums {
    var sums = GridTree.Sums(cells: component.table.count)
    for (row, cell) in component.training.enumerated() {
      sums.gradient[Int(cell)] += gradient[row]
      sums.curvature[Int(cell)] += curvature[row]
      sums.rows[Int(cell)] += 1
    }
    return sums
  }

  private static func add(_ table: [Double], _ cells: [UInt16], _ eta: inout [Double]) {
    for (row, cell) in cells.enumerated() { eta[row] += table[Int(cell)] }
  }
}
