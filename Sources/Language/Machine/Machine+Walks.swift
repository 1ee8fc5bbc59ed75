import Tensors

extension Machine {
  /// Starts a walk over the accumulator: integers count in two registers, the rest iterates.
  @inline(never)
  func startWalk(_ base: UnsafeMutablePointer<Word>, _ i: Instruction, _ acc: Word) throws(Diagnostic) {
    let value = acc.take()
    if case .tensor(let tensor) = value, let start = tensor.sequenceStart, tensor.dtype == .f64 {
      put(base, i.a, Word(start))
      put(base, i.a + 1, Word(start + Double(tensor.count)))
      return
    }
    guard let walk = Iteration(over: value) else {
      var hint: String?
      if case .number = value { hint = "write 0..<n to count" }
      if case .record = value { hint = "keys(r), values(r) and items(r) can be walked" }
      throw Diagnostic("\(value.kind) has no items to walk over", kind: .type, hint: hint)
    }
    put(base, i.a, Word(walk))
  }

  /// Starts counting from R[a] to the accumulator.
  @inline(never)
  func startRange(_ base: UnsafeMutablePointer<Word>, _ i: Instruction, _ acc: Word) throws(Diagnostic) {
    let (low, end) = try bounds(takeValue(base, i.a), acc.take(), closed: i.b == 1)
    put(base, i.a, Word(low))
    put(base, i.a + 1, Word(end))
  }

  @inline(never)
  func startCount(_ base: UnsafeMutablePointer<Word>, _ i: Instruction, _ acc: Word) throws(Diagnostic) {
    let value = acc.take()
    guard case .number(let count)? = value.quantity?.concrete, count == count.rounded(.down), !count.isNaN
    else {
      throw Diagnostic(
        "repeat takes a whole number, not \(value.kind == "a number" ? Display.text(value) : value.kind)",
        kind: .type)
    }
    put(base, i.a, Word(0))
    put(base, i.a + 1, Word(count))
  }

  private func put(_ base: UnsafeMutablePointer<Word>, _ register: Int, _ word: Word) {
    let old = base[register]
    base[register] = word
    old.release()
  }

  /// The integers of a range as its first and the one past its last.
  private func bounds(_ low: Value, _ high: Value, closed: Bool) throws(Diagnostic) -> (Double, Double) {
    guard case .number(let first)? = low.quantity?.concrete, case .number(let last)? = high.quantity?.concrete
    else {
      let wrong = low.quantity.map { $0.shape.rank == 0 } == true ? high : low
      throw Diagnostic("a range runs between numbers, not \(wrong.kind)", kind: .type)
    }
    if let wrong = [first, last].first(where: { $0 != $0.rounded() || !$0.isFinite }) {
      throw Diagnostic(
        "a range runs between whole numbers, not \(Display.number(wrong))", kind: .type,
        hint: "linspace(a, b, n) and range(a, b, step) give fractions")
    }
    // The number after the last one has to be exact too, or counting would never reach it.
    let limit = 0x1p53
    let greatest = closed ? limit - 1 : limit
    if let wrong = abs(first) > limit ? first : last < -limit || last > greatest ? last : nil {
      let end = wrong < 0 ? -limit : greatest
      throw Diagnostic(
        "a range \(wrong == first ? "starts" : "ends") at \(Display.number(wrong)), beyond "
          + "\(Display.number(end))", kind: .limit, hint: "whole numbers are exact up to 2^53 only")
    }
    return (first, closed ? last + 1 : last)
  }

  /// The range as a tensor without memory.
  @inline(never)
  func makeRange(_ base: UnsafeMutablePointer<Word>, _ i: Instruction, _ acc: Word) throws(Diagnostic) -> Word
  {
    let (low, end) = try bounds(takeValue(base, i.a), acc.take(), closed: i.b == 1)
    let count = max(0, end - low)
    return Word(packing: .tensor(Tensor(integersFrom: low, count: Int(count), dtype: state.precision)))
  }

  /// Binds the next item to R[b]; false after the last.
  @inline(never)
  func nextItem(_ base: UnsafeMutablePointer<Word>, _ i: Instruction) throws(Diagnostic) -> Bool {
    guard let walk = base[i.a].iteration else { return false }
    do {
      guard let item = try walk.next() else { return false }
      put(base, i.b, Word(packing: item))
      return true
    } catch {
      throw failure(error)
    }
  }

  /// Adds the accumulator to the list in R[a].
  @inline(never)
  func collect(_ base: UnsafeMutablePointer<Word>, _ i: Instruction, _ acc: Word) throws(Diagnostic) {
    let item = acc.take()
    guard case .list(let list) = base[i.a].value else { return }
    try list.append(contentsOf: CollectionOfOne(item))
  }

  @inline(never)
  func finishBracket(_ base: UnsafeMutablePointer<Word>, _ i: Instruction) throws(Diagnostic) -> Word {
    guard case .list(let list) = takeValue(base, i.a) else { return .none }
    return try bracket(Array(list.items))
  }

