import Tensors

extension Machine {
  /// Assigns the accumulator along a path into R[a].
  @inline(never)
  func assign(
    _ frame: UnsafeMutablePointer<Frame>, _ base: UnsafeMutablePointer<Word>, _ i: Instruction, _ acc: Word
  ) throws(Diagnostic) {
    let path = frame.pointee.code.tables.paths[i.b]
    var count = 0
    for step in path.steps { if case .index(let shape) = step { count += shape.registerCount } }
    let items = (0..<count).map { takeValue(base, i.c + $0) }
    try change(base, i.a, path.steps[...], items[...], to: acc.take())
  }

  /// R[a][R[b]] = acc.
  @inline(never)
  func assignElement(_ base: UnsafeMutablePointer<Word>, _ i: Instruction, _ acc: Word) throws(Diagnostic) {
    let item = takeValue(base, i.b)
    let step = AssignmentPath.Step.index(IndexShape(items: [.value], registerCount: 1))
    try change(base, i.a, [step], [item], to: acc.take())
  }

  /// Takes the value out of its register, so that it is shared with nobody who does not count,
  /// changes it, and puts it back, whether or not the change worked.
  private func change(
    _ base: UnsafeMutablePointer<Word>, _ register: Int, _ steps: ArraySlice<AssignmentPath.Step>,
    _ items: ArraySlice<Value>, to value: Value
  ) throws(Diagnostic) {
    if base[register].isUnset { throw unset(current) }
    var target = takeValue(base, register)
    defer { base[register] = Word(packing: target) }
    try change(&target, steps, items, to: value)
  }

  func change(
    _ target: inout Value, _ steps: ArraySlice<AssignmentPath.Step>, _ items: ArraySlice<Value>,
    to value: Value
  ) throws(Diagnostic) {
    guard let step = steps.first else {
      target = value
      return
    }
    let later = steps.dropFirst()
    switch step {
    case .field(let name): try changeField(&target, name, later, items, to: value)
    case .index(let shape):
      let mine = Array(items.prefix(shape.registerCount))
      try changePart(&target, shape, mine, later, items.dropFirst(shape.registerCount), to: value)
    }
  }

  private func changeField(
    _ target: inout Value, _ name: String, _ later: ArraySlice<AssignmentPath.Step>,
    _ items: ArraySlice<Value>,
    to value: Value
  ) throws(Diagnostic) {
    if case .table(var table) = target {
      target = .none
      defer { target = .table(table) }
      return try changeColumn(&table, name, later, items, to: value)
    }
    guard case .record(var record) = target else {
      throw Diagnostic("\(target.kind) has no fields to assign to", kind: .type)
    }
    // Our copy of the reference has to be the only one for the change to happen in place.
    target = .none
    defer { target = .record(record) }
    if !isKnownUniquelyReferenced(&record) { record = try Record(record.layout, record.values) }
    guard !later.isEmpty else { return try record.set(name, to: value) }
    guard let index = record.layout.index(of: name) else {
      throw Diagnostic("the record has no field \(name)", kind: .name)
    }
    var inner = record.values[index].unfixed
    let wasFixed = if case .fixed = record.values[index] { true } else { false }
    record.values[index] = .none
    defer { record.values[index] = wasFixed ? .fixed(Fixed(inner)) : inner }
    try change(&inner, later, items, to: value)
    try record.noteDepth(of: inner)
  }

  private func changePart(
    _ target: inout Value, _ shape: IndexShape, _ mine: [Value], _ later: ArraySlice<AssignmentPath.Step>,
    _ items: ArraySlice<Value>, to value: Value
  ) throws(Diagnostic) {
    switch target {
    case .record:
      guard mine.count == 1, case .string(let name) = mine[0] else {
        throw Diagnostic("a record is indexed by the name of a field", kind: .type)
      }
      try changeField(&target, name, later, items, to: value)
    case .table:
      guard mine.count == 1, case .string(let name) = mine[0] else {
        throw Diagnostic(
          "only whole columns of a table are assigned by index", kind: .type,
          hint: "t.c[mask] = v changes some rows of a column")
      }
      try changeField(&target, name, later, items, to: value)
    case .list(var list):
      target = .none
      defer { target = .list(list) }
      if !isKnownUniquelyReferenced(&list) { list = try List(list.items) }
      guard
        case .one(let position) = try Selection(shape.items, mine, count: list.items.count, what: "the list")
      else { throw Diagnostic("the items of a list are assigned one at a time", kind: .type) }
      var inner = list.items[position]
      list.items[position] = .none
      defer { list.items[position] = inner }
      try change(&inner, later, items, to: value)
      try list.noteDepth(of: inner)
    case .text(var text):
      target = .none
      defer { target = .text(text) }
      guard later.isEmpty else { throw Diagnostic("a string cannot be changed in part", kind: .type) }
      guard
        case .one(let position) = try Selection(
          shape.items, mine, count: text.items.count, what: "the text vector")
      else { throw Diagnostic("the items of a text vector are assigned one at a time", kind: .type) }
      if !isKnownUniquelyReferenced(&text) { text = TextVector(text.items) }
      switch value {
      case .string(let string): text.items[position] = string
      case .none: text.items[position] = nil
      default: throw Diagnostic("a text vector holds strings, not \(value.kind)", kind: .type)
      }
    case .tensor, .traced:
      let entries = try self.entries(shape.items, mine)
      try changeElements(&target, entries, later, items, to: value)
    case .fixed(let fixed):
      var inner = fixed.value
      target = .none
      defer { target = .fixed(Fixed(inner)) }
      try changePart(&inner, shape, mine, later, items, to: value)
    case .none, .bool, .number, .string, .function, .figure:
      throw Diagnostic("\(target.kind) has no parts to assign to", kind: .type)
    }
  }

