/// What depends on what among the cells that lead to a session's state.
public struct CellGraph {
  /// Why what a cell did is not what it would do now.
  public enum Reason: Equatable, Sendable {
    /// A name it read was changed in a later cell.
    case changed(name: String, in: Int)
    /// A name it read comes from a cell that is stale itself.
    case through(name: String, from: Int)
  }

  /// A cell whose results no longer are what its text gives.
  public struct StaleCell {
    /// The cell.
    public var cell: CellEntry
    /// Why, in the order of the names; at least one.
    public var reasons: [Reason]
    /// The names that it changes and reads as well, so that doing it again goes on from their present values.
    public var continued: [String]
  }

  /// A cell that a value came from.
  public struct Source {
    /// The cell.
    public var cell: CellEntry
    /// What of its changes was needed, by name.
    public var gives: [String]
    /// The data it read.
    public var inputs: [CellInput]
  }

  /// The cells in order, with what links them; failed ones have changed nothing and are left out.
  private let nodes: [(cell: CellEntry, links: CellLinks)]
  /// The position of a cell by the store's number for it.
  private let positions: [Int: Int]
  /// For every name the positions of the cells that changed it, in order.
  private let writers: [String: [Int]]

  /// The graph of cells on one path, the oldest first, and their links.
  public init(_ cells: [CellEntry], _ links: [CellLinks]) {
    let linked = Dictionary(links.map { ($0.cell, $0) }, uniquingKeysWith: { first, _ in first })
    nodes = cells.filter { $0.status == .ok }.map { ($0, linked[$0.id] ?? CellLinks(cell: $0.id)) }
    var positions: [Int: Int] = [:]
    var writers: [String: [Int]] = [:]
    for (position, node) in nodes.enumerated() {
      positions[node.cell.id] = position
      for write in node.links.writes { writers[write.name, default: []].append(position) }
    }
    self.positions = positions
    self.writers = writers
  }
}

extension CellGraph {
  /// The number of the cell that gave a name its present value; nil when none did.
  public func changed(_ name: String) -> Int? { writers[name]?.last.map { nodes[$0].cell.number } }

  /// The cells whose results would come out differently now, in order.
  ///
  /// A cell of which nothing is left is not among them: everything it changed was changed again and it showed
  /// nothing, or a later one repeats its text. Neither are definitions, which look names up when they are called.
  public func stale() -> [StaleCell] {
    var stale: [Int: StaleCell] = [:]
    let repetitions = Dictionary(nodes.enumerated().map { ($1.cell.source, $0) }, uniquingKeysWith: max)
    for (position, node) in nodes.enumerated() {
      let changes = Set(node.links.writes.map(\.name))
      guard repetitions[node.cell.source] == position,
        !node.cell.output.isEmpty || changes.contains(where: { writers[$0]?.last == position })
      else { continue }
      let reads = node.links.reads.filter { !$0.isDeferred }
      let reasons = reads.compactMap {
        reason(of: $0, at: position, isChanged: changes.contains($0.name), stale)
      }
      guard !reasons.isEmpty else { continue }
      stale[position] = StaleCell(
        cell: node.cell, reasons: reasons, continued: reads.map(\.name).filter(changes.contains))
    }
    return stale.sorted { $0.key < $1.key }.map(\.value)
  }

  /// Why a read makes a cell stale; nil when it does not.
  private func reason(
    of read: CellRead, at position: Int, isChanged: Bool, _ stale: [Int: StaleCell]
  ) -> Reason? {
    let origin = origin(of: read, at: position)
    if !isChanged, let latest = writers[read.name]?.last, latest > position,
      value(of: read.name, at: latest) != origin.flatMap({ value(of: read.name, at: $0) })
    {
      return .changed(name: read.name, in: nodes[latest].cell.number)
    }
    guard let origin, stale[origin] != nil else { return nil }
    return .through(name: read.name, from: nodes[origin].cell.number)
  }

  /// The cell that a read name or shown value came from.
  private func origin(of read: CellRead, at position: Int) -> Int? {
    if let writer = read.writer { return positions[writer] }
    if read.name == "ans" { return nodes[..<position].lastIndex { !$0.cell.output.isEmpty } }
    guard read.name.hasPrefix("out["), let number = Int(read.name.dropFirst(4).dropLast()) else { return nil }
    return nodes[..<position].lastIndex { $0.cell.number == number }
  }

  /// The store's number for the value that a cell gave a name; a removed name has none.
  private func value(of name: String, at position: Int) -> Int? {
    nodes[position].links.writes.first { $0.name == name }?.value
  }

  /// The cells that the present value of a name came from, in order; empty when no cell changed it.
  public func sources(of name: String) -> [Source] {
    guard let last = writers[name]?.last else { return [] }
    var gives: [Int: Set<String>] = [last: [name]]
    var waiting = [last]
    while let position = waiting.popLast() {
      for read in nodes[position].links.reads {
        guard let origin = origin(of: read, at: position) else { continue }
        if gives[origin] == nil { waiting.append(origin) }
        gives[origin, default: []].insert(read.name)
      }
    }
    return gives.sorted { $0.key < $1.key }.map { position, names in
      Source(cell: nodes[position].cell, gives: names.sorted(), inputs: nodes[position].links.inputs)
    }
  }
}

extension Session {
  /// What depends on what among the cells that lead to the present state.
  public func graph() throws(Diagnostic) -> CellGraph {
    guard let history else { throw Diagnostic("this session is not recorded", kind: .value) }
    let path = try history.path()
    guard let head = path.last else { return CellGraph([], []) }
    return CellGraph(path, try store.links(upTo: head.id))
  }
}
