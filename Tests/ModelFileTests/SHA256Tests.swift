import ModelFile
import Testing

/// Vectors of FIPS 180-4 (NIST's SHA256.pdf examples) and of NIST's CAVP short messages.
@Suite struct SHA256Tests {
  @Test(
    "NIST vectors",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
    ])
  func vectors(message: String, digest: String) {
    #expect(SHA256.digest(message.utf8) == digest)
  }

  @Test("a million times a")
  func million() {
    #expect(
      SHA256.digest(repeatElement(UInt8(ascii: "a"), count: 1_000_000))
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test("in parts or at once, at every length around a block")
  func parts() {
    for count in 0...130 {
      let bytes = (0..<count).map { UInt8($0) }
      var hash = SHA256()
      hash.update(bytes.prefix(count / 3))
      hash.update(bytes.dropFirst(count / 3))
      #expect(hash.digest() == SHA256.digest(bytes))
    }
  }
}