  private func changeElements(
    _ target: inout Value, _ entries: [IndexEntry], _ later: ArraySlice<AssignmentPath.Step>,
    _ items: ArraySlice<Value>, to value: Value
  ) throws(Diagnostic) {
    guard var quantity = target.quantity else { return }
    do {
      var replacement = value
      if !later.isEmpty {
        replacement = Value(try quantity.indexed(entries))
        try change(&replacement, later, items, to: value)
      }
      guard let elements = replacement.quantity else {
        throw Diagnostic("a tensor holds numbers, not \(replacement.kind)", kind: .type)
      }
      target = .none
      defer { target = Value(quantity) }
      try Quantity.assign(&quantity, entries, elements)
    } catch {
      throw failure(error)
    }
  }

  /// R[a] = R[a] ++ acc or append(R[a], acc), in place when nobody shares it.
  @inline(never)
  func append(_ base: UnsafeMutablePointer<Word>, _ i: Instruction, _ acc: Word) throws(Diagnostic) {
    if base[i.a].isUnset {
      acc.release()
      throw unset(current)
    }
    let item = acc.take()
    var target = takeValue(base, i.a)
    defer { base[i.a] = Word(packing: target) }
    // One pattern at a time: a switch over both would hold a second reference to the target, and every step would
    // copy it.
    do {
      if case .list(var list) = target, i.b == 1 || item.isList {
        target = .none
        defer { target = .list(list) }
        if !isKnownUniquelyReferenced(&list) { list = try List(list.items) }
        if i.b == 0, case .list(let more) = item {
          try list.append(contentsOf: more.items)
        } else {
          try list.append(contentsOf: CollectionOfOne(item))
        }
        return
      }
      if case .text(var text) = target, let more = item.appendedTexts(asOne: i.b == 1) {
        target = .none
        defer { target = .text(text) }
        if !isKnownUniquelyReferenced(&text) { text = TextVector(text.items) }
        try Growth.check(text.items.count, adding: more.count, stride: MemoryLayout<String?>.stride)
        text.items += more
        return
      }
      if i.b == 0, case .string(var text) = target, case .string(let more) = item {
        try Growth.check(text.utf8.count, adding: more.utf8.count, stride: 1)
        target = .none
        defer { target = .string(text) }
        text += more
        return
      }
      if target.isTensor, let more = item.quantity, var quantity = target.quantity,
        i.b == 1 || quantity.joinsRow(of: more)
      {
        let row = i.b == 1 ? more : try more.element(0)
        target = .none
        defer { target = Value(quantity) }
        try Quantity.append(&quantity, row)
        return
      }
      target =
        i.b == 0
        ? try Arithmetic.binary(.join, target, item)
        : try call(builtin("append"), [target, item])
    } catch {
      throw failure(error)
    }
  }
}

extension Value {
  fileprivate var isList: Bool { if case .list = self { true } else { false } }

  fileprivate var isTensor: Bool {
    switch self {
    case .tensor, .traced: true
    default: false
    }
  }

  /// The texts that a text vector grows by: those of a text vector, or a single string.
  fileprivate func appendedTexts(asOne: Bool) -> ContiguousArray<String?>? {
    switch self {
    case .text(let texts) where !asOne: texts.items
    case .string(let string) where asOne: [string]
    default: nil
    }
  }
}

extension Quantity {
  /// Whether joining with `other` is appending one row: of one dtype and one form, so that the result is the same.
  fileprivate func joinsRow(of other: Quantity) -> Bool {
    other.shape.first == 1 && dtype == other.dtype && shape.rank == other.shape.rank
      && shape.dropFirst().elementsEqual(other.shape.dropFirst())
  }
}
