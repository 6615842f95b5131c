import Foundation
import ModelFile
import Testing

@Suite struct RegistryTests {
  /// 2026-03-01T02:03:04Z
  static let time: Int64 = 1_772_330_584

  @Test("a version is named by time and content, holds model and card, and is verified")
  func save() throws {
    try withRegistry { registry in
      let model = SampleModel.model()
      let version = try registry.save(
        model, card: "# card\n", extras: ["baseline.json": [1, 2]], at: Self.time)
      let hash = try #require(Model.statedHash(in: model.encoded()))
      #expect(version.version == "20260301T020304Z-" + hash.prefix(8))
      #expect(try Model(readingFrom: version.path) == model)
      #expect(try Model(readingFrom: version.folder) == model)
      #expect(try String(contentsOfFile: version.cardPath, encoding: .utf8) == "# card\n")
      #expect(FileManager.default.contents(atPath: version.folder + "/baseline.json") == Data([1, 2]))
      try registry.verify(version)
      #expect(try registry.names() == ["churn"])
      #expect(throws: RegistryError.noChampion(name: "churn")) { try registry.champion(of: "churn") }
      #expect(try registry.save(model, card: "other", at: Self.time) == version)
      #expect(try String(contentsOfFile: version.cardPath, encoding: .utf8) == "# card\n")
    }
  }

  @Test("champions: promote, roll back, promote anew")
  func champions() throws {
    try withRegistry { registry in
      let versions = try (0..<3).map { step in
        try registry.save(model(step), card: "", at: Self.time + Int64(step))
      }
      try registry.setChampion(versions[0])
      #expect(throws: RegistryError.nothingBefore(name: "churn", version: versions[0].version)) {
        try registry.rollback("churn")
      }
      try registry.setChampion(versions[1])
      try registry.setChampion(versions[1])
      #expect(try registry.champion(of: "churn") == versions[1])
      #expect(try registry.rollback("churn") == versions[0])
      #expect(try registry.champion(of: "churn") == versions[0])
      try registry.setChampion(versions[2])
      #expect(try registry.rollback("churn") == versions[0])
      #expect(try registry.version(String(versions[2].version.prefix(16)), of: "churn") == versions[2])
      #expect(
        throws: RegistryError.unknownVersion(
          name: "churn", version: "2026", known: versions.map(\.version))
      ) { try registry.version("2026", of: "churn") }
    }
  }

  @Test("pruning keeps the newest, the champion and the one before it")
  func prune() throws {
    try withRegistry { registry in
      let versions = try (0..<6).map { step in
        try registry.save(model(step), card: "", at: Self.time + Int64(step))
      }
      try registry.setChampion(versions[1])
      try registry.setChampion(versions[2])
      #expect(try registry.prune("churn", keep: 1) == [versions[0], versions[3], versions[4]])
      #expect(try registry.versions(of: "churn") == [versions[1], versions[2], versions[5]])
      #expect(try registry.rollback("churn") == versions[1])
    }
  }

  @Test("a damaged version is never made champion")
  func damaged() throws {
    try withRegistry { registry in
      let version = try registry.save(SampleModel.model(), card: "", at: Self.time)
      var bytes = try #require(FileManager.default.contents(atPath: version.path))
      bytes[bytes.count / 2] ^= 1
      try bytes.write(to: URL(fileURLWithPath: version.path))
      #expect(throws: RegistryError.self) { try registry.verify(version) }
      #expect(throws: RegistryError.self) { try registry.setChampion(version) }
      #expect(throws: RegistryError.noChampion(name: "churn")) { try registry.champion(of: "churn") }
    }
  }

  @Test(
    "names that are paths, or nothing, are refused",
    arguments: ["../x", "a/b", "", ".hidden", "-x", "a b", "ñ", String(repeating: "x", count: 65), "a\n"])
  func names(name: String) throws {
    try withRegistry { registry in
      #expect(throws: RegistryError.badName(name)) {
        try registry.save(SampleModel.model(name: name), card: "", at: Self.time)
      }
      #expect(throws: RegistryError.badName(name)) { try registry.versions(of: name) }
      #expect(throws: RegistryError.badName("../evil")) {
        try registry.save(SampleModel.model(), card: "", extras: ["../evil": []], at: Self.time)
      }
    }
  }

  @Test("a champion file that names a path is refused")
  func championPath() throws {
    try withRegistry { registry in
      try registry.setChampion(registry.save(SampleModel.model(), card: "", at: Self.time))
      let file = registry.folder + "/churn/champion"
      for text in ["../../etc", "", "20260301T020304Z-0000000g", "a\nb"] {
        try Data(text.utf8).write(to: URL(fileURLWithPath: file))
        #expect(throws: RegistryError.badChampion(path: file)) { try registry.champion(of: "churn") }
      }
    }
  }

  @Test("what a killed writer left behind is neither seen nor kept")
  func leftovers() throws {
    try withRegistry { registry in
      let version = try registry.save(model(0), card: "", at: Self.time)
      let half = registry.folder + "/churn/.20260301T020305Z-00000000.tmp"
      try FileManager.default.createDirectory(atPath: half, withIntermediateDirectories: false)
      #expect(try registry.versions(of: "churn") == [version])
      try registry.save(model(1), card: "", at: Self.time)
      #expect(!FileManager.default.fileExists(atPath: half))
    }
  }

  @Test("one writer at a time: a second one says so")
  func busy() throws {
    try withRegistry { registry in
      let version = try registry.save(model(0), card: "", at: Self.time)
      let impatient = Registry(folder: registry.folder, patience: 0.05)
      let holder = unsafe open(registry.folder + "/churn/.lock", O_RDWR)
      #expect(flock(holder, LOCK_EX) == 0)
      #expect(throws: RegistryError.busy(folder: registry.folder + "/churn")) {
        try impatient.setChampion(version)
      }
      close(holder)
      try impatient.setChampion(version)
    }
  }

  @Test("many writers at once: every version is whole and the champion is one of them")
  func concurrentWriters() async throws {
    try await withRegistry { registry in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for step in 0..<12 {
          group.addTask {
            let version = try registry.save(Self.model(step), card: "", at: Self.time + Int64(step))
            try registry.setChampion(version)
          }
        }
        try await group.waitForAll()
      }
      let versions = try registry.versions(of: "churn")
      #expect(versions.count == 12)
      for version in versions { try registry.verify(version) }
      #expect(versions.contains(try registry.champion(of: "churn")))
    }
  }

  @Test("an unknown model names the known ones; no folder means no models")
  func unknown() throws {
    try withRegistry { registry in
      #expect(try registry.names() == [])
      try FileManager.default.createDirectory(atPath: registry.folder, withIntermediateDirectories: true)
      try Data("models".utf8).write(to: URL(fileURLWithPath: registry.folder + "/README.md"))
      #expect(try registry.names() == [])
      try registry.save(SampleModel.model(), card: "", at: Self.time)
      #expect(throws: RegistryError.unknownModel(name: "x", folder: registry.folder, known: ["churn"])) {
        try registry.champion(of: "x")
      }
    }
  }

  private static func model(_ step: Int) -> Model {
    var model = SampleModel.model()
    model.intercept = Double(step)
    return model
  }

  private func model(_ step: Int) -> Model { Self.model(step) }

  private func withRegistry(_ body: (Registry) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.path + "/pulso-registry-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(Registry(folder: folder))
  }

  private func withRegistry(_ body: (Registry) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.path + "/pulso-registry-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await body(Registry(folder: folder))
  }
}
