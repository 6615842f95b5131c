import Foundation

/// Asked once: Foundation reads four files for it each time, and every command that is made has it as a default.
enum Processors {
  static let count = ProcessInfo.processInfo.activeProcessorCount
}
