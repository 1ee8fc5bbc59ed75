import Tensors

/// How deep containers may lie inside one another, so that no walk over a value can overflow.
let maximumValueDepth = 10_000

/// Values in order.
public final class List {
  /// The values.
  public internal(set) var items: ContiguousArray<Value>
  /// How many containers lie inside one another here, itself included.
  public private(set) var depth: Int

  /// A list of these values.
  ///
  /// Throws a diagnostic when it would lie too deep.
  public init(_ items: some Sequence<Value>) throws(Diagnostic) {
    self.items = ContiguousArray(items)
    depth = 1
    for item in self.items { depth = max(depth, item.depth + 1) }
    try checkDepth(depth)
  }

  /// Accounts for an item that was changed in place.
  func noteDepth(of item: Value) throws(Diagnostic) {
    depth = max(depth, item.depth + 1)
    try checkDepth(depth)
  }

  /// Adds values at the end; the caller owns the list alone.
  ///
  /// Throws a diagnostic when it would lie too deep, or when the program is about to use up the memory.
  func append(contentsOf values: some Collection<Value>) throws(Diagnostic) {
    do {
      try Growth.check(items.count, adding: values.count, stride: MemoryLayout<Value>.stride)
    } catch {
      throw error.diagnostic()
    }
    for value in values {
      depth = max(depth, value.depth + 1)
      items.append(value)
    }
    try checkDepth(depth)
  }
}

/// Named fields in order.
public final class Record {
  /// The names, shared by all records of this form.
  public internal(set) var layout: RecordLayout
  /// The values, in the order of the names.
  public internal(set) var values: ContiguousArray<Value>
  /// How many containers lie inside one another here, itself included.
  public private(set) var depth: Int

  /// A record of this form; there is a value for each name.
  ///
  /// Throws a diagnostic when it would lie too deep.
  public init(_ layout: RecordLayout, _ values: some Sequence<Value>) throws(Diagnostic) {
    self.layout = layout
    self.values = ContiguousArray(values)
    precondition(self.values.count == layout.names.count, "a value for each name")
    depth = 1
    for value in self.values { depth = max(depth, value.depth + 1) }
    try checkDepth(depth)
  }

  /// A record of named values; a repeated name replaces the earlier value.
  ///
  /// `kind` says what kind of result it is, nil for a plain record.
  public convenience init(_ fields: [(String, Value)], kind: String? = nil) throws(Diagnostic) {
    var names: [String] = []
    var values: [Value] = []
    let hasFew = fields.count <= RecordLayout.fewNames
    var positions: [String: Int] = [:]
    for (name, value) in fields {
      if let index = hasFew ? names.firstIndex(of: name) : positions[name] {
        values[index] = value
      } else {
        if !hasFew { positions[name] = names.count }
        names.append(name)
        values.append(value)
      }
    }
    try self.init(RecordLayout.named(names, kind: kind), values)
  }

  /// The field's value without the mark of `fixed`, nil when there is none of this name.
  public subscript(name: String) -> Value? {
    guard let index = layout.index(of: name) else { return nil }
    return values[index].unfixed
  }

  /// Accounts for a field that was changed in place.
  func noteDepth(of value: Value) throws(Diagnostic) {
    depth = max(depth, value.depth + 1)
    try checkDepth(depth)
  }

  /// Sets a field, adding it when it is new; the caller owns the record alone. A field marked as
  /// fixed stays fixed.
  func set(_ name: String, to value: Value) throws(Diagnostic) {
    depth = max(depth, value.depth + 1)
    try checkDepth(depth)
    guard let index = layout.index(of: name) else {
      do {
        // A name stands in the list and, with its position, in a table that is half empty.
        let stride = MemoryLayout<Value>.stride + 4 * MemoryLayout<String>.stride
        try Growth.check(values.count, adding: 1, stride: stride)
      } catch {
        throw error.diagnostic()
      }
      RecordLayout.add(name, to: &layout)
      values.append(value)
      return
    }
    if case .fixed = values[index] {
      values[index] = .fixed(Fixed(value.unfixed))
    } else {
      values[index] = value
    }
  }
}

/// Throws when a container would lie deeper than walks over values allow for.
func checkDepth(_ depth: Int) throws(Diagnostic) {
  guard depth <= maximumValueDepth else {
    throw Diagnostic(
      "values lie \(depth) levels inside one another; the limit is \(maximumValueDepth)", kind: .limit,
      hint: "keep the items side by side in one list")
  }
}
