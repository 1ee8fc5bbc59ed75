import Glibc

@testable import Language
@testable import Persistence

/// A store in a folder of its own that is removed at the end.
final class TemporaryStore {
  let folder: String
  var path: String { folder + "/a store – ü.db" }

  init() {
    var template = Array("/tmp/nns-store-XXXXXX".utf8CString)
    let made = mkdtemp(&template)
    precondition(made != nil, "there is no room for a temporary folder")
    folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    guard let directory = opendir(folder) else { return }
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      unlink(folder + "/" + name)
    }
    closedir(directory)
    rmdir(folder)
  }

  func open() throws(Diagnostic) -> SQLiteStore {
    try SQLiteStore(path: path, environment: .init(version: "test", processor: "test", blas: "test"))
  }

  /// The store with statements failing as `fault` says.
  func open(fault: @escaping (String) -> Int32?) throws(Diagnostic) -> SQLiteStore {
    let environment = SQLiteStore.Environment(version: "test", processor: "test", blas: "test")
    return try SQLiteStore(path: path, environment: environment, fault: fault)
  }

  /// A session of the store that is recorded under a name, new or as it was left.
  func session(_ name: String) throws(Diagnostic) -> Session { try session(name, in: open()) }

  func session(
    _ name: String, in store: SQLiteStore, host: SilentHost = SilentHost()
  ) throws(Diagnostic) -> Session {
    let session = Session(host: host, store: store)
    if let entry = try store.sessions().first(where: { $0.name == name }) {
      let notes = try session.open(entry)
      if let note = notes.first { throw Diagnostic(note) }
    } else {
      try session.start(named: name)
    }
    return session
  }
}

extension Session {
  /// Evaluates cells, which must succeed.
  func run(_ cells: String...) throws(Diagnostic) {
    for cell in cells {
      switch submit(Source(name: "[\(cellNumber)]", text: cell)) {
      case .done: break
      case .incomplete: throw Diagnostic("incomplete: \(cell)")
      case .failed(let diagnostic): throw diagnostic
      }
    }
  }

  /// Every bit of the names' values, the shown values, the random stream and the precision, as text.
  func bits() throws -> [String: String] {
    var bits: [String: String] = [:]
    var values = variables
    if let answer = value(of: "ans") { values.append(("ans", answer)) }
    for cell in shown.cells {
      switch shown[cell] {
      case .memory(let value): values.append(("out[\(cell)]", value))
      case .store(let number): values.append(("out[\(cell)]", try store.value(number)))
      case .gone, nil: bits["out[\(cell)]"] = "gone"
      }
    }
    for (name, value) in values {
      let stored = try codec.encode(value, .toSession)
      let tensors = try stored.tensors.map { tensor in
        let hashes = try tensor.pieces().map { "\($0.hash)" }
        return "\(tensor.dtype) \(tensor.shape) \(hashes)"
      }
      bits[name] = stored.type + stored.structure + tensors.joined(separator: "\n")
    }
    bits["state"] = "\(machine.state)"
    return bits
  }
}
