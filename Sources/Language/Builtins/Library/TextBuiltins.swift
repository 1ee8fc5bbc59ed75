import Tensors

/// Showing values and turning them into text and back.
extension BuiltinTable {
  static let textBuiltins: [Builtin] = [
    Builtin(
      "print(...values)", .text, "Shows values in full, joined by spaces.",
      example: """
        print("loss", 0.25)
        #> loss 0.25
        """
    ) { call in
      let text = try call.rest(0).map(Display.full).joined(separator: " ")
      call.machine.host.show(.text(text))
      return .none
    },
    Builtin(
      "str(value)", .text, "Text of a value, as print shows it.",
      example: """
        str([1, 2]) ++ "!"
        #> "[1, 2]!"
        """
    ) { call in .string(Display.full(call[0])) },
    Builtin(
      "number(text)", .text, "Number that a text spells; a text vector gives a tensor.",
      convention: "a missing text gives nan; a bool gives 0 or 1",
      example: """
        number("1e3") + 1
        #> 1001
        """
    ) { call in
      switch call[0] {
      case .string(let string): return .number(try NumberReader.read(string))
      case .text(let vector):
        var numbers: [Double] = []
        for item in vector.items { numbers.append(try item.map(NumberReader.read) ?? .nan) }
        return .tensor(try Tensor(numbers).converted(to: call.state.precision))
      default:
        guard let quantity = call[0].quantity, quantity.shape.rank == 0 else {
          throw call.wrong(0, "a string")
        }
        return Value(quantity)
      }
    },
    Builtin(
      "format(value, format)", .text, "Text of a value in a format of Python's format language.",
      convention: "tensors and lists are formatted item by item",
      example: """
        format(pi, ".3f")
        #> "3.142"
        format([0.5, 1/3], ".2f")
        #> "[0.50, 0.33]"
        """
    ) { call in .string(try FormatSpecification.apply(try call.string(1), to: call[0])) },
    Builtin(
      "type(value)", .text, "Name of a value's type.",
      example: """
        type("a")
        #> "string"
        type([1, 2])
        #> "tensor"
        """
    ) { call in .string(call[0].typeName) },
    Builtin(
      "args()", .text, "Arguments given to the script on the command line, as a text vector.",
      example: """
        len(args())
        #> 0
        """
    ) { call in .text(TextVector(call.machine.arguments)) },
    Builtin(
      "read_text(path)", .text, "Content of a text file.",
      convention: "the file must be UTF-8",
      example: """
        write_text("one\\ntwo", "notes.txt")
        read_text("notes.txt")
        #> "one\\ntwo"
        """
    ) { call in
      let path = try call.string(0)
      let bytes = try call.machine.host.read(path)
      guard let offset = Scalars.firstInvalidOffset(in: bytes[...]) else {
        return .string(String(decoding: bytes, as: UTF8.self))
      }
      throw Diagnostic("\(path) is not UTF-8 text: byte \(offset) belongs to no character", kind: .file)
    },
    Builtin(
      "write_text(text, path)", .text, "Writes a text to a file, replacing what was there.",
      example: """
        write_text("one", "notes.txt")
        read_text("notes.txt")
        #> "one"
        """
    ) { call in
      try call.machine.host.write(Array(try call.string(0).utf8), to: try call.string(1))
      return .none
    },
    Builtin(
      "help(subject: none)", .text, "Shows the entry of a function, or what a search for words finds.",
      example: """
        help(relu)
        #> relu(x)
        #> ...
        """
    ) { call in
      call.machine.host.show(.text(helpText(for: call[0])))
      return .none
    },
  ]

  private static func helpText(for value: Value) -> String {
    switch value {
    case .none: return HelpText.overview
    case .function(let function): return HelpText.entry(for: function)
    case .string(let string):
      return HelpText.entry(named: string) ?? HelpText.list(HelpText.search(string))
        ?? "nothing is known about \"\(string)\""
    default: return value.kind + "\n" + Display.text(value)
    }
  }
}

/// Reads numbers as the language writes them.
enum NumberReader {
  static func read(_ text: String) throws(Diagnostic) -> Double {
    let trimmed = StringWork.trimmed(text)
    guard let number = Double(trimmed.replacing("_", with: "")), !trimmed.isEmpty else {
      throw Diagnostic("\(Display.literal(String(text.prefix(40)))) is not a number", kind: .value)
    }
    return number
  }
}
