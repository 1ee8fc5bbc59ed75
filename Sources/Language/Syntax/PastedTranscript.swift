/// Text copied from a prompt: inputs behind `[7]> `, their further lines behind `...> `, and what was shown.
public enum PastedTranscript {
  /// The inputs of a transcript, without prompts and outputs; nil for text that is none.
  public static func inputs(in text: String) -> [String]? {
    var inputs: [[Substring]] = []
    var isInput = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if let input = afterPrompt(line) {
        inputs.append([input])
        isInput = true
      } else if isInput, let more = afterContinuation(line) {
        inputs[inputs.count - 1].append(more)
      } else {
        isInput = false
      }
    }
    guard !inputs.isEmpty else { return nil }
    return inputs.map { $0.joined(separator: "\n") }.filter { !$0.allSatisfy(\.isWhitespace) }
  }

  /// The lines that divide inputs which are pasted together, so that each stays a cell of its own.
  public static let divider = "# %%"

  private static func afterPrompt(_ line: Substring) -> Substring? {
    let text = line.drop { $0 == " " }
    guard text.first == "[", let end = text.firstIndex(of: "]") else { return nil }
    let number = text[..<end].dropFirst()
    guard !number.isEmpty, number.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
    return after("]>", text[end...])
  }

  private static func afterContinuation(_ line: Substring) -> Substring? {
    after("...>", line.drop { $0 == " " })
  }

  /// What follows a sign and a space, which may be missing where nothing follows.
  private static func after(_ sign: String, _ text: Substring) -> Substring? {
    guard text.hasPrefix(sign) else { return nil }
    let rest = text.dropFirst(sign.count)
    return rest.isEmpty ? rest : rest.first == " " ? rest.dropFirst() : nil
  }
}
