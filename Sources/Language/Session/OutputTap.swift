/// A host that passes everything on, and keeps what a cell shows as text while somebody wants it.
final class OutputTap: Host {
  private let host: any Host
  /// Whether texts are kept.
  var isOpen = false
  /// Whether nothing is passed on or kept of what is shown, while a cell is evaluated only for its time.
  var isMuted = false
  /// The offset in the cell's source of what is running.
  var position: () -> Int? = { nil }
  private var parts: [(offset: Int?, text: String, svg: String?)] = []
  private var size = 0
  private var files: [CellInput] = []

  /// Bytes of output that are kept of a cell.
  private static let limit = 4 << 20

  init(_ host: any Host) { self.host = host }

  func show(_ output: Output) {
    guard !isMuted else { return }
    host.show(output)
    guard isOpen else { return }
    switch output {
    case .value(let value):
      for part in Display.parts(value) {
        switch part {
        case .text(let text): keep(text)
        case .figure(let figure): keep(figure.picture().text, svg: figure.svg())
        }
      }
    case .text(let text): keep(text)
    case .note(let text): keep("note: \(text)")
    }
  }

  private func keep(_ text: String, svg: String? = nil) {
    guard size <= OutputTap.limit else { return }
    size += text.utf8.count + (svg?.utf8.count ?? 0) + 1
    parts.append(size <= OutputTap.limit ? (position(), text, svg) : (position(), "...", nil))
  }

  /// What was shown since the last call, and where the statements stand that showed it.
  func take() -> [(offset: Int?, text: String, svg: String?)] {
    defer {
      parts = []
      size = 0
    }
    return parts
  }

  /// The data that was read since the last call, each once: files, and what is `known` besides.
  func takeInputs(and known: [CellInput]) -> [CellInput] {
    defer { files = [] }
    var seen: Set<CellInput> = []
    return (files + known).filter { seen.insert($0).inserted }
  }

  func read(_ path: String) throws(Diagnostic) -> [UInt8] {
    let bytes = try host.read(path)
    if isOpen { files.append(CellInput(.file, path)) }
    return bytes
  }
  func write(_ bytes: [UInt8], to path: String) throws(Diagnostic) { try host.write(bytes, to: path) }
  func seconds() -> Double { host.seconds() }
  func date() -> Double { host.date() }
  func report(_ progress: Progress) {
    if !isMuted { host.report(progress) }
  }
}
