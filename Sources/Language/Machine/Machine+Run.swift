import Tensors

extension Machine {
  /// Runs `first` until it returns; errors unwind to the nearest handler above it.
  func run(from first: UnsafeMutablePointer<Frame>) throws(Diagnostic) -> Word {
    let outer = current
    let outerFloor = handlerFloor
    handlerFloor = handlers.count
    current = first
    defer {
      current = outer
      handlerFloor = outerFloor
    }
    var start = first
    while true {
      do {
        return try execute(start, until: first)
      } catch {
        start = try unwind(error, to: first)
      }
    }
  }

  /// Notes where the running function is, before an operation that may fail or call.
  @inline(__always)
  private func pause(_ frame: UnsafeMutablePointer<Frame>, _ next: UnsafePointer<Instruction>) {
    frame.pointee.next = next
    running.pointee = frame
  }

  /// Whether two numbers are unequal; false when one of them is a NaN, and so perhaps no number.
  @inline(__always)
  private func differ(_ x: Double, _ y: Double) -> Bool {
    if x < y { return true }
    return x > y
  }

  /// Stores a result, releasing what the register held.
  @inline(__always)
  private func put(_ result: Double, _ base: UnsafeMutablePointer<Word>, _ register: Int) {
    let old = base[register]
    base[register] = Word(boxed: result)
    if _slowPath(old.isObject) { old.release() }
  }

  /// Whether a call has to stop and look before it enters the frame above `frame`.
  ///
  /// A function of its own, because operators that may skip their right side capture their operands,
  /// and captured variables of the loop would leave their registers.
  @inline(__always)
  private func mustCheck(
    _ frame: UnsafeMutablePointer<Frame>, _ base: UnsafeMutablePointer<Word>,
    _ poll: UnsafeMutablePointer<Int32>,
    _ frameLimit: UInt, _ stackLimit: UInt
  ) -> Bool {
    if poll.pointee != 0 { return true }
    if UInt(bitPattern: frame + 1) >= frameLimit { return true }
    return UInt(bitPattern: base) >= stackLimit
  }

  /// Enters compiled code that is called with as many arguments as it has parameters; pauses and returns false
  /// for anything else.
  @inline(__always)
  private func enter(
    _ callee: Word, _ i: Instruction, isCell: Bool = false,
    _ frame: inout UnsafeMutablePointer<Frame>, _ base: inout UnsafeMutablePointer<Word>,
    _ pc: inout UnsafePointer<Instruction>, _ constants: inout UnsafeMutablePointer<Word>,
    _ poll: UnsafeMutablePointer<Int32>, _ frameLimit: UInt, _ stackLimit: UInt
  ) throws(Diagnostic) -> Bool {
    guard let header = callee.plainHeader(taking: i.b) else {
      pause(frame, pc)
      return false
    }
    frame.pointee.next = pc
    let newBase = isCell ? moveArguments(frame, i) : base + i.a
    if _slowPath(mustCheck(frame, newBase, poll, frameLimit, stackLimit)) {
      running.pointee = frame
      try checkCall(frame + 1, newBase + header.pointee.registerCount)
    }
    frame += 1
    base = newBase
    pc = header.pointee.instructions
    constants = header.pointee.constants
    frame.pointee.base = newBase
    frame.pointee.header = header
    frame.pointee.function = callee
    return true
  }

  /// Leaves to the caller of `frame` what a register holds; throws when that is nothing.
  @inline(never)
  private func take(
    _ register: Int, _ base: UnsafeMutablePointer<Word>, _ frame: UnsafeMutablePointer<Frame>
  ) throws(Diagnostic) {
    if base[register].isUnset { throw unset(frame) }
    base[register] = .none
  }

  /// Goes back to the caller, which may store the result as its next step; true when `last` returns.
  ///
  /// Only the first `live` registers can hold something to release.
  @inline(__always)
  private func leave(
    _ live: Int, _ result: Double,
    _ frame: inout UnsafeMutablePointer<Frame>, _ base: inout UnsafeMutablePointer<Word>,
    _ pc: inout UnsafePointer<Instruction>, _ constants: inout UnsafeMutablePointer<Word>,
    _ last: UnsafeMutablePointer<Frame>
  ) -> Bool {
    var register = base + live
    while register > base {
      register -= 1
      let word = register.pointee
      if _slowPath(word.isObject) { register.pointee = .unset; word.release() }
    }
    assert((live..<max(live, frame.pointee.header.pointee.registerCount)).allSatisfy { !base[$0].isObject })
    if frame == last { return true }
    frame -= 1
    base = frame.pointee.base
    pc = frame.pointee.next
    constants = frame.pointee.header.pointee.constants
    let next = pc.pointee
    if next.operation == .store {
      pc += 1
      put(result, base, next.a)
    }
    return false
  }

