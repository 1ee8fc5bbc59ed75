/// A host that passes everything on, and keeps what a cell shows as text while somebody wants it.
final class OutputTap: Host {
  private let host: any Host
  /// Whether texts are kept.
  var isOpen = false
  /// The offset in the cell's source of what is running.
  var position: () -> Int? = { nil }
  private var parts: [(offset: Int?, text: String)] = []
  private var size = 0

  /// Bytes of output that are kept of a cell.
  private static let limit = 1 << 20

  init(_ host: any Host) { self.host = host }

  func show(_ output: Output) {
    host.show(output)
    guard isOpen else { return }
    switch output {
    case .value(let value): keep(Display.text(value))
    case .text(let text): keep(text)
    case .note(let text): keep("note: \(text)")
    }
  }

  private func keep(_ text: String) {
    guard size <= OutputTap.limit else { return }
    size += text.utf8.count + 1
    parts.append((position(), size <= OutputTap.limit ? text : "..."))
  }

  /// What was shown since the last call, and where the statements stand that showed it.
  func take() -> [(offset: Int?, text: String)] {
    defer {
      parts = []
      size = 0
    }
    return parts
  }

  func read(_ path: String) throws(Diagnostic) -> [UInt8] { try host.read(path) }
  func write(_ bytes: [UInt8], to path: String) throws(Diagnostic) { try host.write(bytes, to: path) }
  func seconds() -> Double { host.seconds() }
  func date() -> Double { host.date() }
  func report(_ progress: Progress) { host.report(progress) }
}
