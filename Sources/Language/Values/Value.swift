import Plotting
import Tensors

/// Anything a name can hold.
///
/// The machine packs values into 64-bit words; everywhere else they are this enumeration. Containers
/// are shared until one of their owners changes them, so that they behave as values.
public enum Value {
  case none
  case bool(Bool)
  case number(Double)
  case tensor(Tensor)
  /// A number or tensor while it is differentiated: ordinary to the rest of the language.
  case traced(Traced)
  case text(TextVector)
  case string(String)
  case list(List)
  case record(Record)
  case table(Table)
  case function(Function)
  /// A plot.
  case figure(Figure)
  /// A leaf marked as data; reading it from its container gives the value itself.
  case fixed(Fixed)
}

extension Value {
  /// What it is, with an article, for messages.
  public var kind: String {
    switch self {
    case .none: "none"
    case .bool: "a bool"
    case .number: "a number"
    case .tensor(let tensor): "a \(tensor.shape) tensor"
    case .traced(let traced): Value(Quantity.traced(traced).concrete).kind
    case .text: "a text vector"
    case .string: "a string"
    case .list: "a list"
    case .record(let record): record.layout.kind.map(Value.withArticle) ?? "a record"
    case .table: "a table"
    case .function: "a function"
    case .figure: "a plot"
    case .fixed(let fixed): fixed.value.kind
    }
  }

  /// The name of its type as the builtin `type` gives it.
  public var typeName: String {
    switch self {
    case .none: "none"
    case .bool: "bool"
    case .number: "number"
    case .tensor: "tensor"
    case .traced(let traced): Value(Quantity.traced(traced).concrete).typeName
    case .text: "text vector"
    case .string: "string"
    case .list: "list"
    case .record(let record): record.layout.kind ?? "record"
    case .table: "table"
    case .function: "function"
    case .figure: "plot"
    case .fixed(let fixed): fixed.value.typeName
    }
  }

  /// The value of a calculation.
  public init(_ quantity: Quantity) {
    switch quantity {
    case .number(let number): self = .number(number)
    case .tensor(let tensor):
      if tensor.shape.rank == 0 {
        self = tensor.dtype == .bool ? .bool(tensor[flat: 0] != 0) : .number(tensor[flat: 0])
      } else {
        self = .tensor(tensor)
      }
    case .traced(let traced): self = .traced(traced)
    }
  }

  /// Itself as something to calculate with: numbers, bools (0 and 1) and tensors; nil otherwise.
  public var quantity: Quantity? {
    switch self {
    case .number(let number): .number(number)
    case .bool(let bool): .number(bool ? 1 : 0)
    case .tensor(let tensor): .tensor(tensor)
    case .traced(let traced): .traced(traced)
    case .fixed(let fixed): fixed.value.quantity
    case .none, .text, .string, .list, .record, .table, .function, .figure: nil
    }
  }

  /// How many containers lie inside one another, 0 for a leaf.
  var depth: Int {
    switch self {
    case .list(let list): list.depth
    case .record(let record): record.depth
    case .fixed(let fixed): fixed.value.depth
    case .function(let function): function.depth
    case .none, .bool, .number, .tensor, .traced, .text, .string, .table, .figure: 0
    }
  }

  /// A name with the article it takes: `a run`, `an optimiser`.
  static func withArticle(_ name: String) -> String {
    (name.first.map { "aeiou".contains($0) } == true ? "an " : "a ") + name
  }

  /// The value without the mark of `fixed`.
  public var unfixed: Value {
    if case .fixed(let fixed) = self { fixed.value } else { self }
  }
}

/// A leaf that walks over parameters leave alone.
public final class Fixed {
  /// The data.
  public let value: Value

  /// Marks `value`, which is not marked yet.
  public init(_ value: Value) { self.value = value }
}

/// Texts in a row; a missing one is nil.
public final class TextVector {
  /// The texts.
  public internal(set) var items: ContiguousArray<String?>

  /// A vector of these texts.
  public init(_ items: some Sequence<String?>) { self.items = ContiguousArray(items) }
}
