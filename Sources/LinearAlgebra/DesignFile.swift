#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// A design in a file, for those that memory does not hold.
///
/// Layout, in this machine's byte order: 4,096 bytes of header (eight letters "PULSODSN", then as 64-bit integers
/// version 1, bytes of a number, rows, columns, rows of a chunk; zeros), then the chunks one after the other, each
/// with its columns one after the other. Every chunk has ``chunkRows`` rows, the last what is left.
public struct DesignFile: ~Copyable {
  /// Rows of a chunk: of 30 columns in single precision it takes 8 MB.
  public static let chunkRows = 65_536
  static let headerBytes = 4096

  struct Header {
    var precision: Design.Precision
    var rows: Int
    var columns: Int
    var chunkRows: Int

    /// Bytes of all numbers.
    var bytes: Int { rows * columns * precision.rawValue }
  }

  private let path: String
  private let partial: String
  private let descriptor: Int32
  private var header: Header
  private var isOpen = true

  /// Begins a file beside `path`, to which ``finish()`` gives its name; whoever lets go before leaves nothing.
  public init(path: String, columns: Int, precision: Design.Precision) throws(DesignFileError) {
    self.path = path
    partial = path + ".partial"
    header = Header(precision: precision, rows: 0, columns: columns, chunkRows: Self.chunkRows)
    descriptor = unsafe open(partial, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    guard descriptor >= 0 else { throw .system(path: path, code: errno) }
    // The header comes last: a file without one is no design.
    guard lseek(descriptor, off_t(Self.headerBytes), SEEK_SET) >= 0 else {
      throw .system(path: path, code: errno)
    }
  }

  deinit {
    guard isOpen else { return }
    close(descriptor)
    unsafe unlink(partial)
  }

  /// Appends a chunk in double precision: an array a column, each of ``chunkRows`` numbers, in the last of fewer.
  public mutating func append(_ columns: [[Double]]) throws(DesignFileError) {
    try append(columns, .double)
  }

  /// The same in single precision.
  public mutating func append(_ columns: [[Float]]) throws(DesignFileError) {
    try append(columns, .single)
  }

  private mutating func append<Scalar: BitwiseCopyable>(
    _ columns: [[Scalar]], _ precision: Design.Precision
  ) throws(DesignFileError) {
    let count = columns.first?.count ?? 0
    precondition(
      precision == header.precision && columns.count == header.columns, "columns of the file's kind")
    precondition(columns.allSatisfy { $0.count == count } && count <= Self.chunkRows, "a chunk of rows")
    precondition(header.rows % Self.chunkRows == 0, "only the last chunk has fewer rows")
    for column in columns { try write(column) }
    header.rows += count
  }

  /// Writes the header, waits for the disk and gives the file its name.
  public consuming func finish() throws(DesignFileError) {
    let numbers = [1, header.precision.rawValue, header.rows, header.columns, header.chunkRows]
    guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw .system(path: path, code: errno) }
    try write([Self.magic] + numbers.map(Int64.init))
    guard fsync(descriptor) == 0, unsafe rename(partial, path) == 0 else {
      throw .system(path: path, code: errno)
    }
    isOpen = false
    close(descriptor)
  }

  private static let magic = Int64(0x4E53_444F_534C_5550)  // "PULSODSN", lowest byte first

  private func write<Scalar: BitwiseCopyable>(_ values: [Scalar]) throws(DesignFileError) {
    let code: Int32 = unsafe values.withUnsafeBytes { bytes in
      var rest = unsafe bytes[...]
      while unsafe !rest.isEmpty {
        let count = unsafe writeBytes(descriptor, UnsafeRawBufferPointer(rebasing: rest))
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { return errno }
        unsafe rest = rest.dropFirst(count)
      }
      return 0
    }
    guard code == 0 else { throw .system(path: path, code: code) }
  }

  /// Maps a whole file, having checked its header and its length.
  static func map(_ path: String) throws(DesignFileError) -> (Header, MappedDesign) {
    let descriptor = unsafe open(path, O_RDONLY)
    guard descriptor >= 0 else { throw .system(path: path, code: errno) }
    defer { close(descriptor) }
    var words = [Int64](repeating: 0, count: 6)
    let read = unsafe words.withUnsafeMutableBytes { unsafe pread(descriptor, $0.baseAddress, $0.count, 0) }
    guard read == 48, words[0] == magic, words[1] == 1,
      let precision = Design.Precision(rawValue: Int(words[2])),
      words[3] > 0, words[4] > 0, words[5] > 0, words[5] % 8 == 0,
      !words[3].multipliedReportingOverflow(by: words[4]).overflow, words[3] * words[4] < 1 << 58
    else { throw .notADesign(path: path) }
    let header = Header(
      precision: precision, rows: Int(words[3]), columns: Int(words[4]), chunkRows: Int(words[5]))
    let length = Int(lseek(descriptor, 0, SEEK_END))
    guard length == headerBytes + header.bytes else {
      throw .length(path: path, bytes: length, expected: headerBytes + header.bytes)
    }
    guard let mapped = unsafe mmap(nil, length, PROT_READ, MAP_SHARED, descriptor, 0),
      unsafe mapped != MAP_FAILED
    else { throw .system(path: path, code: errno) }
    unsafe madvise(mapped, length, MADV_SEQUENTIAL)
    return (header, unsafe MappedDesign(mapped, length: length))
  }
}

/// Why a file is not read or written as a design.
public enum DesignFileError: Error, Equatable, Sendable {
  /// What the system said, by its number.
  case system(path: String, code: Int32)
  /// Another kind of file, or one of another machine or version.
  case notADesign(path: String)
  /// Cut off, or longer than its header says.
  case length(path: String, bytes: Int, expected: Int)
}

/// A mapped file, given back with its last user.
@safe final class MappedDesign: Sendable {
  private nonisolated(unsafe) let start: UnsafeMutableRawPointer
  private let length: Int

  @unsafe init(_ start: UnsafeMutableRawPointer, length: Int) {
    unsafe self.start = start
    self.length = length
  }

  deinit { unsafe munmap(start, length) }

  /// Behind the header.
  @unsafe var numbers: UnsafeRawPointer { unsafe UnsafeRawPointer(start + DesignFile.headerBytes) }

  /// Lets the whole pages among these bytes of the numbers leave memory; they are read again where they are needed.
  func release(_ bytes: Range<Int>) {
    let page = sysconf(Int32(_SC_PAGESIZE))
    let first = (bytes.lowerBound + DesignFile.headerBytes + page - 1) / page * page
    let end = (bytes.upperBound + DesignFile.headerBytes) / page * page
    if first < end { unsafe madvise(start + first, end - first, MADV_DONTNEED) }
  }
}

private func writeBytes(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
  unsafe write(descriptor, bytes.baseAddress, bytes.count)
}
