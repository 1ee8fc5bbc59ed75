import Language
import Persistence
import Plotting
import Tensors

/// Something that `:set` changes: its name, what it can be, and how it is read and written.
///
/// Each is one row of ``all``, from which the list, the completion and the errors are made.
final class Setting: Sendable {
  let name: String
  /// The values there are, as far as they are words.
  let words: [String]
  /// What else it can be: `4GB`; nil when the words are all.
  let form: String?
  let summary: String
  let read: @Sendable (PromptCall) -> String
  /// Takes over a value that is one of the words, or anything where there is a form; nil for one that makes no sense.
  private let write: @Sendable (_ value: String, _ call: PromptCall) -> PromptCommand.Answer?

  private init(
    _ name: String, _ words: [String], or form: String? = nil, _ summary: String,
    read: @escaping @Sendable (PromptCall) -> String,
    write: @escaping @Sendable (_ value: String, _ call: PromptCall) -> PromptCommand.Answer?
  ) {
    self.name = name
    self.words = words
    self.form = form
    self.summary = summary
    self.read = read
    self.write = write
  }

  /// What it can be, for lists and errors.
  var choices: String { (words + [form].compactMap(\.self)).joined(separator: ", ") }
}

extension Setting {
  static let all = [
    Setting("precision", ["f64", "f32"], "numbers of literals and of created tensors") { call in
      call.session.precision.name
    } write: { value, _ in
      // As a cell, because it is part of the session's state: undone, saved and repeated with it.
      .evaluate(["precision(\"\(value)\")"])
    },
    Setting("digits", ["auto"], or: "1 to 17", "significant digits of numbers that are shown") { call in
      call.host.appearance.digits.map(String.init) ?? "auto"
    } write: { value, call in
      guard let digits = number(value, in: 1...17) else { return nil }
      call.host.appearance.digits = digits
      return done
    },
    Setting("width", ["auto"], or: "20 to 1000", "columns that outputs may take") { call in
      call.host.appearance.width.map(String.init) ?? "auto"
    } write: { value, call in
      guard let width = number(value, in: 20...1000) else { return nil }
      call.host.appearance.width = width
      return done
    },
    Setting("color", TerminalLooks.Wish.allCases.map(\.rawValue), "colours of outputs") { call in
      call.host.appearance.color.rawValue
    } write: { value, call in
      guard let wish = TerminalLooks.Wish(rawValue: value) else { return nil }
      call.host.appearance.color = wish
      return done
    },
    Setting("style", ["auto"] + Figure.Style.allCases.map(\.rawValue), "what plots are made of") { call in
      call.host.appearance.style?.rawValue ?? "auto"
    } write: { value, call in
      call.host.appearance.style = Figure.Style(rawValue: value)
      return done
    },
    Setting("progress", ["on", "off"], "whether long calculations show how far they are") { call in
      call.host.appearance.showsProgress ? "on" : "off"
    } write: { value, call in
      call.host.appearance.showsProgress = value == "on"
      return done
    },
    Setting("memory", [], or: "a size such as 4GB", "the most memory of tensors") { _ in
      size(SessionOptions.memoryLimit)
    } write: { value, _ in
      guard let bytes = MemoryLimit.bytes(of: value) else { return nil }
      SessionOptions.memoryLimit = bytes
      return done
    },
    Setting("results", [], or: "a size such as 500MB", "memory of shown values; older ones are in the store")
    {
      call in
      size(call.session.shownBudget)
    } write: { value, call in
      guard let bytes = MemoryLimit.bytes(of: value) else { return nil }
      call.session.shownBudget = bytes
      return done
    },
    Setting(
      "steps", ["none"], or: "a number such as 1e6", "loops and calls of a cell before it ends with an error"
    ) { call in
      call.session.stepLimit.map { Display.number(Double($0)) } ?? "none"
    } write: { value, call in
      guard let steps = number(value, in: 1...1_000_000_000_000_000) else { return nil }
      call.session.stepLimit = steps
      return done
    },
    Setting("threads", ["auto"], or: "1 to 256", "threads of large calculations") { _ in
      String(Threads.count)
    } write: { value, _ in
      guard let count = number(value, in: 1...256) else { return nil }
      Threads.count = count ?? 0
      return done
    },
  ]

  private static let done = PromptCommand.Answer.text("")

  /// A whole number in a range; nil within when the value is a word instead, nil when it makes no sense.
  private static func number(_ value: String, in range: ClosedRange<Int>) -> Int?? {
    if value.allSatisfy(\.isLetter) { return .some(nil) }
    guard let number = Double(value), let whole = Int(exactly: number), range.contains(whole) else {
      return nil
    }
    return whole
  }

  private static func size(_ bytes: Int) -> String {
    SQLiteStore.size(bytes)
  }

  /// The setting of this name.
  static func named(_ name: String) throws(Diagnostic) -> Setting {
    if let setting = all.first(where: { $0.name == name }) { return setting }
    let names = all.map(\.name)
    let near = NearestName.find(name, in: names).map { "did you mean \($0)? " } ?? ""
    throw Diagnostic(
      "nothing is set by \(name)", kind: .name, hint: near + "there are " + names.joined(separator: ", "))
  }

  /// Gives it a value. Throws when it cannot have that.
  func set(_ value: String, _ call: PromptCall) throws(Diagnostic) -> PromptCommand.Answer {
    let isWord = words.contains(value)
    if isWord || form != nil && !value.allSatisfy(\.isLetter), let answer = write(value, call) {
      return answer
    }
    throw Diagnostic(
      "\(name) cannot be \(Display.literal(value))", kind: .argument, hint: "it can be \(choices)")
  }

  /// All settings with their values, in so many columns.
  static func list(_ settings: [Setting], _ call: PromptCall) -> String {
    var table = TextTable(headings: [
      ("setting", false), ("value", false), ("can be", false), ("what it sets", false),
    ])
    table.rows = settings.map { [$0.name, $0.read(call), $0.choices, $0.summary] }
    return table.text(width: call.host.width)
  }
}
