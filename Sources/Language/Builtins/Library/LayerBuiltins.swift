import Tensors

/// What layers are made of: records of a kind, and the functions that do their work.
extension BuiltinTable {
  static let layerBuiltins: [Builtin] = [
    Builtin(
      "layer(kind, record)", .layers,
      "Record as a layer of some kind, which is what type, errors and summaries call it.",
      convention:
        "call: (self, x) -> y is what it does, train: (self, x) -> (y, self) what differs in learning",
      example: """
        twice = layer("twice", (call: (self, x) -> 2 * x))
        twice(4)
        #> 8
        type(twice)
        #> "twice"
        """
    ) { call in
      let record = try call.record(1)
      guard record["call"] != nil else {
        throw Diagnostic(
          "layer: the record has no field `call`", kind: .type,
          hint: "call: (self, x) -> … is what the layer does")
      }
      return .record(
        try Record(RecordLayout.named(record.layout.names, kind: call.string(0)), record.values))
    }
  ]
}
