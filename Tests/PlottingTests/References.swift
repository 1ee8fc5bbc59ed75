import Glibc
import Testing

/// Pictures kept as files beside the tests.
///
/// With `NNS_RECORD_REFERENCES` set they are written instead of compared; look at them before keeping them.
enum References {
  static let isRecording = getenv("NNS_RECORD_REFERENCES") != nil

  private static let folder =
    #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(
      separator: "/") + "/References/"

  /// Compares a text with the file of a name.
  static func expect(_ text: String, toBe name: String) throws {
    let path = folder + name
    guard !isRecording else {
      let file = try #require(fopen(path, "w"), "\(path) cannot be written")
      fputs(text, file)
      fclose(file)
      return
    }
    let kept = try #require(content(path), "there is no \(name); NNS_RECORD_REFERENCES=1 makes it")
    #expect(text == kept, "\(name) has changed:\n\(text)\n")
  }

  private static func content(_ path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
    return String(decoding: bytes, as: UTF8.self)
  }
}
