import Tensors

/// Attention, and recurrent layers over whole sequences.
extension BuiltinTable {
  static let sequenceFunctions: [Builtin] = [
    Builtin(
      "attend(q, k, v, causal: false)", .layers, "Scaled dot-product attention over the last two axes.",
      formula: "softmax(q @ k.T / sqrt(d)) @ v with q [..., queries, d], k [..., keys, d], v [..., keys, n]",
      gradient: "through the softmax to q and k, by its weights to v",
      convention: "causal: true lets query i see the keys up to i only",
      example: """
        attend([[0, 0]], [[1, 0], [0, 1]], [[2, 4], [6, 8]])
        #> [1, 2] f64
        #>   4  6
        """
    ) { call in
      Value(try call.quantity(0).attend(to: call.quantity(1), call.quantity(2), isCausal: call.bool(3)))
    },
    Builtin(
      "rnn_states(x, w, u, b, h: none)", .layers, "States of a simple recurrent layer after every step.",
      formula: "h <- tanh(x @ w + h @ u + b)",
      gradient: "through all steps, from the last to the first",
      convention:
        "x [batch, time, inputs], w [inputs, features], u [features, features], b [features]; h [batch, features] before the first step, zeros unless given",
      example: """
        rnn_states(ones(1, 3, 1), [[1]], [[0.5]], [0])[0, :, 0]
        #> [0.761594156, 0.8811296283, 0.8938113694]
        """
    ) { call in
      Value(
        try call.quantity(0).recurrent(
          .rnn, call.quantity(1), call.quantity(2), call.quantity(3), h: call.optionalQuantity(4)))
    },
    Builtin(
      "lstm_states(x, w, u, b, h: none, c: none, cells: false)", .layers,
      "States of a long short-term memory after every step.",
      formula:
        "i, f, g, o = x @ w + h @ u + b; c <- sigmoid(f) c + sigmoid(i) tanh(g); h <- sigmoid(o) tanh(c)",
      gradient: "through all steps, from the last to the first",
      convention:
        "x [batch, time, inputs], w [inputs, 4 features], u [features, 4 features], b [4 features], gates in the order i, f, g, o; h and c [batch, features] before the first step, zeros unless given; cells: true gives (h, c) of every step",
      example: """
        (h, c) = lstm_states(ones(2, 5, 3), ones(3, 4), ones(1, 4), zeros(4), cells: true)
        h.shape
        #> [2, 5, 1]
        """
    ) { call in
      let givesCells = try call.bool(6)
      let states = try call.quantity(0).recurrent(
        .lstm, call.quantity(1), call.quantity(2), call.quantity(3), h: call.optionalQuantity(4),
        more: call.optionalQuantity(5), givesCells: givesCells)
      guard givesCells else { return Value(states) }
      return .list(try List(states.split(at: [1]).map { Value(try $0.squeeze(axes: [0])) }))
    },
    Builtin(
      "gru_states(x, w, u, b, c, h: none)", .layers, "States of a gated recurrent unit after every step.",
      formula:
        "r, z = sigmoid(x @ w + b + h @ u + c); n = tanh(x @ w + b + r (h @ u + c)); h <- (1 - z) n + z h",
      gradient: "through all steps, from the last to the first",
      convention:
        "x [batch, time, inputs], w [inputs, 3 features], u [features, 3 features], b and c [3 features], gates in the order r, z, n; h [batch, features] before the first step, zeros unless given",
      example: """
        gru_states(ones(2, 5, 3), ones(3, 3), ones(1, 3), zeros(3), zeros(3)).shape
        #> [2, 5, 1]
        """
    ) { call in
      Value(
        try call.quantity(0).recurrent(
          .gru, call.quantity(1), call.quantity(2), call.quantity(3), h: call.optionalQuantity(5),
          more: call.quantity(4)))
    },
  ]
}
