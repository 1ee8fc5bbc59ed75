@testable import Tensors

/// The functions behind layers, each as a function of one of its operands.
let networkSamples: [Sample] =
  convolutions + pools + affineSamples + normalizations + attentions + recurrences

/// A constant operand in the precision of the one that varies.
private func constant(_ shape: Shape, _ key: UInt64, like x: Quantity) throws(TensorError) -> Quantity {
  try .random(shape, in: -1...1, key: key).cast(to: x.dtype)
}

/// The settings of a convolution and its operands' shapes.
private struct ConvolutionCase: Sendable {
  let name: String
  let x: Shape
  let w: Shape
  var motion = WindowMotion()
  var groups = 1

  var samples: [Sample] {
    let (x, w, motion, groups) = (x, w, motion, groups)
    let b: Shape = [w[0]]
    return [
      Sample("conv \(name) in x", x) { (v) throws(TensorError) in
        try v.conv(constant(w, 2, like: v), constant(b, 3, like: v), motion, groups: groups)
      },
      Sample("conv \(name) in w", w) { (v) throws(TensorError) in
        try constant(x, 2, like: v).conv(v, constant(b, 3, like: v), motion, groups: groups)
      },
      Sample("conv \(name) in b", b) { (v) throws(TensorError) in
        try constant(x, 2, like: v).conv(constant(w, 3, like: v), v, motion, groups: groups)
      },
    ]
  }
}

private let convolutions: [Sample] =
  [
    ConvolutionCase(name: "1-D", x: [2, 2, 6], w: [3, 2, 3], motion: WindowMotion(padding: [1])),
    ConvolutionCase(name: "2-D", x: [2, 2, 5, 4], w: [3, 2, 3, 2]),
    ConvolutionCase(
      name: "strided", x: [1, 2, 7, 6], w: [2, 2, 3, 3],
      motion: WindowMotion(stride: [2, 3], padding: [1, 2])),
    ConvolutionCase(
      name: "dilated", x: [1, 1, 6, 7], w: [2, 1, 2, 3],
      motion: WindowMotion(padding: [0, 2], dilation: [3, 2])),
    ConvolutionCase(
      name: "grouped", x: [1, 4, 4, 4], w: [6, 2, 3, 3], motion: WindowMotion(padding: [1]), groups: 2),
    ConvolutionCase(name: "pointwise", x: [2, 3, 2, 3], w: [2, 3, 1, 1]),
  ].flatMap(\.samples) + [
    Sample("conv_transpose in x", [1, 4, 3, 2]) { (v) throws(TensorError) in
      try v.convTranspose(
        constant([4, 2, 3, 3], 2, like: v), constant([4], 3, like: v),
        WindowMotion(stride: [2], padding: [1, 0], dilation: [2, 1]), groups: 2)
    },
    Sample("conv_transpose in w", [2, 1, 3]) { (v) throws(TensorError) in
      try constant([2, 2, 4], 2, like: v).convTranspose(v, nil, WindowMotion(stride: [3]))
    },
  ]

private let pools: [Sample] = [
  Sample("max_pool", [2, 1, 5, 4]) { (x) throws(TensorError) in try x.maxPool(size: [2]) },
  Sample("max_pool overlapping", [1, 2, 5, 6]) { (x) throws(TensorError) in
    try x.maxPool(size: [3, 2], stride: [1, 2], padding: [1, 0])
  },
  Sample("max_pool 1-D", [2, 1, 7]) { (x) throws(TensorError) in try x.maxPool(size: [3], stride: [2]) },
  Sample("avg_pool", [2, 1, 5, 4]) { (x) throws(TensorError) in try x.meanPool(size: [2]) },
  Sample("avg_pool overlapping", [1, 2, 5, 6]) { (x) throws(TensorError) in
    try x.meanPool(size: [3, 2], stride: [1, 2], padding: [2, 1])
  },
]

private let affineSamples: [Sample] = [
  Sample("affine in x", [2, 2, 3]) { (x) throws(TensorError) in
    try x.affine(constant([3, 4], 2, like: x), constant([4], 3, like: x))
  },
  Sample("affine in w", [3, 4]) { (w) throws(TensorError) in
    try constant([2, 2, 3], 2, like: w).affine(w, constant([4], 3, like: w))
  },
  Sample("affine in b", [4]) { (b) throws(TensorError) in
    try constant([3], 2, like: b).affine(constant([3, 4], 3, like: b), b)
  },
]

