import ModelFile
import Tables

extension RegistryError: Complaining {
  var complaint: Complaint {
    switch self {
    case .badName(let name):
      Complaint(
        .usage, "'\(name)' cannot be the name of a model",
        hint: "use letters, digits, _, - and ., at most 64, the first a letter, a digit or _")
    case .unknownModel(let name, let folder, let known):
      Complaint(
        .noInput, "there is no model \(name) under \(folder)",
        hint: known.isEmpty ? "run `pulso train` first" : "there are \(known.joined(separator: ", "))")
    case .unknownVersion(let name, let version, let known):
      Complaint(
        .noInput, "no single version of \(name) begins with '\(version)'",
        hint: "there are \(known.joined(separator: ", "))")
    case .noChampion(let name):
      Complaint(
        .noInput, "the model \(name) has no champion",
        hint: "make a version the champion with `pulso models promote \(name) VERSION`")
    case .badChampion(let path):
      Complaint(
        .badConfiguration, at: SourcePlace(file: path), "this file must hold one version's name",
        hint: "set it with `pulso models promote NAME VERSION`")
    case .nothingBefore(let name, let version):
      Complaint(.noInput, "no champion of \(name) came before \(version)")
    case .busy(let folder):
      Complaint(
        .inputOutput, at: SourcePlace(file: folder),
        "another pulso is writing here, and still was after the wait",
        hint: "try again when it is done")
    case .folder(let path, let reason):
      Complaint(
        .cannotCreate, at: SourcePlace(file: path), "the folder cannot be used: \(reason)",
        hint: "it must be a folder that you can write to")
    case .model(let error): error.complaint
    case .output(let error): error.complaint
    }
  }
}