  private func bracket(_ items: [Value]) throws(Diagnostic) -> Word {
    do {
      return Word(packing: try BracketRule.collect(items, precision: state.precision))
    } catch {
      throw failure(error)
    }
  }

  @inline(never)
  func bracket(_ base: UnsafeMutablePointer<Word>, _ i: Instruction) throws(Diagnostic) -> Word {
    try bracket((0..<i.b).map { takeValue(base, i.a + $0) })
  }

  @inline(never)
  func list(_ base: UnsafeMutablePointer<Word>, _ i: Instruction) throws(Diagnostic) -> Word {
    Word(packing: .list(try List((0..<i.b).map { takeValue(base, i.a + $0) })))
  }

  @inline(never)
  func record(
    _ frame: UnsafeMutablePointer<Frame>, _ base: UnsafeMutablePointer<Word>, _ i: Instruction
  ) throws(Diagnostic) -> Word {
    let layout = frame.pointee.code.tables.layouts[i.b]
    return Word(packing: .record(try Record(layout, layout.names.indices.map { takeValue(base, i.a + $0) })))
  }

  /// Makes a bracket, list or record some of whose items are spread.
  @inline(never)
  func build(
    _ frame: UnsafeMutablePointer<Frame>, _ base: UnsafeMutablePointer<Word>, _ i: Instruction
  ) throws(Diagnostic) -> Word {
    let shape = frame.pointee.code.tables.builds[i.b]
    var collected: [Value] = []
    var fields: [(String, Value)] = []
    for offset in shape.names.indices {
      let value = takeValue(base, i.a + offset)
      if case .record = shape.kind {
        if let name = shape.names[offset] {
          fields.append((name, value))
        } else if case .record(let record) = value {
          fields += zip(record.layout.names, record.values).map { ($0, $1) }
        } else {
          throw Diagnostic("only a record can be spread into a record, not \(value.kind)", kind: .type)
        }
      } else if shape.isSpread[offset] {
        collected += try items(of: value, "spread")
      } else {
        collected.append(value)
      }
    }
    switch shape.kind {
    case .bracket: return try bracket(collected)
    case .list: return Word(packing: .list(try List(collected)))
    case .record: return Word(packing: .record(try Record(fields)))
    }
  }

  /// Spreads the items of the accumulator over registers.
  @inline(never)
  func unpack(_ base: UnsafeMutablePointer<Word>, _ i: Instruction, _ acc: Word) throws(Diagnostic) {
    let value = acc.take()
    let walk = try walk(over: value, "take apart")
    guard walk.count == i.b else {
      throw Diagnostic("\(i.b) names cannot take apart \(value.kind) of \(walk.count) items", kind: .value)
    }
    for (offset, item) in try rest(of: walk).enumerated() { put(base, i.a + offset, Word(packing: item)) }
  }

  @inline(never)
  func format(_ acc: Word, _ specification: Word) throws(Diagnostic) -> Word {
    let value = acc.take()
    guard case .string(let text) = specification.value else { return .none }
    if text.isEmpty { return Word(packing: .string(Display.full(value))) }
    return Word(packing: .string(try FormatSpecification.apply(text, to: value)))
  }

  @inline(never)
  func join(_ base: UnsafeMutablePointer<Word>, _ i: Instruction) throws(Diagnostic) -> Word {
    var text = ""
    for offset in 0..<i.b {
      if case .string(let part) = takeValue(base, i.a + offset) { text += part }
      guard text.utf8.count <= Storage.limit else {
        throw Diagnostic("a text of \(text.utf8.count) bytes is more than the limit", kind: .limit)
      }
    }
    return Word(packing: .string(text))
  }

  /// Makes a closure, copying what it captures.
  @inline(never)
  func closure(
    _ frame: UnsafeMutablePointer<Frame>, _ base: UnsafeMutablePointer<Word>, _ i: Instruction
  ) throws(Diagnostic) -> Word {
    let code = frame.pointee.code.tables.functions[i.b]
    var words: [Word] = []
    for (_, source) in code.captures {
      let word =
        switch source {
        case .register(let register): base[register]
        case .capture(let index): frame.pointee.function.captured(index)
        case .callee: frame.pointee.function
        }
      word.retain()
      words.append(word)
    }
    return Word(packing: .function(try Function(code, captures: Captures(words))))
  }

  @inline(never)
  func delete(_ frame: UnsafeMutablePointer<Frame>, _ i: Instruction) throws(Diagnostic) {
    if frame.pointee.isCell, i.a >= Globals.scratch {
      guard frame.pointee.code.globals.delete(i.a) else { throw unset(frame) }
      return
    }
    let old = frame.pointee.base[i.a]
    if old.isUnset { throw unset(frame) }
    frame.pointee.base[i.a] = .unset
    old.release()
  }
}
