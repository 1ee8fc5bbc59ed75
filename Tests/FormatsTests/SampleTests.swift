import Foundation
import Tensors
import Testing

@testable import Formats

/// The shared sample files, which other libraries wrote, against what is known about them.
@Suite("sample files", .enabled(if: Samples.isPresent))
struct SampleTests {
  @Test("what the samples hold", arguments: Samples.names)
  func sample(_ name: String) throws {
    let expected = try #require(Samples.expectation(of: name))
    let bytes = try Samples.bytes(of: name)
    guard expected["expect_error"] != .bool(true) else {
      #expect(throws: FormatError.self) { try Samples.read(bytes, expected) }
      return
    }
    let found = try Samples.read(bytes, expected)
    for (path, wanted) in try Samples.wanted(expected) where found[path] != wanted {
      Issue.record("\(name): \(path) is \(found[path] ?? []), not \(wanted)")
    }
    #expect(!found.isEmpty)
  }

  @Test("every kind of sample has tests")
  func everyKind() {
    let read = ["csv", "npy", "npz", "safetensors", "idx", "onnx"]
    let kinds = Samples.kinds
    let found = kinds.values.reduce(0, +)
    let mapped = kinds.filter { read.contains($0.key) }.values.reduce(0, +)
    print(
      "samples: \(found) found, \(mapped) mapped here, \(kinds["ipynb"] ?? 0) in the tests of the language")
    #expect(Set(kinds.keys) == Set(read + ["ipynb"]))
  }

  @Test("a ragged record names its line")
  func ragged() throws {
    let bytes = try Samples.bytes(of: "csv/ragged.csv")
    do {
      _ = try CSV.read(bytes)
      Issue.record("it was read")
    } catch {
      guard case .ragged(line: 3, column: _, fields: 2, wanted: 3) = error else {
        Issue.record("the error is \(error)")
        return
      }
    }
  }

  @Test("columns with one name or none can be told apart")
  func duplicateNames() throws {
    let table = try CSV.read(Samples.bytes(of: "csv/duplicate_header.csv"))
    #expect(table.names == ["a", "a_2", "c2"])
  }
}

/// Access to the samples and to the list of what they hold.
enum Samples {
  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("../shared/formats").standardizedFileURL

  static let isPresent = FileManager.default.fileExists(
    atPath: folder.appendingPathComponent("expected.json").path)

  /// Kinds whose content only the language can tell, which has tests of its own, and samples that tests here look at.
  private static let others = ["ipynb", "csv/ragged.csv", "csv/duplicate_header.csv"]

  private static let files: [[String: JSON]] = {
    guard isPresent, let bytes = try? bytes(of: "expected.json"),
      case .object(let members)? = try? JSON(reading: bytes),
      case .array(let files)? = members.first(where: { $0.name == "files" })?.value
    else { return [] }
    return files.compactMap { file in
      guard case .object(let members) = file else { return nil }
      return Dictionary(members.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
    }
  }()

  /// How many samples there are, and of which kinds.
  static let kinds = Dictionary(grouping: files) { file in
    if case .string(let kind)? = file["kind"] { kind } else { "" }
  }.mapValues(\.count)

  static let names: [String] = files.compactMap { file in
    guard case .string(let name)? = file["file"], !others.contains(where: { name.hasPrefix($0) }) else {
      return nil
    }
    return name
  }

  static func expectation(of name: String) -> [String: JSON]? { files.first { $0["file"] == .string(name) } }

  static func bytes(of name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: folder.appendingPathComponent(name)))
  }

  /// What a file holds: for each tensor or column its shape and its elements, as texts.
  static func read(_ bytes: [UInt8], _ expected: [String: JSON]) throws -> [String: [String]] {
    guard case .string(let kind)? = expected["kind"] else { return [:] }
    switch kind {
    case "npy": return ["": try describe(NPY.read(bytes))]
    case "idx": return ["": try describe(IDX.read(bytes))]
    case "npz": return try described(NPZ.read(bytes))
    case "safetensors": return try described(SafeTensors.read(bytes).tensors)
    case "onnx": return try described(ONNX.read(bytes))
    default: return try columns(bytes, expected)
    }
  }

  private static func described(_ tensors: [NamedTensor]) throws -> [String: [String]] {
    try Dictionary(uniqueKeysWithValues: tensors.map { ($0.name, try describe($0.tensor)) })
  }

  private static func describe(_ tensor: Tensor) throws -> [String] {
    try ["\(tensor.shape)"] + tensor.doubles().map { "\($0)" }
  }

  /// The operations and the names of what goes in and comes out; what they compute is for the language to tell.
  private static func described(_ model: ONNX.Model) -> [String: [String]] {
    [
      "ops": model.nodes.map(\.operation), "opset": ["\(model.opset)"],
      "ends": model.inputs.map(\.name) + model.outputs,
    ]
  }

  private static func columns(_ bytes: [UInt8], _ expected: [String: JSON]) throws -> [String: [String]] {
    var options = CSV.Options()
    if case .object(let members)? = expected["options"] {
      for member in members {
        switch (member.name, member.value) {
        case ("separator", .string(let text)): options.separator = text.unicodeScalars.first
        case ("decimal", .string(let text)): options.decimal = text.unicodeScalars.first ?? "."
        case ("thousands", .string(let text)): options.thousands = text.unicodeScalars.first
        case ("header", .bool(let bool)): options.hasHeader = bool
        default: break
        }
      }
    }
    let table = try CSV.read(bytes, options: options)
    var result: [String: [String]] = [:]
    for (name, cells) in zip(table.names, table.cells) {
      switch cells {
      case .numbers(let tensor): result[name] = try tensor.doubles().map { "\($0)" }
      case .texts(let texts): result[name] = texts.map { $0 ?? "missing" }
      }
    }
    return result
  }

  /// What the list says, in the same form.
  static func wanted(_ expected: [String: JSON]) throws -> [String: [String]] {
    if let tensor = expected["tensor"] { return ["": describe(tensor)] }
    if case .array(let operations)? = expected["ops"] {
      return [
        "ops": elements(.array(operations)), "opset": ["17"],
        "ends": members(expected["inputs"]) + members(expected["outputs"]),
      ]
    }
    var result: [String: [String]] = [:]
    if case .object(let members)? = expected["tensors"] {
      for member in members { result[member.name] = describe(member.value) }
    }
    if case .object(let members)? = expected["columns"] {
      // The one column whose last cells are no numbers is text as a whole.
      for member in members where member.name != "v_first_11" { result[member.name] = elements(member.value) }
    }
    return result
  }

  private static func members(_ value: JSON?) -> [String] {
    if case .object(let members)? = value { members.map(\.name) } else { [] }
  }

  private static func describe(_ tensor: JSON) -> [String] {
    guard case .object(let members) = tensor else { return [] }
    let fields = Dictionary(members.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
    var lengths: [String] = []
    if case .array(let items)? = fields["shape"] {
      lengths = items.compactMap { if case .number(let number) = $0 { String(Int(number)) } else { nil } }
    }
    return ["[" + lengths.joined(separator: ", ") + "]"] + (fields["data"].map(elements) ?? [])
  }

  private static func elements(_ value: JSON) -> [String] {
    guard case .array(let items) = value else { return [] }
    return items.map { item in
      switch item {
      case .number(let number): "\(number)"
      case .bool(let bool): bool ? "1.0" : "0.0"
      case .string(let text): text
      case .null: "nan"
      case .array, .object: "?"
      }
    }
  }
}
