#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// exp, kept inside what a drawing can show: neither 0 nor infinite.
func exponential(_ x: Double) -> Double { exp(min(max(x, -600), 600)) }
