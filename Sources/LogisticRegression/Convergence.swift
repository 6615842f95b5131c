/// The certificate that comes with every fit: what was reached, and how healthy the system was.
public struct Convergence: Equatable, Sendable {
  public enum Solver: String, Equatable, Sendable {
    /// Newton's method by Cholesky, with line search.
    case newton
    /// Newton's method whose quadratic models are solved by coordinate descent.
    case coordinateDescent = "coordinate_descent"
    /// Fisher scoring on the score modified by Jeffreys' prior.
    case firth
  }

  public var solver: Solver
  public var iterations: Int
  /// Largest element of the gradient of the mean objective, per standard deviation of the term; for an
  /// element that the penalty or a bound holds, its distance from the subdifferential.
  public var gradientNorm: Double
  /// √(gᵀ H⁻¹ g) of the mean objective: its excess over the minimum is half the square of this.
  public var newtonDecrement: Double
  /// Condition of the equilibrated Hessian in the 1-norm (estimated).
  public var conditionNumber: Double

  public init(
    solver: Solver, iterations: Int, gradientNorm: Double, newtonDecrement: Double, conditionNumber: Double
  ) {
    self.solver = solver
    self.iterations = iterations
    self.gradientNorm = gradientNorm
    self.newtonDecrement = newtonDecrement
    self.conditionNumber = conditionNumber
  }
}
