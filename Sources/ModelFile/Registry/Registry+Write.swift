import Tables

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Registry {
  /// Writes a new version, whole or not at all; it does not become the champion by that.
  ///
  /// `extras` are further files by name (`baseline.json`). `time` is in seconds since 1970: the clock's, or
  /// that of SOURCE_DATE_EPOCH. The same model at the same time is the same version and is left as it is.
  @discardableResult
  public func save(
    _ model: Model, card: String, extras: [String: [UInt8]] = [:], at time: Int64
  ) throws(RegistryError) -> ModelReference {
    try Self.check(name: model.name)
    for name in extras.keys where !RegistryName.isModelName(name) { throw .badName(name) }
    let bytes: [UInt8]
    do {
      bytes = try model.encoded()
    } catch {
      throw .model(.inconsistent(path: path(of: model.name), fact: error))
    }
    let hash = Model.statedHash(in: bytes) ?? ""
    let version = reference(model.name, RegistryName.version(secondsSince1970: time, hash: hash))
    return try writing(model.name) { () throws(RegistryError) in
      if FileManager.default.fileExists(atPath: version.folder) { return version }
      let temporary = "\(path(of: model.name))/.\(version.version).tmp"
      do throws(OutputError) {
        try OutputFolder.create(temporary)
        try AtomicFile.write(bytes, to: temporary + "/model.json")
        try AtomicFile.write(card, to: temporary + "/card.md")
        for name in extras.keys.sorted() {
          try AtomicFile.write(extras[name] ?? [], to: "\(temporary)/\(name)")
        }
        try OutputFolder.publish(temporary, as: version.folder)
      } catch {
        try? FileManager.default.removeItem(atPath: temporary)
        throw .output(error)
      }
      return version
    }
  }

  /// Makes a version the one in use, after verifying its file. Versions that were champions after the
  /// current one and were rolled back leave the list.
  public func setChampion(_ version: ModelReference) throws(RegistryError) {
    try verify(version)
    try writing(version.name) { () throws(RegistryError) in
      var past = try championsUpToCurrent(of: version.name)
      if past.last == version.version { return }
      past.append(version.version)
      try write(champions: past, of: version.name)
    }
  }

  /// Goes back to the champion before the current one and returns it.
  @discardableResult
  public func rollback(_ name: String) throws(RegistryError) -> ModelReference {
    let current = try champion(of: name)
    return try writing(name) { () throws(RegistryError) in
      let past = try championsUpToCurrent(of: name).dropLast()
      guard let before = past.last else { throw .nothingBefore(name: name, version: current.version) }
      let version = reference(name, before)
      try verify(version)
      try write(champions: Array(past), of: name)
      return version
    }
  }

  /// Removes all but the newest `keep` versions; never the champion nor the one before it. Returns what went.
  @discardableResult
  public func prune(_ name: String, keep: Int) throws(RegistryError) -> [ModelReference] {
    let all = try versions(of: name)
    if all.isEmpty { throw .unknownModel(name: name, folder: folder, known: try names()) }
    return try writing(name) { () throws(RegistryError) in
      let needed = Set(try championsUpToCurrent(of: name).suffix(2))
      var removed: [ModelReference] = []
      for version in all.dropLast(max(0, keep)) where !needed.contains(version.version) {
        // Renamed first: a version is there as a whole or it is not.
        let temporary = "\(path(of: name))/.\(version.version).tmp"
        do throws(OutputError) {
          try OutputFolder.publish(version.folder, as: temporary)
        } catch {
          throw .output(error)
        }
        // What cannot be removed now, the next writer removes.
        try? FileManager.default.removeItem(atPath: temporary)
        removed.append(version)
      }
      return removed
    }
  }

  /// Reads a version's `model.json` and checks its hash, its content, its name and its version's name.
  public func verify(_ version: ModelReference) throws(RegistryError) {
    let model: Model
    let bytes: [UInt8]
    do throws(ModelFileError) {
      bytes = try Model.bytes(ofFile: version.path)
      model = try Model(decoding: bytes, path: version.path)
    } catch {
      throw .model(error)
    }
    let suffix = Model.statedHash(in: bytes)?.prefix(8) ?? ""
    guard model.name == version.name, version.version.hasSuffix("-\(suffix)") else {
      throw .model(.damaged(path: version.path))
    }
  }

  // MARK: One writer

  private func championsUpToCurrent(of name: String) throws(RegistryError) -> [String] {
    guard let current = try currentChampion(of: name)?.version else { return [] }
    let past = champions(of: name)
    guard let last = past.lastIndex(of: current) else { return past + [current] }
    return Array(past[...last])
  }

  /// The list first, then the one file that counts: after a crash in between, the champion is the old one
  /// and the list's further entries are ignored.
  private func write(champions: [String], of name: String) throws(RegistryError) {
    do {
      try AtomicFile.write(champions.joined(separator: "\n") + "\n", to: path(of: name) + "/champions")
      try AtomicFile.write((champions.last ?? "") + "\n", to: path(of: name) + "/champion")
    } catch {
      throw .output(error)
    }
  }

  private func writing<Result>(
    _ name: String, _ body: () throws(RegistryError) -> Result
  ) throws(RegistryError) -> Result {
    let home = path(of: name)
    do throws(OutputError) {
      try OutputFolder.create(home)
    } catch {
      throw .output(error)
    }
    let lock = try lock(home)
    return try lock.holding { () throws(RegistryError) in
      // What a killed writer left behind.
      for entry in try entries(of: home) where entry.hasPrefix(".") && entry.hasSuffix(".tmp") {
        try? FileManager.default.removeItem(atPath: "\(home)/\(entry)")
      }
      return try body()
    }
  }

  /// The lock is the file `.lock`, which stays.
  private func lock(_ home: String) throws(RegistryError) -> FileLock {
    do throws(FileLock.Failure) {
      return try FileLock(home + "/.lock", patience: patience)
    } catch {
      switch error {
      case .held: throw .busy(folder: home)
      case .system(let reason): throw .folder(path: home, reason: reason)
      }
    }
  }
}
