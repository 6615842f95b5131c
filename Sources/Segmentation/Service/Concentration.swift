/// How ARR and expected loss pile up from the largest account down to the end of the long tail (ECO-02, ECO-03).
public struct Concentration: Sendable, Hashable {
  /// After taking the largest `accounts` of the book.
  public struct Point: Sendable, Hashable {
    public let accounts: Double
    public let arr: Double
    public let expectedLoss: Double

    public init(accounts: Double, arr: Double, expectedLoss: Double) {
      self.accounts = accounts
      self.arr = arr
      self.expectedLoss = expectedLoss
    }
  }

  /// One end of the book.
  public struct Part: Sendable, Hashable {
    public var accounts = 0
    public var arr = 0.0
    public var expectedLoss = 0.0

    public init(accounts: Int = 0, arr: Double = 0, expectedLoss: Double = 0) {
      self.accounts = accounts
      self.arr = arr
      self.expectedLoss = expectedLoss
    }

    /// The part as customers who all pay its mean.
    public var cohort: Cohort {
      Cohort(customers: accounts, arrEach: accounts > 0 ? arr / Double(accounts) : 0)
    }
  }

  /// Shares of accounts, ARR and expected loss, from (0, 0, 0) to (1, 1, 1); at most 101.
  public let points: [Point]
  /// The fifth of the accounts that pays most, rounded to whole accounts.
  public let top: Part
  /// All others.
  public let tail: Part

  /// Accounts without a known ARR are left out; equal ARR keeps the order given. Nil without any ARR.
  public init?(_ exposures: [Exposure]) {
    let known = exposures.enumerated().filter { $0.element.arr != nil }
    let sorted = known.sorted {
      let (a, b) = ($0.element.arr ?? 0, $1.element.arr ?? 0)
      return a != b ? a > b : $0.offset < $1.offset
    }.map(\.element)
    let arr = sorted.reduce(0) { $0 + ($1.arr ?? 0) }
    let loss = sorted.reduce(0) { $0 + ($1.expectedLoss ?? 0) }
    guard arr > 0 else { return nil }

    let fifth = Int((0.2 * Double(sorted.count)).rounded())
    var (top, tail, sum) = (Part(), Part(), Part())
    var points = [Point(accounts: 0, arr: 0, expectedLoss: 0)]
    let step = max(1, (sorted.count + 99) / 100)
    for (index, exposure) in sorted.enumerated() {
      sum.add(exposure)
      if index < fifth { top.add(exposure) } else { tail.add(exposure) }
      guard sum.accounts.isMultiple(of: step) || sum.accounts == sorted.count else { continue }
      points.append(
        Point(
          accounts: Double(sum.accounts) / Double(sorted.count), arr: sum.arr / arr,
          expectedLoss: loss > 0 ? sum.expectedLoss / loss : 0))
    }
    self.points = points
    self.top = top
    self.tail = tail
  }
}

extension Concentration.Part {
  fileprivate mutating func add(_ exposure: Exposure) {
    accounts += 1
    arr += exposure.arr ?? 0
    expectedLoss += exposure.expectedLoss ?? 0
  }
}
