import Glibc
import Language

/// The limit that the environment sets to the memory of tensors.
enum MemoryLimit {
  /// Sets the limit that `NNS_MEMORY_LIMIT` asks for; false when that makes no sense.
  static func adopt() -> Bool {
    guard let text = getenv("NNS_MEMORY_LIMIT").map({ String(cString: $0) }), !text.isEmpty else {
      return true
    }
    guard let bytes = bytes(of: text) else { return false }
    SessionOptions.memoryLimit = bytes
    return true
  }

  /// The number that a text such as `4GB` or `1.5 MB` means, nil for anything else.
  static func bytes(of text: String) -> Int? {
    let units = ["": 1.0, "B": 1, "KB": 1e3, "MB": 1e6, "GB": 1e9, "TB": 1e12]
    let number = text.prefix { $0.isNumber || $0 == "." }
    let unit = text.dropFirst(number.count).drop { $0 == " " }.uppercased()
    guard let amount = Double(number), let scale = units[unit], amount * scale >= 1, amount * scale < 1e18
    else {
      return nil
    }
    return Int(amount * scale)
  }
}
