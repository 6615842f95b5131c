#if canImport(Glibc)
  import CThreads
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Processors that a thread may run on.
///
/// Threads that work together are dealt one share each. Linux puts a thread that starts or wakes on an idle processor,
/// but in a virtual machine takes one that sleeps for one that the host has given to others (`vcpu_is_preempted`), and
/// queues the thread behind the one that woke it until a tick of the scheduler finds it, up to 4 ms later. A fit of
/// 100,000 × 30 took 35 ms for it, and takes 22. Where the system cannot tell or refuses, threads run where they run.
struct ProcessorSet: Sendable {
  #if canImport(Glibc)
    private var set = cpu_set_t()
    private static let size = MemoryLayout<cpu_set_t>.size

    static var ofThisThread: ProcessorSet? {
      var processors = ProcessorSet()
      let status = unsafe pthread_getaffinity_np(pthread_self(), size, &processors.set)
      return status == 0 ? processors : nil
    }

    var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

    /// So many disjoint shares, at most one a processor; the first has the one that this thread is on.
    func dealt(among count: Int) -> [ProcessorSet] {
      let numbers = numbers
      precondition(count <= numbers.count)
      let current = numbers.firstIndex(of: Int(sched_getcpu())) ?? 0
      return (0..<count).map { share in
        var processors = ProcessorSet()
        for place in numbers.count * share / count..<numbers.count * (share + 1) / count {
          processors.insert(numbers[(current + place) % numbers.count])
        }
        return processors
      }
    }

    private var words: [UInt64] {
      unsafe withUnsafeBytes(of: set) { unsafe Array($0.bindMemory(to: UInt64.self)) }
    }

    private var numbers: [Int] {
      words.enumerated().flatMap { place, word in
        word == 0 ? [] : (0..<64).filter { word & 1 << UInt64($0) != 0 }.map { place * 64 + $0 }
      }
    }

    private mutating func insert(_ number: Int) {
      unsafe withUnsafeMutableBytes(of: &set) { bytes in
        let words = unsafe bytes.bindMemory(to: UInt64.self)
        unsafe words[number / 64] |= 1 << UInt64(number % 64)
      }
    }

    func apply(to attributes: inout pthread_attr_t) {
      var set = set
      unsafe pthread_attr_setaffinity_np(&attributes, Self.size, &set)
    }

    func bind(_ thread: pthread_t) {
      var set = set
      unsafe pthread_setaffinity_np(thread, Self.size, &set)
    }
  #else
    static var ofThisThread: ProcessorSet? { nil }
    var count: Int { 1 }
    func dealt(among count: Int) -> [ProcessorSet] { [] }
    func apply(to attributes: inout pthread_attr_t) {}
    func bind(_ thread: pthread_t) {}
  #endif
}
