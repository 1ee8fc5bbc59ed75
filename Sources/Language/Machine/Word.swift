import Plotting
import Tensors

/// A value in 64 bits: a double, or a quiet NaN that no calculation produces carrying the rest.
///
/// Bits 50 to 62 all set mark a box. A set sign bit says that the low 47 bits point to an object
/// and bits 47 to 49 say of which class; otherwise the low bits are an immediate. A word does not
/// count references by itself: who keeps one owns it and releases it.
struct Word: Equatable {
  var bits: UInt64

  static let boxMask: UInt64 = 0x7FFC_0000_0000_0000
  static let objectMask: UInt64 = 0xFFFC_0000_0000_0000
  private static let addressMask: UInt64 = 0x0000_7FFF_FFFF_FFFF

  /// Nothing there: an unset name, a missing argument, an unused register.
  static let unset = Word(bits: boxMask)
  static let none = Word(bits: boxMask | 1)
  static let no = Word(bits: boxMask | 2)
  static let yes = Word(bits: boxMask | 3)

  /// The classes an object word can point to.
  enum Tag: UInt64 {
    case tensor = 0
    case traced, text, string, list, record, function, other
  }

  @inline(__always)
  init(bits: UInt64) { self.bits = bits }

  /// A number; a NaN from outside loses its payload, so that it is never taken for a box.
  @inline(__always)
  init(_ number: Double) { self.init(boxed: number == number ? number : .nan) }

  /// The word whose bits are those of a double that may be a box.
  @inline(__always)
  init(boxed: Double) { self = unsafeBitCast(boxed, to: Word.self) }

  @inline(__always)
  init(_ bool: Bool) { bits = Word.no.bits | (bool ? 1 : 0) }

  /// Takes over one reference to `object`.
  @inline(__always)
  init(_ tag: Tag, _ object: AnyObject) {
    let address = UInt64(UInt(bitPattern: Unmanaged.passRetained(object).toOpaque()))
    bits = Word.objectMask | tag.rawValue << 47 | address
  }
}

extension Word {
  @inline(__always) var isObject: Bool { bits >= Word.objectMask }
  @inline(__always) var isBox: Bool { bits & Word.boxMask == Word.boxMask }
  @inline(__always) var isNumber: Bool { !isBox }
  @inline(__always) var number: Double { unsafeBitCast(self, to: Double.self) }
  @inline(__always) var isUnset: Bool { bits == Word.unset.bits }

  @inline(__always)
  private var tag: Tag { Tag(rawValue: bits >> 47 & 7) ?? .other }

  @inline(__always)
  private var pointer: UnsafeRawPointer? { UnsafeRawPointer(bitPattern: UInt(bits & Word.addressMask)) }

  @inline(__always)
  func retain() {
    if isObject, let pointer { _ = Unmanaged<AnyObject>.fromOpaque(pointer).retain() }
  }

  @inline(__always)
  func release() {
    if isObject, let pointer { Unmanaged<AnyObject>.fromOpaque(pointer).release() }
  }

  /// The object, when it is of the class the caller knows the tag to mean.
  @inline(__always)
  private func object<Object: AnyObject>(_: Object.Type, _ pointer: UnsafeRawPointer) -> Object {
    Unmanaged<Object>.fromOpaque(pointer).takeUnretainedValue()
  }

  /// The compiled code of a function word that takes `count` positional arguments without binding; nil for
  /// builtins and everything else.
  @inline(__always)
  func plainHeader(taking count: Int) -> UnsafePointer<CodeHeader>? {
    guard bits & (Word.objectMask | 7 << 47) == Word.objectMask | Tag.function.rawValue << 47, let pointer
    else { return nil }
    return Unmanaged<Function>.fromOpaque(pointer)._withUnsafeGuaranteedRef {
      $0.plainParameterCount == count ? $0.header : nil
    }
  }

  /// A value that the function word captured, not retained.
  @inline(__always)
  func captured(_ index: Int) -> Word {
    guard let pointer else { return .unset }
    return Unmanaged<Function>.fromOpaque(pointer)._withUnsafeGuaranteedRef {
      $0.captureWords?[index] ?? .unset
    }
  }
}

/// What a word of the rarer kinds points to.
final class OtherBox {
  enum Content {
    case fixed(Fixed)
    case table(Table)
    case figure(Figure)
    case iterator(Iteration)
  }

  let content: Content

  init(_ content: Content) { self.content = content }
}

/// A string on the heap.
final class StringBox {
  let string: String
  /// Where its characters begin, found when one is first asked for.
  private(set) lazy var positions = CharacterPositions(of: string)

  init(_ string: String) { self.string = string }
}

extension Word {
  /// Packs a value, owning one reference to its object.
  init(packing value: Value) {
    switch value {
    case .none: self = .none
    case .bool(let bool): self.init(bool)
    case .number(let number): self.init(number)
    case .tensor(let tensor): self.init(.tensor, tensor)
    case .traced(let traced): self.init(.traced, traced)
    case .text(let text): self.init(.text, text)
    case .string(let string): self.init(.string, StringBox(string))
    case .list(let list): self.init(.list, list)
    case .record(let record): self.init(.record, record)
    case .function(let function): self.init(.function, function)
    case .fixed(let fixed): self.init(.other, OtherBox(.fixed(fixed)))
    case .table(let table): self.init(.other, OtherBox(.table(table)))
    case .figure(let figure): self.init(.other, OtherBox(.figure(figure)))
    }
  }

  init(_ iteration: Iteration) { self.init(.other, OtherBox(.iterator(iteration))) }

  /// The value, with a reference of its own. Unset words and iterations read as none.
  var value: Value {
    guard isBox else { return .number(number) }
    guard isObject, let pointer else {
      return bits == Word.yes.bits ? .bool(true) : bits == Word.no.bits ? .bool(false) : .none
    }
    switch tag {
    case .tensor: return .tensor(object(Tensor.self, pointer))
    case .traced: return .traced(object(Traced.self, pointer))
    case .text: return .text(object(TextVector.self, pointer))
    case .string: return .string(object(StringBox.self, pointer).string)
    case .list: return .list(object(List.self, pointer))
    case .record: return .record(object(Record.self, pointer))
    case .function: return .function(object(Function.self, pointer))
    case .other:
      switch object(OtherBox.self, pointer).content {
      case .fixed(let fixed): return .fixed(fixed)
      case .table(let table): return .table(table)
      case .figure(let figure): return .figure(figure)
      case .iterator: return .none
      }
    }
  }

  /// The string it holds with what is known about it, if it does.
  var stringBox: StringBox? {
    guard isObject, tag == .string, let pointer else { return nil }
    return object(StringBox.self, pointer)
  }

  /// The iteration it holds, if it does.
  var iteration: Iteration? {
    guard isObject, tag == .other, let pointer,
      case .iterator(let iteration) = object(OtherBox.self, pointer).content
    else { return nil }
    return iteration
  }

  /// The value, giving up the word's reference.
  func take() -> Value {
    let result = value
    release()
    return result
  }
}
