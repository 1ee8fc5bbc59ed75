import Tensors

extension Machine {
  /// A field of a record or a property of a tensor.
  @inline(never)
  func field(
    _ frame: UnsafeMutablePointer<Frame>, of word: Word, _ number: Int, consume: Bool
  ) throws(Diagnostic) -> Word {
    if word.isUnset { throw unset(frame) }
    let name = frame.pointee.code.tables.names[number]
    return Word(packing: try field(name, of: consume ? word.take() : word.value))
  }

  /// A field of a record or a property of a tensor, by its name.
  func field(_ name: String, of value: Value) throws(Diagnostic) -> Value {
    switch value {
    case .record(let record):
      guard let field = record[name] else {
        let near = NearestName.find(name, in: record.layout.names)
        throw Diagnostic(
          "the record has no field \(name)", kind: .name,
          hint: near.map { "did you mean \($0)?" }
            ?? "its fields are \(record.layout.listing)")
      }
      return field
    case .tensor, .traced, .number, .bool:
      guard let quantity = value.quantity else { break }
      if let property = try property(name, of: quantity) { return property }
      throw Diagnostic(
        "\(value.kind) has no property \(name)", kind: .name,
        hint: BuiltinTable.named(name) == nil
          ? "there are shape, T, dtype, size and rank" : "\(name) is a function: \(name)(x)")
    case .table(let table): return try table.column(name).value
    case .fixed(let fixed):
      return try field(name, of: fixed.value)
    case .none, .text, .string, .list, .function, .figure: break
    }
    throw Diagnostic(
      "\(value.kind) has no field \(name)", kind: .type,
      hint: BuiltinTable.named(name) == nil ? nil : "\(name) is a function: \(name)(x)")
  }

  private func property(_ name: String, of quantity: Quantity) throws(Diagnostic) -> Value? {
    do {
      switch name {
      case "shape": return .tensor(try Tensor(quantity.shape.map(Double.init)))
      case "T": return Value(try quantity.transpose())
      case "dtype": return .string(quantity.dtype.name)
      case "size": return .number(Double(quantity.shape.count))
      case "rank": return .number(Double(quantity.shape.rank))
      default: return nil
      }
    } catch {
      throw error.diagnostic()
    }
  }

  /// R[a][acc], the register consumed when it is a temporary.
  @inline(never)
  func element(_ base: UnsafeMutablePointer<Word>, _ i: Instruction, _ acc: Word) throws(Diagnostic) -> Word {
    if base[i.a].isUnset {
      acc.release()
      throw unset(current)
    }
    if acc.isNumber, let box = base[i.a].stringBox {
      if i.c & 1 == 1 { _ = takeValue(base, i.a) }
      return try character(box, acc.number)
    }
    let target = i.c & 1 == 1 ? takeValue(base, i.a) : base[i.a].value
    if acc.isNumber, case .tensor(let tensor) = target, tensor.shape.rank == 1 {
      let number = acc.number
      let position = number < 0 ? number + Double(tensor.count) : number
      if position >= 0, position < Double(tensor.count), number == number.rounded() {
        let element = tensor[flat: Int(position)]
        return tensor.dtype == .bool ? Word(element != 0) : Word(element)
      }
    }
    return Word(packing: try read(target, [.value], [acc.take()]))
  }

  /// A character of a string, without a list of all of them.
  @inline(never)
  private func character(_ box: StringBox, _ number: Double) throws(Diagnostic) -> Word {
    let position = try Selection.checked(
      try Selection.position(number), box.positions.count, CharacterPositions.what)
    return Word(packing: .string(String(box.string[box.positions.index(of: position, in: box.string)])))
  }

  /// R[a][…] in general; c is twice the first item's register, plus 1 when the items are consumed.
  @inline(never)
  func index(
    _ frame: UnsafeMutablePointer<Frame>, _ base: UnsafeMutablePointer<Word>, _ i: Instruction
  ) throws(Diagnostic) -> Word {
    let shape = frame.pointee.code.tables.indices[i.b]
    let first = i.c >> 1
    let items = (first..<(first + shape.registerCount)).map {
      i.c & 1 == 1 ? takeValue(base, $0) : base[$0].value
    }
    return Word(packing: try read(takeValue(base, i.a), shape.items, items))
  }

