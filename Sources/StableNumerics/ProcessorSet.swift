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

    var count: Int {
      var count = 0
      forEach { _, _ in count += 1 }
      return count
    }

    /// Which of them this thread is on, counted from the lowest.
    var currentPlace: Int {
      let current = Int(sched_getcpu())
      var found = 0
      forEach { place, number in if number == current { found = place } }
      return found
    }

    /// One of `count` disjoint shares, `count` at most as many as there are; number 0 has the one at `first`.
    func share(_ number: Int, of count: Int, from first: Int) -> ProcessorSet {
      let all = self.count
      precondition(count <= all && number < count)
      let places = all * number / count..<all * (number + 1) / count
      var processors = ProcessorSet()
      forEach { place, number in
        if places.contains((place - first + all) % all) { processors.insert(number) }
      }
      return processors
    }

    /// Calls `body` with 0, 1, … and the numbers, which ascend.
    private func forEach(_ body: (_ place: Int, _ number: Int) -> Void) {
      var place = 0
      unsafe withUnsafeBytes(of: set) { bytes in
        let words = unsafe bytes.bindMemory(to: UInt64.self)
        for index in words.indices {
          var rest = unsafe words[index]
          while rest != 0 {
            body(place, index * 64 + rest.trailingZeroBitCount)
            rest &= rest - 1
            place += 1
          }
        }
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
    var currentPlace: Int { 0 }
    func share(_ number: Int, of count: Int, from first: Int) -> ProcessorSet { self }
    func apply(to attributes: inout pthread_attr_t) {}
    func bind(_ thread: pthread_t) {}
  #endif
}
