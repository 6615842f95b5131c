extension ServiceLevels {
  /// The load of one CSM behind a coverage; nil for digital, which has nobody.
  public func ratio(_ coverage: Coverage) -> CSMRatio? {
    switch coverage {
    case .dedicated: CSMRatio(dedicatedLoad)
    case .shared: CSMRatio(sharedLoad)
    case .pooled: CSMRatio(pooledLoad)
    case .digital: nil
    }
  }
}

extension CSMRatio {
  /// Nil unless the range begins above zero.
  public init?(_ load: ClosedRange<Int>) {
    self.init(fewest: Double(load.lowerBound), most: Double(load.upperBound))
  }
}
