// swift-tools-version: 6.2
import PackageDescription

// The house. One stream, one way:
//
//   Tables → Features → Fit → Model file → Score → Segment → History → Report
//
// A room may import only what its row names; this table is the architecture.
//
//   room                 may import
//   ───────────────────  ─────────────────────────────────────────────────────────
//   CLAPACK              –  (system library: OpenBLAS)
//   CThreads             –  (declarations of glibc's for the processors of a thread)
//   CVector              –  (an instruction that Swift has no word for)
//   StableNumerics       CThreads  (expit, tails, SplitMix64, fixed-order parallel blocks)
//   Calendar             –  (CalendarDate; no clock, no locale)
//   LinearAlgebra        CLAPACK, StableNumerics  (matrices; designs in memory or mapped)
//   Tables               CVector, Calendar, StableNumerics
//   SQLTables            Tables, GRDB
//   Metrics              StableNumerics
//   LogisticRegression   LinearAlgebra, StableNumerics
//   Features             Calendar, Tables, StableNumerics
//   ModelFile            Features, StableNumerics, Tables
//   Scoring              Features, ModelFile, Tables, StableNumerics
//   Training             Calendar, Features, LinearAlgebra, LogisticRegression, Metrics, ModelFile, Scoring,
//                        StableNumerics, Tables
//   Segmentation         Calendar, StableNumerics  (plain values)
//   Accounts             Segmentation, StableNumerics, Tables  (columns of an export → accounts, and back)
//   History              Calendar, Segmentation, StableNumerics, GRDB, SQLite
//   Simulation           Tables, StableNumerics
//   Configuration        Accounts, Calendar, Features, Segmentation, Training, Tables, Yams
//   Reporting            Calendar, Features, Metrics, ModelFile, Segmentation, Training, Mustache
//   PulsoCLI             all

let settings: [SwiftSetting] =
  [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .strictMemorySafety(),
  ] + (Context.environment["PULSO_WARNINGS_AS_ERRORS"] == "1" ? [.treatAllWarnings(as: .error)] : [])
  + forProcessor

/// PULSO_CPU names a processor to compile for, as `make` does with the one it runs on: "haswell" for four lanes of
/// AVX2 where any x86-64 has two; it must be one that has them. The same bytes come out, faster. Without it the package
/// has no unsafe flags.
var forProcessor: [SwiftSetting] {
  guard let name = Context.environment["PULSO_CPU"], !name.isEmpty else { return [] }
  return [.unsafeFlags(["-target-cpu", name]), .define("PULSO_AVX2")]
}

func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// `reference` is the folder of reference values and the scripts that made them; tests read it by path.
func tests(
  _ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = [],
  reference: [String] = []
) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.init(stringLiteral: name)] + dependencies,
    exclude: reference, resources: resources, swiftSettings: settings)
}

let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let logging = Target.Dependency.product(name: "Logging", package: "swift-log")

let package = Package(
  name: "Pulso",
  products: [
    .executable(name: "pulso", targets: ["PulsoCLI"]),
    .library(name: "PulsoScoring", targets: ["Scoring", "Segmentation"]),
    .library(name: "LogisticRegression", targets: ["LogisticRegression", "LinearAlgebra"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"),
  ],
  targets: [
    .systemLibrary(
      name: "CLAPACK", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev", "liblapack-dev"])]),
    .systemLibrary(name: "CThreads"),
    .systemLibrary(name: "CVector"),
    room("StableNumerics", ["CThreads"]),
    room("Calendar"),
    room("LinearAlgebra", ["CLAPACK", "StableNumerics"]),
    room("Tables", ["CVector", "Calendar", "StableNumerics"]),
    room("SQLTables", ["Tables", grdb]),
    room("Metrics", ["StableNumerics"]),
    room("LogisticRegression", ["LinearAlgebra", "StableNumerics"]),
    room("Features", ["Calendar", "Tables", "StableNumerics"]),
    room("ModelFile", ["Features", "StableNumerics", "Tables"]),
    room("Scoring", ["Features", "ModelFile", "Tables", "StableNumerics"]),
    room(
      "Training",
      [
        "Calendar", "Features", "LinearAlgebra", "LogisticRegression", "Metrics", "ModelFile", "Scoring",
        "StableNumerics", "Tables",
      ]),
    room("Segmentation", ["Calendar", "StableNumerics"]),
    room("Accounts", ["Segmentation", "StableNumerics", "Tables"]),
    room("History", ["Calendar", "Segmentation", "StableNumerics", grdb, sqlite]),
    room("Simulation", ["Tables", "StableNumerics"]),
    room("Configuration", ["Accounts", "Calendar", "Features", "Segmentation", "Training", "Tables", yams]),
    room(
      "Reporting", ["Calendar", "Features", "Metrics", "ModelFile", "Segmentation", "Training", mustache]),
    .executableTarget(
      name: "PulsoCLI",
      dependencies: [
        "Accounts", "Calendar", "Configuration", "Features", "History", "LogisticRegression", "Metrics",
        "ModelFile", "Reporting",
        "SQLTables", "Scoring", "Segmentation", "Simulation", "StableNumerics", "Tables", "Training",
        arguments, logging,
      ],
      swiftSettings: settings),

    tests("StableNumerics", reference: ["Reference"]),
    tests("LinearAlgebra", ["StableNumerics"]),
    tests("Tables", ["StableNumerics"]),
    tests("SQLTables", ["Tables"]),
    tests("Metrics", ["StableNumerics"], reference: ["Reference"]),
    tests("LogisticRegression", ["LinearAlgebra", "StableNumerics"], reference: ["Reference"]),
    tests("Features", ["Calendar", "Tables", "StableNumerics"]),
    tests("ModelFile", ["Features"]),
    tests("Scoring", ["Features", "ModelFile", "Tables", "StableNumerics"], reference: ["Client"]),
    tests(
      "Training",
      [
        "Calendar", "Features", "LinearAlgebra", "LogisticRegression", "Metrics", "ModelFile", "Scoring",
        "StableNumerics", "Tables",
      ],
      reference: ["Reference"]),
    tests("Segmentation", ["Calendar", "Configuration", "StableNumerics"]),
    tests("Accounts", ["Calendar", "Segmentation", "Tables"]),
    tests("History", ["Calendar", "Segmentation", "StableNumerics"], reference: ["Reference"]),
    tests("Simulation", ["Tables", "StableNumerics"]),
    tests(
      "Configuration",
      ["Calendar", "Tables", "Features", "Segmentation", "Simulation", "StableNumerics", "Training"],
      reference: ["Reference"]),
    tests("Reporting", ["Calendar", "Features", "ModelFile", "Segmentation", "Training"]),
    tests("PulsoCLI", ["ModelFile", "StableNumerics", "Tables"]),
  ],
  swiftLanguageModes: [.v6]
)
