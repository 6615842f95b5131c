import ArgumentParser
import LinearAlgebra

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// The rim: every error ends here as one line on standard error and an exit status.
@main
struct Main {
  static func main() {
    SingleThreadedBLAS.ensure()
    do {
      try FileHandles.check()
      Interruption.watch()
      var command = try Pulso.parsed()
      try command.run()
    } catch {
      exit(report(error))
    }
  }

  private static func report(_ error: any Error) -> Int32 {
    if let complaint = error as? any Complaining {
      complaint.complaint.print()
      return complaint.complaint.status.rawValue
    }
    let code = Pulso.exitCode(for: error)
    if code == .success {
      print(Pulso.fullMessage(for: error))
      return 0
    }
    if error is ExitCode { return code.rawValue }
    guard code == .validationFailure else {
      Complaint(
        .defect, "\(error)", hint: "this is a defect of pulso; please report the command and its input"
      )
      .print()
      return ExitStatus.defect.rawValue
    }
    let lines = Pulso.fullMessage(for: error).split(separator: "\n")
    let first = lines.first.map { $0.hasPrefix("Error: ") ? String($0.dropFirst(7)) : String($0) }
    Complaint(.usage, first ?? "wrong usage", hint: "see `pulso --help` or `pulso COMMAND --help`").print()
    return ExitStatus.usage.rawValue
  }
}
