/// The bytes of a whole file, or of a pipe up to its end.
public func fileBytes(_ path: String) throws(TableError) -> [UInt8] {
  var source = try ByteSource(.file(path))
  var size = 0
  if case .regular(_, let known) = FileType(at: path) { size = known }
  // One more, so that the end is seen without room for more.
  var bytes = [UInt8](repeating: 0, count: size + 1)
  var count = 0
  while case let found = try source.read(into: &bytes, from: count, upTo: bytes.count), found > 0 {
    count += found
    if count == bytes.count { bytes.append(contentsOf: repeatElement(0, count: count)) }
  }
  bytes.removeLast(bytes.count - count)
  return bytes
}
