// swift-tools-version: 6.2
import PackageDescription

// What Pulso's speed is measured with: `Benchmarks/` holds the Swift side for ordo-one's plugin
// (`swift package benchmark`), `Sources/` the small programs that `peers/` runs in turn with other libraries.

let settings: [SwiftSetting] =
  [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
  ] + (Context.environment["PULSO_CPU"].map { $0.isEmpty ? [] : [.unsafeFlags(["-target-cpu", $0])] } ?? [])

let benchmark = Target.Dependency.product(name: "Benchmark", package: "benchmark")
let scoring = Target.Dependency.product(name: "PulsoScoring", package: "Pulso")
let regression = Target.Dependency.product(name: "LogisticRegression", package: "Pulso")

/// A target of the plugin, in `Benchmarks/<name>/`.
func measured(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(
    name: name, dependencies: [benchmark, "Invented"] + dependencies, path: "Benchmarks/\(name)",
    swiftSettings: settings,
    plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")])
}

let package = Package(
  name: "PulsoBenchmarks",
  dependencies: [
    .package(name: "Pulso", path: ".."),
    // Without its traits it needs no jemalloc.
    .package(url: "https://github.com/ordo-one/benchmark", exact: "1.38.1", traits: []),
  ],
  targets: [
    measured("Fit", [regression]),
    measured("Score", [scoring]),
    .target(name: "Invented", dependencies: [regression, scoring], swiftSettings: settings),
    .executableTarget(
      name: "Runner", dependencies: ["Invented", regression, scoring], swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)
