// swift-tools-version: 6.2
import PackageDescription

// The smallest program that scores: built by ClientPackageTests to see what the product links.
let package = Package(
  name: "Client",
  dependencies: [.package(name: "Pulso", path: "../../..")],
  targets: [
    .executableTarget(name: "Client", dependencies: [.product(name: "PulsoScoring", package: "Pulso")])
  ])
