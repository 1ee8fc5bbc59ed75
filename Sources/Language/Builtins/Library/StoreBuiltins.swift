import Tensors

/// Keeping data and models under names, and looking at runs.
let storeBuiltins: [Builtin] = [
  Builtin(
    "save_dataset(name, data, note: none, source: none)", .store,
    "Keeps data under a name, as a new version, and returns the version's number.",
    convention:
      "versions are never changed; source says where the data comes from, such as a path or an address",
    example: """
      save_dataset("points", [[1, 2], [3, 4]], note: "by hand")
      #> 1
      """
  ) { call in
    var dataset = Dataset(
      name: try call.storedName(0), created: call.machine.host.date(), note: "", source: "", value: call[1])
    if !call.isMissing(2) { dataset.note = try call.string(2) }
    if !call.isMissing(3) { dataset.source = try call.string(3) }
    return .number(Double(try call.machine.store.save(dataset)))
  },
  Builtin(
    "dataset(name, version: none)", .store,
    "Data that was kept under a name: the latest version unless told otherwise.",
    example: """
      v = save_dataset("points", [[1, 2], [3, 4]])
      dataset("points")[1]
      #> [3, 4]
      """
  ) { call in
    let (name, version) = (try call.storedName(0), try call.version(1))
    let store = call.machine.store
    if let dataset = try store.dataset(named: name, version: version) {
      call.machine.inputs.append(CellInput(.dataset, name, version: dataset.version))
      return dataset.value
    }
    throw call.missing("dataset", name, version, versions: try store.datasets().map { ($0.name, $0.version) })
  },
  Builtin(
    "datasets()", .store, "Table of all versions of all datasets.",
    example: """
      v = save_dataset("points", [[1, 2], [3, 4]], note: "by hand")
      datasets()[["name", "version", "rows", "note"]]
      #> table of 1 row and 4 columns
      #>   name    version  rows  note
      #>   text        f64   f64  text
      #>   points        1     2  by hand
      """
  ) { call in
    let entries = try call.machine.store.datasets()
    func lengths(_ length: (DatasetEntry) -> Int?) throws -> Table.Column {
      .tensor(try Tensor(entries.map { length($0).map(Double.init) ?? .nan }))
    }
    return .table(
      Table(
        names: ["name", "version", "created", "rows", "columns", "note", "source"],
        columns: [
          .text(TextVector(entries.map(\.name))), try lengths(\.version),
          .text(TextVector(entries.map { StoredDate.text($0.created) })), try lengths(\.rows),
          try lengths(\.columns), .text(TextVector(entries.map(\.note))),
          .text(TextVector(entries.map(\.source))),
        ], rowCount: entries.count))
  },
  Builtin(
    "checkpoint(name, value, metrics: none)", .store,
    "Keeps a model, or anything else, under a name, as a new version, and returns the version's number.",
    convention: """
      functions are kept as source with all they need, so a model loads in any session; metrics is a record of numbers
      """,
    example: """
      checkpoint("line", (w: 2, b: 1), metrics: (loss: 0.5))
      #> 1
      """
  ) { call in
    var checkpoint = Checkpoint(
      name: try call.storedName(0), created: call.machine.host.date(), value: call.arguments[1])
    if !call.isMissing(2) {
      guard case .record(let record) = call[2] else { throw call.wrong(2, "a record of numbers") }
      for (name, value) in zip(record.layout.names, record.values) {
        guard case .number(let number)? = value.quantity?.concrete else {
          throw Diagnostic("checkpoint: the metric \(name) must be a number, not \(value.kind)", kind: .type)
        }
        checkpoint.metrics.append((name, number))
      }
    }
    return .number(Double(try call.machine.store.save(checkpoint)))
  },
  Builtin(
    "restore(name, version: none, best: none)", .store,
    "What a checkpoint kept: the latest version, one by its number, or the best by a metric.",
    convention: """
      best: "accuracy" takes the greatest value; of a metric whose name ends in loss, error, mse, mae or rmse the least
      """,
    example: """
      v = checkpoint("line", (w: 2), metrics: (loss: 0.5))
      v = checkpoint("line", (w: 3), metrics: (loss: 0.7))
      restore("line")
      #> (w: 3)
      restore("line", best: "loss")
      #> (w: 2)
      """
  ) { call in
    let (name, store) = (try call.storedName(0), call.machine.store)
    var version = try call.version(1)
    if !call.isMissing(2) {
      guard version == nil else {
        throw Diagnostic("restore: version and best exclude one another", kind: .argument)
      }
      version = try BestCheckpoint.version(of: name, by: try call.string(2), in: store)
    }
    if let checkpoint = try store.checkpoint(named: name, version: version) {
      call.machine.inputs.append(CellInput(.checkpoint, name, version: checkpoint.version))
      return checkpoint.value
    }
    let known = try store.checkpoints(named: nil).map { ($0.name, $0.version) }
    throw call.missing("checkpoint", name, version, versions: known)
  },
  Builtin(
    "checkpoints(name: none)", .store, "Table of all versions of a checkpoint, or of all checkpoints.",
    convention: "a column for each metric; nan where a version has none",
    example: """
      v = checkpoint("line", (w: 2), metrics: (loss: 0.5))
      checkpoints("line").loss
      #> [0.5]
      """
  ) { call in
    let entries = try call.machine.store.checkpoints(named: call.isMissing(0) ? nil : try call.storedName(0))
    var columns: [(String, Table.Column)] = [
      ("name", .text(TextVector(entries.map(\.name)))),
      ("version", .tensor(try Tensor(entries.map { Double($0.version) }))),
      ("created", .text(TextVector(entries.map { StoredDate.text($0.created) }))),
      ("run", .tensor(try Tensor(entries.map { $0.run.map(Double.init) ?? .nan }))),
      ("epoch", .tensor(try Tensor(entries.map { $0.epoch.map(Double.init) ?? .nan }))),
    ]
    columns += try FigureColumns.columns(entries.map(\.metrics), besides: columns.map(\.0))
    return .table(Table(names: columns.map(\.0), columns: columns.map(\.1), rowCount: entries.count))
  },
  Builtin(
    "runs(number: none)", .store, "Table of all training runs on record, or one run with its series.",
    convention: "every fit, minimize and curve_fit is put on record; a column for each final figure",
    example: """
      r = minimize(p -> (p.a - 1)^2, (a: 0))
      runs().kind
      #> ["minimize"]
      """
  ) { call in
    if !call.isMissing(0) { return try RecordedRun.value(call.count(0), in: call.machine.store) }
    let runs = try call.machine.store.runs()
    var columns: [(String, Table.Column)] = [
      ("run", .tensor(try Tensor(runs.map { Double($0.number) }))),
      ("kind", .text(TextVector(runs.map(\.kind)))),
      ("started", .text(TextVector(runs.map { StoredDate.text($0.started) }))),
      ("seconds", .tensor(try Tensor(runs.map(\.seconds)))),
      ("status", .text(TextVector(runs.map(\.status)))),
    ]
    columns += try FigureColumns.columns(runs.map(\.figures), besides: columns.map(\.0))
    return .table(Table(names: columns.map(\.0), columns: columns.map(\.1), rowCount: runs.count))
  },
]

extension Call {
  /// A name in the store, which must say something.
  fileprivate func storedName(_ position: Int) throws(Diagnostic) -> String {
    let name = try string(position)
    guard !name.isEmpty else { throw Diagnostic("\(builtin.name): the name is empty", kind: .value) }
    return name
  }

  /// The number of a version, nil for the latest.
  fileprivate func version(_ position: Int) throws(Diagnostic) -> Int? {
    isMissing(position) ? nil : try count(position)
  }

  /// The error about something that is not in the store.
  fileprivate func missing(
    _ what: String, _ name: String, _ version: Int?, versions: [(name: String, version: Int)]
  ) -> Diagnostic {
    let own = versions.filter { $0.name == name }.map(\.version)
    if let version, let last = own.max() {
      return Diagnostic(
        "there is no version \(version) of the \(what) \(Display.literal(name)); the last one is \(last)",
        kind: .name)
    }
    let nearest = NearestName.find(name, in: versions.map(\.name))
    return Diagnostic(
      "there is no \(what) \(Display.literal(name))", kind: .name,
      hint: nearest.map { "did you mean \(Display.literal($0))?" } ?? "\(what)s() lists them")
  }
}
