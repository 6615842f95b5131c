/// What LAPACK's INFO says, or what we found before asking it.
public enum LAPACKError: Error, Equatable, Sendable {
  /// The leading minor of this order (from 1) is not positive: its column depends on those before it.
  case notPositiveDefinite(order: Int)
  /// A triangular matrix has a zero on its diagonal at this place (from 1).
  case singular(place: Int)
  /// The eigenvalue iteration left this many off-diagonal elements.
  case notConverged(count: Int)
  /// LAPACK refused the argument at this position (from 1).
  case illegalArgument(routine: String, position: Int)
  /// A number that is not finite was about to reach LAPACK, which takes it without a word.
  case notFinite(routine: String)
}

/// The one place where an INFO becomes an error.
func check(_ info: Int32, of routine: String) throws(LAPACKError) {
  if info == 0 { return }
  if info < 0 { throw .illegalArgument(routine: routine, position: Int(info.magnitude)) }
  switch routine {
  case "dpotrf": throw .notPositiveDefinite(order: Int(info))
  case "dsyev": throw .notConverged(count: Int(info))
  default: throw .singular(place: Int(info))
  }
}

/// Refuses what LAPACK would take silently.
func checkFinite(_ values: [Double], before routine: String) throws(LAPACKError) {
  // 0 · x is 0 for finite x and NaN otherwise; one sum tells whether any was not finite.
  var sum = 0.0
  for value in values { sum += 0 * value }
  if sum != 0 { throw .notFinite(routine: routine) }
}
