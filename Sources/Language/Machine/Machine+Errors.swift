extension Machine {
  /// Finds where an error continues: frames above the handler are left, its value is what was
  /// caught. Rethrows, with the place and the calls filled in, when this run has no handler.
  func unwind(
    _ error: Diagnostic, to first: UnsafeMutablePointer<Frame>
  ) throws(Diagnostic) -> UnsafeMutablePointer<Frame> {
    let error = located(error)
    let isCatchable = error.kind != .interrupted
    guard isCatchable, handlers.count > handlerFloor, let handler = handlers.popLast() else {
      leave(down: first, inclusive: true)
      handlers.removeLast(handlers.count - handlerFloor)
      throw error
    }
    leave(down: handler.frame, inclusive: false)
    handler.frame.pointee.next = handler.target
    current = handler.frame
    lastCaught = error
    let caught = try Record([("message", .string(error.message)), ("kind", .string(error.kind.rawValue))])
    pendingAccumulator = Word(packing: .record(caught))
    return handler.frame
  }

  /// The error that a record made by `catch` stands for: with everything that was known about it where it
  /// was the last one that was caught, otherwise with what the record says.
  func diagnostic(of caught: Record) throws(Diagnostic) -> Diagnostic {
    guard case .string(let message)? = caught["message"], case .string(let name)? = caught["kind"],
      let kind = Diagnostic.Kind(rawValue: name)
    else {
      throw Diagnostic(
        "error needs a message, or what was caught, not this record", kind: .type,
        hint: "what was caught has the fields message and kind")
    }
    guard var error = lastCaught, error.kind == kind, error.message.hasSuffix(message) else {
      return Diagnostic(message, kind: kind)
    }
    error.message = message
    return error
  }

  /// Opens a handler: errors below `frame` continue at `target`.
  @inline(never)
  func pushHandler(_ frame: UnsafeMutablePointer<Frame>, _ target: UnsafePointer<Instruction>) {
    handlers.append(Handler(frame: frame, target: target))
  }

  /// Closes the innermost handler.
  @inline(never)
  func popHandler() { _ = handlers.popLast() }

  /// Releases the registers of the frames that an error leaves.
  private func leave(down target: UnsafeMutablePointer<Frame>, inclusive: Bool) {
    var frame = current
    while inclusive ? frame >= target : frame > target {
      if !frame.pointee.isCell {
        for index in 0..<frame.pointee.header.pointee.registerCount {
          let word = frame.pointee.base[index]
          frame.pointee.base[index] = .unset
          word.release()
        }
      }
      frame -= 1
    }
  }

  /// The instruction a frame is at.
  private func position(in frame: UnsafeMutablePointer<Frame>) -> Int {
    max(0, frame.pointee.next - UnsafePointer(frame.pointee.header.pointee.instructions) - 1)
  }

  func place(in frame: UnsafeMutablePointer<Frame>) -> (source: Source, span: SourceSpan)? {
    let code = frame.pointee.code
    let position = position(in: frame)
    guard position < code.tables.spans.count else { return nil }
    return (code.source, code.tables.spans[position])
  }

  /// The error with its place, its label and the calls that led to it.
  ///
  /// Definitions of the prelude are not the user's business: the place is the innermost call in
  /// the user's own source.
  private func located(_ error: Diagnostic) -> Diagnostic {
    guard error.span == nil, current >= frames else { return error }
    var error = error
    var frame = current
    while frame > frames, frame.pointee.code.source.isPrelude { frame -= 1 }
    guard let place = place(in: frame) else { return error }
    error.source = place.source
    error.span = place.span
    if error.concernsLoop, let loop = innermostLoop() {
      error.hint = "differentiate fewer steps at a time of the loop `\(loop.text)` in line \(loop.line)"
    }
    if error.label == nil, frame == current { error.label = operandLabel(frame, error.operands) }
    while frame > frames {
      let caller = frame - 1
      guard !frame.pointee.isCell, let site = self.place(in: caller) else { break }
      if !site.source.isPrelude {
        error.calls.append(
          Diagnostic.Call(
            function: frame.pointee.code.name ?? "a function", source: site.source, span: site.span))
      }
      frame = caller
    }
    return error
  }

  /// The loop that is running in the innermost call, with the line it starts in.
  private func innermostLoop() -> (text: String, line: Int)? {
    var frame = current
    while frame >= frames {
      let (code, position) = (frame.pointee.code, position(in: frame))
      if !code.source.isPrelude,
        let loop = code.tables.loops.first(where: { $0.instructions.contains(position) })
      {
        let line = code.source.lineIndex(of: Int(loop.span.start)) + 1 + code.source.precedingLines
        return (shortened(code.source.text(of: loop.span)), line)
      }
      frame -= 1
    }
    return nil
  }

  /// The operands of the failed instruction by their source text: `x is [200, 3], w is [4, 1]`.
  private func operandLabel(_ frame: UnsafeMutablePointer<Frame>, _ operands: [String]) -> String? {
    guard operands.count == 2, let spans = frame.pointee.code.tables.operands[position(in: frame)] else {
      return nil
    }
    let source = frame.pointee.code.source
    return zip([spans.left, spans.right], operands)
      .map { "\(shortened(source.text(of: $0))) is \($1)" }.joined(separator: ", ")
  }

  private func shortened(_ text: String) -> String {
    let line = text.prefix { $0 != "\n" }
    return line.count > 24 || line.count < text.count ? line.prefix(21) + "…" : String(line)
  }

  /// The error of reading something that was never set, named by the failed instruction.
  func unset(_ frame: UnsafeMutablePointer<Frame>) -> Diagnostic {
    let i = frame.pointee.code.instructions[position(in: frame)]
    let code = frame.pointee.code
    switch i.operation {
    case .loadGlobal: return unknownName(code.globals.name(of: i.a), code.globals)
    case .callGlobal, .callGlobalInCell: return unknownName(code.globals.name(of: i.c), code.globals)
    case .loadCapture: return readBeforeAssigned(code.captures[i.a].name)
    default:
      let reads = i.operation.readsRegisters
      for (register, isRead) in [(i.a, reads.a), (i.b, reads.b)] where isRead {
        guard frame.pointee.base[register].isUnset else { continue }
        if frame.pointee.isCell, register >= Globals.scratch {
          return unknownName(code.globals.name(of: register), code.globals)
        }
        if let name = code.tables.registerNames[register] { return readBeforeAssigned(name) }
      }
      return Diagnostic("a value is read before it is assigned", kind: .name)
    }
  }

  private func readBeforeAssigned(_ name: String) -> Diagnostic {
    Diagnostic(
      "\(name) is read before it is assigned", kind: .name,
      hint: "a name assigned anywhere in a function is local to it; pass the outer value as an argument")
  }

  private func unknownName(_ name: String, _ globals: Globals) -> Diagnostic {
    let foreign = [
      "None": "none", "True": "true", "False": "false", "NaN": "nan", "Inf": "inf", "null": "none",
      "nil": "none",
    ]
    let libraries: Set = ["np", "numpy", "math", "torch", "jnp", "jax", "plt", "tf", "F"]
    if libraries.contains(name) {
      return Diagnostic(
        "nothing is named \(name)", kind: .name, hint: "functions of the library need no prefix: sin(x)")
    }
    let known =
      foreign[name] ?? HelpSynonyms.name(for: name) ?? NearestName.find(name, in: globals.knownNames)
    return Diagnostic(
      "nothing is named \(name)", kind: .name, hint: known.map { "did you mean \($0)?" })
  }

  func notBool(_ value: Value) -> Diagnostic {
    var hint = "compare it, for example `x != 0`"
    if let shape = value.quantity?.shape, shape.rank > 0 {
      hint = value.quantity?.dtype == .bool ? "use all(…) or any(…)" : "compare it and use all(…) or any(…)"
    }
    if case .string = value { hint = "compare it, for example `s != \"\"`" }
    return Diagnostic("a condition must be true or false, not \(value.kind)", kind: .type, hint: hint)
  }
}
