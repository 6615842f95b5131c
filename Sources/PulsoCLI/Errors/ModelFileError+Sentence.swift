import ModelFile
import Tables

extension ModelFileError: Complaining {
  var complaint: Complaint {
    switch self {
    case .notFound(let path):
      Complaint(
        .noInput, at: SourcePlace(file: path), "there is no such model",
        hint: "`pulso models list` shows what there is")
    case .unreadable(let path, let reason):
      Complaint(.inputOutput, at: SourcePlace(file: path), "the model cannot be read: \(reason)")
    case .notAModel(let path):
      Complaint(
        .badConfiguration, at: SourcePlace(file: path), "this is not a whole pulso model file",
        hint: "train the model again, or take the version before with `pulso models rollback NAME`")
    case .unknownFormatVersion(let path, let version):
      Complaint(
        .badConfiguration, at: SourcePlace(file: path),
        "the model has format_version \(version), and this pulso reads format_version 1 and 2",
        hint: "use the pulso that wrote it, or train the model again with this one")
    case .damaged(let path):
      Complaint(
        .badConfiguration, at: SourcePlace(file: path),
        "the model file was cut or changed: its SHA-256 is not the one that it states",
        hint: "restore it from a copy, or take the version before with `pulso models rollback NAME`")
    case .inconsistent(let path, let fact):
      Complaint(
        .badConfiguration, at: SourcePlace(file: path),
        "the model file says what cannot be: \(fact.sentence)",
        hint: "train the model again")
    }
  }
}

extension ModelFact {
  var sentence: String {
    switch self {
    case .notFinite(let what): "\(what) is not a finite number"
    case .wrongCount(let what, let found, let expected): "\(found) \(what) where there must be \(expected)"
    case .outOfRange(let what): "\(what) is out of range"
    case .repeated(let what): "\(what) stands there twice"
    case .basisDoesNotFit(let term): "the basis of term \(term) does not fit its column"
    case .notAscending(let what): "\(what) do not ascend"
    }
  }
}