  // One function and so one long file, because a switch over every operation is what the compiler turns into a
  // jump table: most of it is a uniform table of operand forms, one line of work for each.
  //
  // The loop keeps its state in local variables, which the optimiser puts into registers; the
  // accumulator is a double so that chains of arithmetic never leave the floating-point unit.
  // Whatever can fail is a call that is not inlined. Numbers are recognised by their result: a box
  // is a NaN, so `r == r` shows that both operands were numbers.
  // swift-format-ignore
  private func execute(
    _ start: UnsafeMutablePointer<Frame>, until last: UnsafeMutablePointer<Frame>
  ) throws(Diagnostic) -> Word {
    var frame = start
    var base = frame.pointee.base
    var pc = frame.pointee.next
    var constants = frame.pointee.header.pointee.constants
    var acc = pendingAccumulator.number
    pendingAccumulator = .unset
    // With a step limit every poll looks as if somebody wanted to stop, and is counted.
    let poll = stepsLeft == nil ? Threads.interruptionFlag : alwaysSet
    let frameLimit = UInt(bitPattern: framesEnd)
    // Below this the registers of any function fit.
    let stackLimit = UInt(bitPattern: stackEnd - Instruction.operandLimit)

    while true {
      let i = pc.pointee
      pc += 1
      switch i.operation {
      case .constant:
        let word = constants[i.a | i.b << 16]
        if word.isObject { word.retain() }
        acc = word.number
      case .literal:
        pause(frame, pc)
        acc = try literal(constants[i.a | i.b << 16]).number
      case .load:
        let word = base[i.a]
        acc = word.number
        if word.isBox {
          if word.isUnset { pause(frame, pc); throw unset(frame) }
          word.retain()
        }
      case .take:
        acc = base[i.a].number
        base[i.a] = .unset
      case .loadGlobal:
        let word = frame.pointee.header.pointee.globals[i.a]
        acc = word.number
        if word.isBox {
          if word.isUnset { pause(frame, pc); throw unset(frame) }
          word.retain()
        }
      case .loadCapture:
        let word = frame.pointee.function.captured(i.a)
        acc = word.number
        if word.isBox {
          if word.isUnset { pause(frame, pc); throw unset(frame) }
          word.retain()
        }
      case .loadCallee:
        frame.pointee.function.retain()
        acc = frame.pointee.function.number
      case .store:
        let old = base[i.a]
        base[i.a] = Word(boxed: acc)
        if old.isObject { old.release() }
      case .drop:
        Word(boxed: acc).release()
      case .clear:
        let old = base[i.a]
        base[i.a] = .unset
        if old.isObject { old.release() }

      case .addRR: let r = base[i.a].number + base[i.b].number
        if r == r { acc = r } else { pause(frame, pc); acc = try arithmetic(.add, base[i.a], base[i.b]).number }
      case .addRK: let r = base[i.a].number + constants[i.b].number
        if r == r { acc = r } else { pause(frame, pc); acc = try arithmetic(.add, base[i.a], constants[i.b]).number }
      case .addKR: let r = constants[i.a].number + base[i.b].number
        if r == r { acc = r } else { pause(frame, pc); acc = try arithmetic(.add, constants[i.a], base[i.b]).number }
      case .addRA: let r = base[i.a].number + acc
        if r == r { acc = r } else { pause(frame, pc); acc = try arithmetic(.add, base, i, consuming: Word(boxed: acc)).number }
      case .addAR: let r = acc + base[i.a].number
        if r == r { acc = r } else { pause(frame, pc); acc = try arithmetic(.add, consuming: Word(boxed: acc), base[i.a]).number }
      case .addAK: let r = acc + constants[i.a].number
        if r == r { acc = r } else { pause(frame, pc); acc = try arithmetic(.add, consuming: Word(boxed: acc), constants[i.a]).number }
      case .addKA: let r = constants[i.a].number + acc
        if r == r { acc = r } else { pause(frame, pc); acc = try arithmetic(.add, constants[i.a], consuming: Word(boxed: acc)).number }

      case .subRR: let r = base[i.a].number - base[i.b].number
        if r == r { acc = r } else { pause(frame, pc); acc = try arithmetic(.subtract, base[i.a], base[i.b]).number }
      case .subRK: let r = base[i.a].number - constants[i.b].number
        if r == r { acc = r } else { pause(frame, pc); acc = try arithmetic(.subtract, base[i.a], constants[i.b]).number }
      case .subKR: let r = constants[i.a].number - base[i.b].number
        if r == r { acc = r } else { pause(frame, pc); acc = try arithmetic(.subtract, constants[i.a], base[i.b]).number }
      case .subRA: let r = base[i.a].number - acc
        if r == r { acc = r } else { pause(frame, pc); acc = try arithmetic(.subtract, base, i, consuming: Word(boxed: acc)).number }
      case .subAR: let r = acc - base[i.a].number
        if r == r { acc = r } else { pause(frame, pc); acc = try arithmetic(.subtract, consuming: Word(boxed: acc), base[i.a]).number }
      case .subAK: let r = acc - constants[i.a].number
        if r == r { acc = r } else { pause(frame, pc); acc = try arithmetic(.subtract, consuming: Word(boxed: acc), constants[i.a]).number }
      case .subKA: let r = constants[i.a].number - acc
        if r == r { acc = r } else { pause(frame, pc); acc = try arithmetic(.subtract, constants[i.a], consuming: Word(boxed: acc)).number }

      case .mulRR: let r = base[i.a].number * base[i.b].number
        if r == r { acc = r } else { pause(frame, pc); acc = try arithmetic(.multiply, base[i.a], base[i.b]).number }
      case .mulRK: let r = base[i.a].number * constants[i.b].number
        if r == r { acc = r } else { pause(frame, pc); acc = try arithmetic(.multiply, base[i.a], constants[i.b]).number }
      case .mulKR: let r = constants[i.a].number * base[i.b].number
        if r == r { acc = r } else { pause(frame, pc); acc = try arithmetic(.multiply, constants[i.a], base[i.b]).number }
      case .mulRA: let r = base[i.a].number * acc
        if r == r { acc = r } else { pause(frame, pc); acc = try arithmetic(.multiply, base, i, consuming: Word(boxed: acc)).number }
      case .mulAR: let r = acc * base[i.a].number
        if r == r { acc = r } else { pause(frame, pc); acc = try arithmetic(.multiply, consuming: Word(boxed: acc), base[i.a]).number }
      case .mulAK: let r = acc * constants[i.a].number
        if r == r { acc = r } else { pause(frame, pc); acc = try arithmetic(.multiply, consuming: Word(boxed: acc), constants[i.a]).number }
      case .mulKA: let r = constants[i.a].number * acc
        if r == r { acc = r } else { pause(frame, pc); acc = try arithmetic(.multiply, constants[i.a], consuming: Word(boxed: acc)).number }

      case .divRR: let r = base[i.a].number / base[i.b].number
        if r == r { acc = r } else { pause(frame, pc); acc = try arithmetic(.divide, base[i.a], base[i.b]).number }
      case .divRK: let r = base[i.a].number / constants[i.b].number
        if r == r { acc = r } else { pause(frame, pc); acc = try arithmetic(.divide, base[i.a], constants[i.b]).number }
      case .divKR: let r = constants[i.a].number / base[i.b].number
        if r == r { acc = r } else { pause(frame, pc); acc = try arithmetic(.divide, constants[i.a], base[i.b]).number }
      case .divRA: let r = base[i.a].number / acc
        if r == r { acc = r } else { pause(frame, pc); acc = try arithmetic(.divide, base, i, consuming: Word(boxed: acc)).number }
      case .divAR: let r = acc / base[i.a].number
        if r == r { acc = r } else { pause(frame, pc); acc = try arithmetic(.divide, consuming: Word(boxed: acc), base[i.a]).number }
      case .divAK: let r = acc / constants[i.a].number
        if r == r { acc = r } else { pause(frame, pc); acc = try arithmetic(.divide, consuming: Word(boxed: acc), constants[i.a]).number }
      case .divKA: let r = constants[i.a].number / acc
        if r == r { acc = r } else { pause(frame, pc); acc = try arithmetic(.divide, constants[i.a], consuming: Word(boxed: acc)).number }

      case .modRR: let r = Machine.remainder(base[i.a].number, base[i.b].number)
        if r == r { acc = r } else { pause(frame, pc); acc = try arithmetic(.modulo, base[i.a], base[i.b]).number }
      case .modRK: let r = Machine.remainder(base[i.a].number, constants[i.b].number)
        if r == r { acc = r } else { pause(frame, pc); acc = try arithmetic(.modulo, base[i.a], constants[i.b]).number }
      case .modKR: let r = Machine.remainder(constants[i.a].number, base[i.b].number)
        if r == r { acc = r } else { pause(frame, pc); acc = try arithmetic(.modulo, constants[i.a], base[i.b]).number }
      case .modRA: let r = Machine.remainder(base[i.a].number, acc)
        if r == r { acc = r } else { pause(frame, pc); acc = try arithmetic(.modulo, base, i, consuming: Word(boxed: acc)).number }
      case .modAR: let r = Machine.remainder(acc, base[i.a].number)
        if r == r { acc = r } else { pause(frame, pc); acc = try arithmetic(.modulo, consuming: Word(boxed: acc), base[i.a]).number }
      case .modAK: let r = Machine.remainder(acc, constants[i.a].number)
        if r == r { acc = r } else { pause(frame, pc); acc = try arithmetic(.modulo, consuming: Word(boxed: acc), constants[i.a]).number }
      case .modKA: let r = Machine.remainder(constants[i.a].number, acc)
        if r == r { acc = r } else { pause(frame, pc); acc = try arithmetic(.modulo, constants[i.a], consuming: Word(boxed: acc)).number }

      case .addRRTo: var r = base[i.a].number + base[i.b].number
        if r != r { pause(frame, pc); r = try arithmetic(.add, base[i.a], base[i.b]).number }
        put(r, base, i.c)
      case .addRKTo: var r = base[i.a].number + constants[i.b].number
        if r != r { pause(frame, pc); r = try arithmetic(.add, base[i.a], constants[i.b]).number }
        put(r, base, i.c)
      case .addKRTo: var r = constants[i.a].number + base[i.b].number
        if r != r { pause(frame, pc); r = try arithmetic(.add, constants[i.a], base[i.b]).number }
        put(r, base, i.c)
      case .subRRTo: var r = base[i.a].number - base[i.b].number
        if r != r { pause(frame, pc); r = try arithmetic(.subtract, base[i.a], base[i.b]).number }
        put(r, base, i.c)
      case .subRKTo: var r = base[i.a].number - constants[i.b].number
        if r != r { pause(frame, pc); r = try arithmetic(.subtract, base[i.a], constants[i.b]).number }
        put(r, base, i.c)
      case .subKRTo: var r = constants[i.a].number - base[i.b].number
        if r != r { pause(frame, pc); r = try arithmetic(.subtract, constants[i.a], base[i.b]).number }
        put(r, base, i.c)
      case .mulRRTo: var r = base[i.a].number * base[i.b].number
        if r != r { pause(frame, pc); r = try arithmetic(.multiply, base[i.a], base[i.b]).number }
        put(r, base, i.c)
      case .mulRKTo: var r = base[i.a].number * constants[i.b].number
        if r != r { pause(frame, pc); r = try arithmetic(.multiply, base[i.a], constants[i.b]).number }
        put(r, base, i.c)
      case .mulKRTo: var r = constants[i.a].number * base[i.b].number
        if r != r { pause(frame, pc); r = try arithmetic(.multiply, constants[i.a], base[i.b]).number }
        put(r, base, i.c)
      case .divRRTo: var r = base[i.a].number / base[i.b].number
        if r != r { pause(frame, pc); r = try arithmetic(.divide, base[i.a], base[i.b]).number }
        put(r, base, i.c)
      case .divRKTo: var r = base[i.a].number / constants[i.b].number
        if r != r { pause(frame, pc); r = try arithmetic(.divide, base[i.a], constants[i.b]).number }
        put(r, base, i.c)
      case .divKRTo: var r = constants[i.a].number / base[i.b].number
        if r != r { pause(frame, pc); r = try arithmetic(.divide, constants[i.a], base[i.b]).number }
        put(r, base, i.c)
      case .modRRTo: var r = Machine.remainder(base[i.a].number, base[i.b].number)
        if r != r { pause(frame, pc); r = try arithmetic(.modulo, base[i.a], base[i.b]).number }
        put(r, base, i.c)
      case .modRKTo: var r = Machine.remainder(base[i.a].number, constants[i.b].number)
        if r != r { pause(frame, pc); r = try arithmetic(.modulo, base[i.a], constants[i.b]).number }
        put(r, base, i.c)
      case .modKRTo: var r = Machine.remainder(constants[i.a].number, base[i.b].number)
        if r != r { pause(frame, pc); r = try arithmetic(.modulo, constants[i.a], base[i.b]).number }
        put(r, base, i.c)

      case .addRATo: var r = base[i.a].number + acc
        if r != r { pause(frame, pc); r = try arithmetic(.add, base, i, consuming: Word(boxed: acc)).number }
        put(r, base, i.c)
      case .addARTo: var r = acc + base[i.a].number
        if r != r { pause(frame, pc); r = try arithmetic(.add, consuming: Word(boxed: acc), base[i.a]).number }
        put(r, base, i.c)
      case .addAKTo: var r = acc + constants[i.a].number
        if r != r { pause(frame, pc); r = try arithmetic(.add, consuming: Word(boxed: acc), constants[i.a]).number }
        put(r, base, i.c)
      case .addKATo: var r = constants[i.a].number + acc
        if r != r { pause(frame, pc); r = try arithmetic(.add, constants[i.a], consuming: Word(boxed: acc)).number }
        put(r, base, i.c)
      case .subRATo: var r = base[i.a].number - acc
        if r != r { pause(frame, pc); r = try arithmetic(.subtract, base, i, consuming: Word(boxed: acc)).number }
        put(r, base, i.c)
      case .subARTo: var r = acc - base[i.a].number
        if r != r { pause(frame, pc); r = try arithmetic(.subtract, consuming: Word(boxed: acc), base[i.a]).number }
        put(r, base, i.c)
      case .subAKTo: var r = acc - constants[i.a].number
        if r != r { pause(frame, pc); r = try arithmetic(.subtract, consuming: Word(boxed: acc), constants[i.a]).number }
        put(r, base, i.c)
      case .subKATo: var r = constants[i.a].number - acc
        if r != r { pause(frame, pc); r = try arithmetic(.subtract, constants[i.a], consuming: Word(boxed: acc)).number }
        put(r, base, i.c)
      case .mulRATo: var r = base[i.a].number * acc
        if r != r { pause(frame, pc); r = try arithmetic(.multiply, base, i, consuming: Word(boxed: acc)).number }
        put(r, base, i.c)
      case .mulARTo: var r = acc * base[i.a].number
        if r != r { pause(frame, pc); r = try arithmetic(.multiply, consuming: Word(boxed: acc), base[i.a]).number }
        put(r, base, i.c)
      case .mulAKTo: var r = acc * constants[i.a].number
        if r != r { pause(frame, pc); r = try arithmetic(.multiply, consuming: Word(boxed: acc), constants[i.a]).number }
        put(r, base, i.c)
      case .mulKATo: var r = constants[i.a].number * acc
        if r != r { pause(frame, pc); r = try arithmetic(.multiply, constants[i.a], consuming: Word(boxed: acc)).number }
        put(r, base, i.c)
      case .divRATo: var r = base[i.a].number / acc
        if r != r { pause(frame, pc); r = try arithmetic(.divide, base, i, consuming: Word(boxed: acc)).number }
        put(r, base, i.c)
      case .divARTo: var r = acc / base[i.a].number
        if r != r { pause(frame, pc); r = try arithmetic(.divide, consuming: Word(boxed: acc), base[i.a]).number }
        put(r, base, i.c)
      case .divAKTo: var r = acc / constants[i.a].number
        if r != r { pause(frame, pc); r = try arithmetic(.divide, consuming: Word(boxed: acc), constants[i.a]).number }
        put(r, base, i.c)
      case .divKATo: var r = constants[i.a].number / acc
        if r != r { pause(frame, pc); r = try arithmetic(.divide, constants[i.a], consuming: Word(boxed: acc)).number }
        put(r, base, i.c)

      case .modAW: let r = Machine.remainder(acc, constants[i.a].number, inverse: constants[i.a + 1].number)
        if r == r { acc = r } else { pause(frame, pc); acc = try arithmetic(.modulo, consuming: Word(boxed: acc), constants[i.a]).number }
      case .modAWTo: var r = Machine.remainder(acc, constants[i.a].number, inverse: constants[i.a + 1].number)
        if r != r { pause(frame, pc); r = try arithmetic(.modulo, consuming: Word(boxed: acc), constants[i.a]).number }
        put(r, base, i.c)
      case .square: let r = acc * acc
        if r == r { acc = r } else { pause(frame, pc); acc = try arithmetic(.power, consuming: Word(boxed: acc), Word(2)).number }
      case .negate: let r = -acc
        if r == r { acc = r } else { pause(frame, pc); acc = try unary(.negate, Word(boxed: acc)).number }
      case .binary:
        pause(frame, pc)
        acc = try binary(base, i, Word(boxed: acc)).number
      case .unary:
        pause(frame, pc)
        acc = try unary(UnaryOperator.allCases[i.b], Word(boxed: acc)).number
      case .compare:
        pause(frame, pc)
        acc = try compare(base, i, Word(boxed: acc)).number
      case .range:
        pause(frame, pc)
        acc = try makeRange(base, i, Word(boxed: acc)).number

      case .jump:
        pc += i.c
      case .loop:
        pc += i.c
        if poll.pointee != 0 { pause(frame, pc); try checkInterruption() }
      case .jumpIfFalse:
        let word = Word(boxed: acc)
        if word == .no { pc += i.c } else if word != .yes { pause(frame, pc); throw notBool(word.take()) }
      case .jumpIfFalseKeeping:
        let word = Word(boxed: acc)
        if word == .no { pc += i.c } else if word != .yes { pause(frame, pc); throw notBool(word.take()) }
      case .jumpIfTrueKeeping:
        let word = Word(boxed: acc)
        if word == .yes { pc += i.c } else if word != .no { pause(frame, pc); throw notBool(word.take()) }
      case .requireBool:
        let word = Word(boxed: acc)
        if word != .yes, word != .no { pause(frame, pc); throw notBool(word.take()) }
      case .jumpIfSet:
        if !base[i.a].isUnset { pc += i.c }

      case .unlessLessRR: let x = base[i.a].number, y = base[i.b].number
        if x < y {} else if x >= y { pc += i.c } else { pause(frame, pc); if try !holds(.less, base[i.a], base[i.b]) { pc += i.c } }
      case .unlessLessRK: let x = base[i.a].number, y = constants[i.b].number
        if x < y {} else if x >= y { pc += i.c } else { pause(frame, pc); if try !holds(.less, base[i.a], constants[i.b]) { pc += i.c } }
      case .unlessLessRA: let x = base[i.a].number, y = acc
        if x < y {} else if x >= y { pc += i.c } else { pause(frame, pc); if try !holds(.less, base, i, consuming: Word(boxed: acc)) { pc += i.c } }
      case .unlessLessAK: let x = acc, y = constants[i.a].number
        if x < y {} else if x >= y { pc += i.c } else { pause(frame, pc); if try !holds(.less, consuming: Word(boxed: acc), constants[i.a]) { pc += i.c } }
      case .unlessLessEqualRR: let x = base[i.a].number, y = base[i.b].number
        if x <= y {} else if x > y { pc += i.c } else { pause(frame, pc); if try !holds(.lessOrEqual, base[i.a], base[i.b]) { pc += i.c } }
      case .unlessLessEqualRK: let x = base[i.a].number, y = constants[i.b].number
        if x <= y {} else if x > y { pc += i.c } else { pause(frame, pc); if try !holds(.lessOrEqual, base[i.a], constants[i.b]) { pc += i.c } }
      case .unlessLessEqualRA: let x = base[i.a].number, y = acc
        if x <= y {} else if x > y { pc += i.c } else { pause(frame, pc); if try !holds(.lessOrEqual, base, i, consuming: Word(boxed: acc)) { pc += i.c } }
      case .unlessLessEqualAK: let x = acc, y = constants[i.a].number
        if x <= y {} else if x > y { pc += i.c } else { pause(frame, pc); if try !holds(.lessOrEqual, consuming: Word(boxed: acc), constants[i.a]) { pc += i.c } }
      case .unlessGreaterRR: let x = base[i.a].number, y = base[i.b].number
        if x > y {} else if x <= y { pc += i.c } else { pause(frame, pc); if try !holds(.greater, base[i.a], base[i.b]) { pc += i.c } }
      case .unlessGreaterRK: let x = base[i.a].number, y = constants[i.b].number
        if x > y {} else if x <= y { pc += i.c } else { pause(frame, pc); if try !holds(.greater, base[i.a], constants[i.b]) { pc += i.c } }
      case .unlessGreaterRA: let x = base[i.a].number, y = acc
        if x > y {} else if x <= y { pc += i.c } else { pause(frame, pc); if try !holds(.greater, base, i, consuming: Word(boxed: acc)) { pc += i.c } }
      case .unlessGreaterAK: let x = acc, y = constants[i.a].number
        if x > y {} else if x <= y { pc += i.c } else { pause(frame, pc); if try !holds(.greater, consuming: Word(boxed: acc), constants[i.a]) { pc += i.c } }
      case .unlessGreaterEqualRR: let x = base[i.a].number, y = base[i.b].number
        if x >= y {} else if x < y { pc += i.c } else { pause(frame, pc); if try !holds(.greaterOrEqual, base[i.a], base[i.b]) { pc += i.c } }
      case .unlessGreaterEqualRK: let x = base[i.a].number, y = constants[i.b].number
        if x >= y {} else if x < y { pc += i.c } else { pause(frame, pc); if try !holds(.greaterOrEqual, base[i.a], constants[i.b]) { pc += i.c } }
      case .unlessGreaterEqualRA: let x = base[i.a].number, y = acc
        if x >= y {} else if x < y { pc += i.c } else { pause(frame, pc); if try !holds(.greaterOrEqual, base, i, consuming: Word(boxed: acc)) { pc += i.c } }
      case .unlessGreaterEqualAK: let x = acc, y = constants[i.a].number
        if x >= y {} else if x < y { pc += i.c } else { pause(frame, pc); if try !holds(.greaterOrEqual, consuming: Word(boxed: acc), constants[i.a]) { pc += i.c } }
      case .unlessEqualRR: let x = base[i.a].number, y = base[i.b].number
        if x == y {} else if differ(x, y) { pc += i.c } else { pause(frame, pc); if try !holds(.equal, base[i.a], base[i.b]) { pc += i.c } }
      case .unlessEqualRK: let x = base[i.a].number, y = constants[i.b].number
        if x == y {} else if differ(x, y) { pc += i.c } else { pause(frame, pc); if try !holds(.equal, base[i.a], constants[i.b]) { pc += i.c } }
      case .unlessEqualRA: let x = base[i.a].number, y = acc
        if x == y {} else if differ(x, y) { pc += i.c } else { pause(frame, pc); if try !holds(.equal, base, i, consuming: Word(boxed: acc)) { pc += i.c } }
      case .unlessEqualAK: let x = acc, y = constants[i.a].number
        if x == y {} else if differ(x, y) { pc += i.c } else { pause(frame, pc); if try !holds(.equal, consuming: Word(boxed: acc), constants[i.a]) { pc += i.c } }
      case .unlessNotEqualRR: let x = base[i.a].number, y = base[i.b].number
        if x == y { pc += i.c } else if differ(x, y) {} else { pause(frame, pc); if try !holds(.notEqual, base[i.a], base[i.b]) { pc += i.c } }
      case .unlessNotEqualRK: let x = base[i.a].number, y = constants[i.b].number
        if x == y { pc += i.c } else if differ(x, y) {} else { pause(frame, pc); if try !holds(.notEqual, base[i.a], constants[i.b]) { pc += i.c } }
      case .unlessNotEqualRA: let x = base[i.a].number, y = acc
        if x == y { pc += i.c } else if differ(x, y) {} else { pause(frame, pc); if try !holds(.notEqual, base, i, consuming: Word(boxed: acc)) { pc += i.c } }
      case .unlessNotEqualAK: let x = acc, y = constants[i.a].number
        if x == y { pc += i.c } else if differ(x, y) {} else { pause(frame, pc); if try !holds(.notEqual, consuming: Word(boxed: acc), constants[i.a]) { pc += i.c } }

      case .iterate:
        pause(frame, pc)
        try startWalk(base, i, Word(boxed: acc))
      case .iterateRange:
        pause(frame, pc)
        try startRange(base, i, Word(boxed: acc))
      case .iterateCount:
        pause(frame, pc)
        try startCount(base, i, Word(boxed: acc))
      case .next:
        let n = base[i.a].number
        if n < base[i.a + 1].number {
          let old = base[i.b]
          base[i.b] = Word(boxed: n)
          base[i.a] = Word(boxed: n + 1)
          pc += i.c
          if old.isObject { old.release() }
          if poll.pointee != 0 { pause(frame, pc); try checkInterruption() }
        } else if base[i.a].isObject {
          pause(frame, pc)
          try checkInterruption()
          if try nextItem(base, i) { pc += i.c }
        }
      case .collect:
        pause(frame, pc)
        try collect(base, i, Word(boxed: acc))
      case .finishBracket:
        pause(frame, pc)
        acc = try finishBracket(base, i).number
      case .finishList:
        acc = base[i.a].number
        base[i.a] = .unset

      case .call:
        let callee = base[i.a - 1]
        if _slowPath(try !enter(callee, i, &frame, &base, &pc, &constants, poll, frameLimit, stackLimit)) {
          acc = try callSlow(frame, callee, i.a, i.b).number
        }
      case .callGlobal:
        let callee = frame.pointee.header.pointee.globals[i.c]
        if _slowPath(try !enter(callee, i, &frame, &base, &pc, &constants, poll, frameLimit, stackLimit)) {
          acc = try callSlow(frame, callee, i.a, i.b).number
        }
      case .callInCell:
        let callee = base[i.a - 1]
        if _slowPath(try !enter(callee, i, isCell: true, &frame, &base, &pc, &constants, poll, frameLimit, stackLimit)) {
          acc = try callSlow(frame, callee, i.a, i.b).number
        }
      case .callGlobalInCell:
        let callee = frame.pointee.header.pointee.globals[i.c]
        if _slowPath(try !enter(callee, i, isCell: true, &frame, &base, &pc, &constants, poll, frameLimit, stackLimit)) {
          acc = try callSlow(frame, callee, i.a, i.b).number
        }
      case .callCallee:
        let callee = frame.pointee.function
        if _slowPath(try !enter(callee, i, &frame, &base, &pc, &constants, poll, frameLimit, stackLimit)) {
          acc = try callSlow(frame, callee, i.a, i.b).number
        }
      case .callShaped:
        pause(frame, pc)
        acc = try callShaped(frame, i).number
      case .result:
        if leave(i.a, acc, &frame, &base, &pc, &constants, last) { return Word(boxed: acc) }

      case .loadThenResult:
        acc = base[i.a].number
        if Word(boxed: acc).isBox { pause(frame, pc); try take(i.a, base, frame) }
        if leave(pc.pointee.a, acc, &frame, &base, &pc, &constants, last) { return Word(boxed: acc) }
      case .constantThenResult:
        let word = constants[i.a | i.b << 16]
        if word.isObject { word.retain() }
        acc = word.number
        if leave(pc.pointee.a, acc, &frame, &base, &pc, &constants, last) { return Word(boxed: acc) }
      case .unlessLessRKThenResult: let x = base[i.a].number, y = constants[i.b].number
        if x < y {
          let load = pc.pointee
          acc = base[load.a].number
          if Word(boxed: acc).isBox { pause(frame, pc + 1); try take(load.a, base, frame) }
          if leave(pc[1].a, acc, &frame, &base, &pc, &constants, last) { return Word(boxed: acc) }
        } else if x >= y { pc += i.c } else { pause(frame, pc); if try !holds(.less, base[i.a], constants[i.b]) { pc += i.c } }
      case .unlessLessEqualRKThenResult: let x = base[i.a].number, y = constants[i.b].number
        if x <= y {
          let load = pc.pointee
          acc = base[load.a].number
          if Word(boxed: acc).isBox { pause(frame, pc + 1); try take(load.a, base, frame) }
          if leave(pc[1].a, acc, &frame, &base, &pc, &constants, last) { return Word(boxed: acc) }
        } else if x > y { pc += i.c } else { pause(frame, pc); if try !holds(.lessOrEqual, base[i.a], constants[i.b]) { pc += i.c } }
      case .unlessEqualRKThenResult: let x = base[i.a].number, y = constants[i.b].number
        if x == y {
          let load = pc.pointee
          acc = base[load.a].number
          if Word(boxed: acc).isBox { pause(frame, pc + 1); try take(load.a, base, frame) }
          if leave(pc[1].a, acc, &frame, &base, &pc, &constants, last) { return Word(boxed: acc) }
        } else if differ(x, y) { pc += i.c } else { pause(frame, pc); if try !holds(.equal, base[i.a], constants[i.b]) { pc += i.c } }
      case .addRRThenResult: let r = base[i.a].number + base[i.b].number
        if r == r { acc = r } else { pause(frame, pc); acc = try arithmetic(.add, base[i.a], base[i.b]).number }
        if leave(pc.pointee.a, acc, &frame, &base, &pc, &constants, last) { return Word(boxed: acc) }
      case .subRRThenResult: let r = base[i.a].number - base[i.b].number
        if r == r { acc = r } else { pause(frame, pc); acc = try arithmetic(.subtract, base[i.a], base[i.b]).number }
        if leave(pc.pointee.a, acc, &frame, &base, &pc, &constants, last) { return Word(boxed: acc) }
      case .mulRRThenResult: let r = base[i.a].number * base[i.b].number
        if r == r { acc = r } else { pause(frame, pc); acc = try arithmetic(.multiply, base[i.a], base[i.b]).number }
        if leave(pc.pointee.a, acc, &frame, &base, &pc, &constants, last) { return Word(boxed: acc) }
      case .addRAThenResult: let r = base[i.a].number + acc
        if r == r { acc = r } else { pause(frame, pc); acc = try arithmetic(.add, base, i, consuming: Word(boxed: acc)).number }
        if leave(pc.pointee.a, acc, &frame, &base, &pc, &constants, last) { return Word(boxed: acc) }
      case .subRAThenResult: let r = base[i.a].number - acc
        if r == r { acc = r } else { pause(frame, pc); acc = try arithmetic(.subtract, base, i, consuming: Word(boxed: acc)).number }
        if leave(pc.pointee.a, acc, &frame, &base, &pc, &constants, last) { return Word(boxed: acc) }
      case .mulRAThenResult: let r = base[i.a].number * acc
        if r == r { acc = r } else { pause(frame, pc); acc = try arithmetic(.multiply, base, i, consuming: Word(boxed: acc)).number }
        if leave(pc.pointee.a, acc, &frame, &base, &pc, &constants, last) { return Word(boxed: acc) }
      case .addAKThenResult: let r = acc + constants[i.a].number
        if r == r { acc = r } else { pause(frame, pc); acc = try arithmetic(.add, consuming: Word(boxed: acc), constants[i.a]).number }
        if leave(pc.pointee.a, acc, &frame, &base, &pc, &constants, last) { return Word(boxed: acc) }
      case .mulAKThenResult: let r = acc * constants[i.a].number
        if r == r { acc = r } else { pause(frame, pc); acc = try arithmetic(.multiply, consuming: Word(boxed: acc), constants[i.a]).number }
        if leave(pc.pointee.a, acc, &frame, &base, &pc, &constants, last) { return Word(boxed: acc) }
      case .addRKToThenCallGlobal: var r = base[i.a].number + constants[i.b].number
        if r != r { pause(frame, pc); r = try arithmetic(.add, base[i.a], constants[i.b]).number }
        assert(!base[i.c].isObject)
        base[i.c] = Word(boxed: r)
        let call = pc.pointee
        pc += 1
        let callee = frame.pointee.header.pointee.globals[call.c]
        if _slowPath(try !enter(callee, call, &frame, &base, &pc, &constants, poll, frameLimit, stackLimit)) {
          acc = try callSlow(frame, callee, call.a, call.b).number
        }
      case .subRKToThenCallGlobal: var r = base[i.a].number - constants[i.b].number
        if r != r { pause(frame, pc); r = try arithmetic(.subtract, base[i.a], constants[i.b]).number }
        assert(!base[i.c].isObject)
        base[i.c] = Word(boxed: r)
        let call = pc.pointee
        pc += 1
        let callee = frame.pointee.header.pointee.globals[call.c]
        if _slowPath(try !enter(callee, call, &frame, &base, &pc, &constants, poll, frameLimit, stackLimit)) {
          acc = try callSlow(frame, callee, call.a, call.b).number
        }
      case .addRKToThenCallCallee: var r = base[i.a].number + constants[i.b].number
        if r != r { pause(frame, pc); r = try arithmetic(.add, base[i.a], constants[i.b]).number }
        assert(!base[i.c].isObject)
        base[i.c] = Word(boxed: r)
        let call = pc.pointee
        pc += 1
        let callee = frame.pointee.function
        if _slowPath(try !enter(callee, call, &frame, &base, &pc, &constants, poll, frameLimit, stackLimit)) {
          acc = try callSlow(frame, callee, call.a, call.b).number
        }
      case .subRKToThenCallCallee: var r = base[i.a].number - constants[i.b].number
        if r != r { pause(frame, pc); r = try arithmetic(.subtract, base[i.a], constants[i.b]).number }
        assert(!base[i.c].isObject)
        base[i.c] = Word(boxed: r)
        let call = pc.pointee
        pc += 1
        let callee = frame.pointee.function
        if _slowPath(try !enter(callee, call, &frame, &base, &pc, &constants, poll, frameLimit, stackLimit)) {
          acc = try callSlow(frame, callee, call.a, call.b).number
        }

      case .closure:
        pause(frame, pc)
        acc = try closure(frame, base, i).number
      case .bracket:
        pause(frame, pc)
        acc = try bracket(base, i).number
      case .list:
        pause(frame, pc)
        acc = try list(base, i).number
      case .record:
        pause(frame, pc)
        acc = try record(frame, base, i).number
      case .build:
        pause(frame, pc)
        acc = try build(frame, base, i).number
      case .field:
        pause(frame, pc)
        acc = try field(frame, of: Word(boxed: acc), i.b, consume: true).number
      case .fieldR:
        pause(frame, pc)
        acc = try field(frame, of: base[i.a], i.b, consume: false).number
      case .element:
        pause(frame, pc)
        acc = try element(base, i, Word(boxed: acc)).number
      case .index:
        pause(frame, pc)
        acc = try index(frame, base, i).number
      case .assign:
        pause(frame, pc)
        try assign(frame, base, i, Word(boxed: acc))
      case .assignElement:
        pause(frame, pc)
        try assignElement(base, i, Word(boxed: acc))
      case .append:
        pause(frame, pc)
        try append(base, i, Word(boxed: acc))
      case .unpack:
        pause(frame, pc)
        try unpack(base, i, Word(boxed: acc))
      case .format:
        pause(frame, pc)
        acc = try format(Word(boxed: acc), constants[i.a | i.b << 16]).number
      case .join:
        pause(frame, pc)
        acc = try join(base, i).number

      case .pushHandler:
        pushHandler(frame, pc + i.c)
      case .popHandler:
        popHandler()
      case .show:
        pause(frame, pc)
        echo(Word(boxed: acc).take())
      case .delete:
        pause(frame, pc)
        try delete(frame, i)
      case .stop:
        return .none
      }
    }
  }
}
