import Tensors

/// A value in the form a store keeps: a JSON document and the tensors it refers to by position.
///
/// The document is `{"value": item}`, with `"nodes": [node, …]` where containers or functions are shared or
/// nested, and `"scopes": [scope, …]` where functions bring names with them.
///
/// | item | means |
/// |---|---|
/// | `null`, `true`, `0.5`, `"text"` | none, a bool, a finite number, a string |
/// | `{"number": "nan"}` | a number that JSON has no form for: `nan`, `inf`, `-inf` |
/// | `{"tensor": 2}` | the tensor at that position |
/// | `{"range": [0, 10], "dtype": "f64"}` | the integers from the first on, so many of them |
/// | `{"builtin": "sin"}` | a function of the program |
/// | `{"node": 3}` | the node at that position, always an earlier one |
///
/// | node | means |
/// |---|---|
/// | `{"list": [item, …]}` | a list |
/// | `{"record": {"w": item}, "kind": "run"}` | a record, of some kind where there is one |
/// | `{"text": ["a", null]}` | a text vector |
/// | `{"table": {"c": item}, "rows": 2}` | a table |
/// | `{"fixed": item}` | a part marked as data |
/// | `{"derived": "grad", "arguments": [item, …]}` | what a builtin returned |
/// | `{"function": "x -> a * x", "captures": {"a": item}, …}` | a function as source; see ``FunctionForm`` |
public struct StoredValue {
  /// The name of its type.
  public var type: String
  /// The value on one line, or what it is.
  public var summary: String
  /// The JSON document.
  public var structure: String
  /// The tensors the document refers to.
  public var tensors: [Tensor]

  /// A value that was read from a store.
  public init(type: String, summary: String, structure: String, tensors: [Tensor]) {
    self.type = type
    self.summary = summary
    self.structure = structure
    self.tensors = tensors
  }
}