  /// The part of a value that an index selects.
  private func read(
    _ target: Value, _ shape: [IndexShape.Item], _ items: [Value]
  ) throws(Diagnostic) -> Value {
    do {
      switch target {
      case .tensor, .traced, .number, .bool:
        guard let quantity = target.quantity else { break }
        return Value(try quantity.indexed(try entries(shape, items)))
      case .fixed(let fixed): return try read(fixed.value, shape, items)
      case .list(let list):
        switch try Selection(shape, items, count: list.items.count, what: "the list") {
        case .one(let position): return list.items[position].unfixed
        case .many(let positions): return .list(try List(positions.map { list.items[$0] }))
        }
      case .text(let text):
        switch try Selection(shape, items, count: text.items.count, what: "the text vector") {
        case .one(let position): return text.items[position].map { .string($0) } ?? .none
        case .many(let positions): return .text(TextVector(positions.map { text.items[$0] }))
        }
      case .string(let string):
        let characters = Array(string)
        switch try Selection(shape, items, count: characters.count, what: CharacterPositions.what) {
        case .one(let position): return .string(String(characters[position]))
        case .many(let positions): return .string(String(positions.map { characters[$0] }))
        }
      case .record(let record):
        guard shape.count == 1, items.count == 1, case .string(let name) = items[0] else {
          throw Diagnostic("a record is indexed by the name of a field", kind: .type, hint: "r[\"w\"] or r.w")
        }
        guard let field = record[name] else {
          throw Diagnostic(
            "the record has no field \(name)", kind: .name,
            hint: "its fields are \(record.layout.listing)")
        }
        return field
      case .table(let table): return try read(table, shape, items)
      case .function(let function):
        if case .builtin(let builtin) = function.body, builtin.isIndexed, items.count == 1, shape.count == 1 {
          return try callBuiltin(builtin, function, items, [])
        }
        throw Diagnostic("a function cannot be indexed", kind: .type, hint: "call it with round brackets")
      case .none, .figure: break
      }
    } catch {
      throw failure(error)
    }
    throw Diagnostic("\(target.kind) cannot be indexed", kind: .type)
  }

  /// An index in the form tensors take it.
  func entries(_ shape: [IndexShape.Item], _ items: [Value]) throws(Diagnostic) -> [IndexEntry] {
    var entries: [IndexEntry] = []
    var next = 0
    for item in shape {
      switch item {
      case .ellipsis: entries.append(.ellipsis)
      case .slice(let start, let stop, let step):
        var parts: [Int?] = []
        for isGiven in [start, stop, step] {
          guard isGiven else {
            parts.append(nil)
            continue
          }
          parts.append(try Selection.bound(items[next]))
          next += 1
        }
        entries.append(.slice(start: parts[0], stop: parts[1], step: parts[2] ?? 1))
      case .value:
        entries.append(try entry(items[next]))
        next += 1
      }
    }
    return entries
  }

  private func entry(_ value: Value) throws(Diagnostic) -> IndexEntry {
    switch value.unfixed {
    case .none: return .newAxis
    case .number(let number): return .at(try Selection.position(number))
    case .tensor(let tensor): return tensor.dtype == .bool ? .mask(tensor) : .integers(tensor)
    case .traced(let traced): return try entry(Value(Quantity.traced(traced).concrete))
    case .list:
      guard let integers = try Call.integers(value) else { break }
      do {
        return .integers(try Tensor(integers.map(Double.init)))
      } catch {
        throw error.diagnostic()
      }
    case .bool, .text, .string, .record, .table, .function, .figure, .fixed: break
    }
    throw Diagnostic(
      "an index is a number, a slice, a mask or a tensor of numbers, not \(value.kind)", kind: .index)
  }
}
