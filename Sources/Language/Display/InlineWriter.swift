import Tensors

/// Writes a value on one line, as it could be typed, giving up past a limit.
///
/// Nested values wait on a stack of their own: containers lie up to ten thousand deep. The limit
/// also bounds structures whose shared parts would be written exponentially often.
struct InlineWriter {
  private enum Step {
    case value(Value)
    case text(String)
    case items(ContiguousArray<Value>, next: Int, names: [String]?)
  }

  private var text = ""
  private var columns = 0
  private let limit: Int
  private let digits: Int

  private init(limit: Int, digits: Int = Display.digits) {
    self.limit = limit
    self.digits = digits
  }

  /// The value on one line of at most `limit` columns, nil when it takes more.
  static func text(_ value: Value, limit: Int, digits: Int? = nil) -> String? {
    var writer = InlineWriter(limit: limit, digits: digits ?? Display.digits)
    return writer.run(value) ? writer.text : nil
  }

  /// The value on one line, cut off past the limit for whole values.
  static func fullText(_ value: Value) -> String {
    var writer = InlineWriter(limit: Display.fullLimit)
    return writer.run(value) ? writer.text : writer.text + " ..."
  }

  /// Writes the value; false when it did not fit.
  private mutating func run(_ value: Value) -> Bool {
    var waiting: [Step] = [.value(value)]
    while let step = waiting.popLast() {
      switch step {
      case .text(let text): write(text)
      case .value(let value): write(value, &waiting)
      case .items(let items, let next, let names):
        guard next < items.count else { continue }
        waiting.append(.items(items, next: next + 1, names: names))
        if next > 0 { write(", ") }
        if let names { write(names[next] + ": ") }
        waiting.append(.value(items[next]))
      }
      if columns > limit { return false }
    }
    return true
  }

  private mutating func write(_ value: Value, _ waiting: inout [Step]) {
    switch Display.settled(value) {
    case .none: write("none")
    case .bool(let bool): write(bool ? "true" : "false")
    case .number(let number): write(Display.number(number, digits: digits))
    case .string(let string):
      // At most four bytes make a column: a longer string need not be looked at.
      if string.utf8.count / 4 > limit {
        columns = limit + 1
      } else {
        write(Display.literal(string))
      }
    case .tensor(let tensor): write(tensor)
    case .text(let vector): write(vector)
    case .function(let function): write(FunctionText.inline(function))
    case .table(let table): write(table.inline)
    case .figure: write("plot")
    case .list(let list):
      write("(")
      waiting.append(.text(list.items.count == 1 ? ",)" : ")"))
      waiting.append(.items(list.items, next: 0, names: nil))
    case .record(let record):
      write("(")
      waiting.append(.text(")"))
      waiting.append(.items(record.values, next: 0, names: record.layout.names))
    case .fixed, .traced: preconditionFailure("a settled value carries no mark")
    }
  }

  private mutating func write(_ part: String) {
    text += part
    columns += Display.columns(part)
  }

  private mutating func write(_ tensor: Tensor) {
    let shape = tensor.shape
    guard !shape.contains(0) else { return write(TensorLayout.emptyText(tensor)) }
    // A bracket opens or closes at every multiple of the sizes of the parts.
    let sizes = (0..<shape.rank).map { shape.dropFirst($0).reduce(1, *) }
    let line = shape.rank > 0 ? shape[shape.rank - 1] : 1
    for position in 0..<tensor.count {
      if columns > limit || Threads.isInterrupted { return }
      if position > 0 { write(", ") }
      if position % line == 0 { write(String(repeating: "[", count: sizes.count { position % $0 == 0 })) }
      write(Display.element(tensor, position, digits: digits))
      let next = position + 1
      if next % line == 0 { write(String(repeating: "]", count: sizes.count { next % $0 == 0 })) }
    }
  }

  private mutating func write(_ vector: TextVector) {
    write("[")
    for (position, item) in vector.items.enumerated() {
      if columns > limit { return }
      if position > 0 { write(", ") }
      write(item.map(Display.literal) ?? "none")
    }
    write("]")
  }
}
