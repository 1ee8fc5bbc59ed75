/// Something that can be called.
public final class Function {
  /// Where its work is done.
  enum Body {
    /// Compiled from source, with the values it captured.
    case code(Code, captures: Captures)
    /// Part of the program.
    case builtin(Builtin)
    /// What a builtin returned: that builtin's second stage with the values it was given.
    case derived(Builtin, arguments: [Value])
  }

  let body: Body
  /// Depth of what it captured, so that walks over values stay bounded.
  let depth: Int
  /// How many positional arguments compiled code takes without binding; -1 for everything else. Like the two
  /// members below, within reach of the machine's loop.
  let plainParameterCount: Int
  /// The code's header; there is one where the count above is not negative.
  let header: UnsafePointer<CodeHeader>?
  let captureWords: UnsafeMutablePointer<Word>?
  /// The parameters of a builtin, read when first needed.
  private(set) lazy var signature: Signature? = builtin.map { Signature($0.signature) }

  /// A function of compiled code and the values it captured.
  init(_ code: Code, captures: Captures = Captures([])) throws(Diagnostic) {
    body = .code(code, captures: captures)
    depth = captures.depth
    plainParameterCount = code.isPlain ? code.parameters.count : -1
    header = UnsafePointer(code.header)
    captureWords = captures.words
    try checkDepth(depth)
  }

  init(_ builtin: Builtin) {
    body = .builtin(builtin)
    depth = 0
    plainParameterCount = -1
    header = nil
    captureWords = nil
  }

  /// The builtin it is, or was made by.
  var builtin: Builtin? {
    switch body {
    case .code: nil
    case .builtin(let builtin), .derived(let builtin, arguments: _): builtin
    }
  }

  /// The function that `builtin` makes of `arguments`, such as `grad(f)`.
  init(derived builtin: Builtin, arguments: [Value]) throws(Diagnostic) {
    body = .derived(builtin, arguments: arguments)
    plainParameterCount = -1
    header = nil
    captureWords = nil
    depth = (arguments.map(\.depth).max() ?? 0) + 1
    try checkDepth(depth)
  }
}

/// The words a closure took with it.
final class Captures {
  let words: UnsafeMutablePointer<Word>
  let count: Int
  let depth: Int

  /// Takes the words over; what is unset stays unset.
  init(_ words: [Word]) {
    count = words.count
    self.words = .allocate(capacity: max(1, words.count))
    self.words.initialize(from: words, count: words.count)
    depth = (words.map(\.value.depth).max() ?? -1) + 1
  }

  /// The captured values in order; none for a name that was not set yet.
  var values: [Value] { (0..<count).map { words[$0].value } }

  deinit {
    for index in 0..<count { words[index].release() }
    words.deallocate()
  }
}
