import Foundation

/// What Reference/make.py wrote: values by scikit-learn, statsmodels and scipy.
struct Reference: Decodable {
  struct Calibration: Decodable {
    let intercept: Double
    let slope: Double
    let interceptSe: Double
    let slopeSe: Double
    let large: Double
    let largeSe: Double
    let weightedIntercept: Double
    let weightedSlope: Double
  }
  struct ROC: Decodable {
    let fpr: [Double]
    let tpr: [Double]
  }
  struct AtCut: Decodable {
    let precision: Double
    let recall: Double
    let f1: Double
    let mcc: Double
  }
  struct EMP: Decodable {
    let emp: Double
    let fraction: Double
  }
  struct Wilson: Decodable {
    let k: Int
    let n: Int
    let low: Double
    let high: Double
  }
  struct Bounds: Decodable {
    let low: Double
    let high: Double
  }
  struct MantelHaenszel: Decodable {
    let strata: [[Int]]
    let ratio: Double
    let low: Double
    let high: Double
  }
  struct Cohen: Decodable {
    let a: [Double]
    let b: [Double]
    let d: Double
  }
  struct Cramer: Decodable {
    let table: [[Double]]
    let v: Double
  }
  struct PSI: Decodable {
    let expected: [Double]
    let actual: [Double]
    let value: Double
  }
  struct IncompleteBeta: Decodable {
    let x: Double
    let a: Double
    let b: Double
    let value: Double
  }
  struct Isotonic: Decodable {
    let grid: [Double]
    let values: [Double]
    let weighted: [Double]
  }

  let outcomes: [Double]
  let linearPredictors: [Double]
  let second: [Double]
  let weights: [Double]
  let auc: Double
  let aucSe: Double
  let aucSecond: Double
  let differenceSe: Double
  let differenceP: Double
  let weightedAuc: Double
  let weightedAucSe: Double
  let averagePrecision: Double
  let weightedAveragePrecision: Double
  let logLoss: Double
  let weightedLogLoss: Double
  let brier: Double
  let weightedBrier: Double
  let ks: Double
  let roc: ROC
  let calibration: Calibration
  let atMinus1: AtCut
  let empDefault: EMP
  let empDear: EMP
  let empSecond: EMP
  let wilson: [Wilson]
  let ratio: Bounds
  let ratio2: Bounds
  let mantelHaenszel: MantelHaenszel
  let cohen: Cohen
  let cramer: Cramer
  let psi: PSI
  let incompleteBeta: [IncompleteBeta]
  let isotonic: Isotonic

  static let shared: Reference = {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Reference/reference.json")
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    do {
      return try decoder.decode(Reference.self, from: Data(contentsOf: file))
    } catch {
      preconditionFailure("reference.json: \(error)")
    }
  }()
}

/// Equal to within `tolerance`, relative above 1 and absolute below.
func close(_ a: Double, _ b: Double, _ tolerance: Double = 1e-12) -> Bool {
  abs(a - b) <= tolerance * max(1, abs(a), abs(b))
}