private let normalizations: [Sample] = [
  Sample("normalize rows", [3, 11]) { (x) throws(TensorError) in try x.normalize(axes: [-1]) },
  Sample("normalize last axes", [2, 3, 2]) { (x) throws(TensorError) in
    try x.normalize(axes: [1, 2], eps: 0.1)
  },
  Sample("normalize channels", [3, 2, 2, 3]) { (x) throws(TensorError) in try x.normalize(axes: [0, 2, 3]) },
  Sample("normalize columns", [5, 2]) { (x) throws(TensorError) in try x.normalize(axes: [0]) },
]

private let attentions: [Sample] = [
  Sample("attend in q", [2, 3, 4]) { (q) throws(TensorError) in
    try q.attend(to: constant([2, 5, 4], 2, like: q), constant([2, 5, 2], 3, like: q))
  },
  Sample("attend in k", [2, 5, 4]) { (k) throws(TensorError) in
    try constant([2, 3, 4], 2, like: k).attend(to: k, constant([2, 5, 2], 3, like: k))
  },
  Sample("attend in v", [5, 2]) { (v) throws(TensorError) in
    try constant([3, 4], 2, like: v).attend(to: constant([5, 4], 3, like: v), v)
  },
  Sample("attend to itself, causal", [1, 2, 5, 3]) { (x) throws(TensorError) in
    try x.attend(to: x, x * x, isCausal: true)
  },
]

private let recurrences: [Sample] = [
  (RecurrentCell.rnn, 1), (.lstm, 4), (.gru, 3),
].flatMap { (cell: RecurrentCell, gates: Int) -> [Sample] in
  let shapes: [Shape] = [[3, 4, 2], [2, gates * 2], [2, gates * 2], [gates * 2], [3, 2]]
  let more: Shape = cell == .lstm ? [3, 2] : [gates * 2]
  return (cell == .rnn ? shapes : shapes + [more]).enumerated().map { position, shape in
    Sample("\(cell.name) in operand \(position)", shape) { (v) throws(TensorError) in
      var operands: [Quantity] = []
      for (index, shape) in (shapes + [more]).enumerated() {
        operands.append(index == position ? v : try constant(shape, UInt64(index + 2), like: v))
      }
      return try operands[0].recurrent(
        cell, operands[1], operands[2], operands[3], h: operands[4], more: cell == .rnn ? nil : operands[5],
        givesCells: cell == .lstm)
    }
  }
}

/// Larger uses, which the threads share.
let networkPrograms: [Sample] = [
  Sample("conv of many images", [16, 4, 24, 20]) { (x) throws(TensorError) in
    try x.conv(constant([8, 4, 3, 3], 2, like: x), constant([8], 3, like: x), WindowMotion(padding: [1]))
  },
  Sample("conv of one large image", [1, 16, 70, 70]) { (x) throws(TensorError) in
    try x.conv(constant([40, 16, 3, 3], 2, like: x), nil, WindowMotion(padding: [1]))
  },
  Sample("kernels of many images", [8, 4, 3, 3]) { (w) throws(TensorError) in
    try constant([19, 4, 24, 20], 2, like: w).conv(w)
  },
  Sample("pools", [32, 8, 26, 26]) { (x) throws(TensorError) in
    try x.maxPool(size: [2]).meanPool(size: [3], stride: [1], padding: [1])
  },
  Sample("attend", [8, 130, 16]) { (x) throws(TensorError) in try x.attend(to: x, x, isCausal: true) },
  Sample("normalize", [64, 16, 10, 10]) { (x) throws(TensorError) in
    try x.normalize(axes: [0, 2, 3]).normalize(axes: [3])
  },
  Sample("lstm", [40, 20, 8]) { (x) throws(TensorError) in
    try x.recurrent(
      .lstm, constant([8, 64], 2, like: x), constant([16, 64], 3, like: x), constant([64], 4, like: x))
  },
  Sample("gru in single precision", [40, 20, 8]) { (x) throws(TensorError) in
    let x = try x.cast(to: .f32)
    return try x.recurrent(
      .gru, constant([8, 48], 2, like: x), constant([16, 48], 3, like: x), constant([48], 4, like: x))
  },
]
