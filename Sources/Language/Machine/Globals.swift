#if canImport(Glibc)
  import Glibc
#endif

/// The names of a session or a module and what they hold.
///
/// Cells run with these words as their registers, so a loop at the prompt is as fast as one in a
/// function. The first ``scratch`` registers hold a cell's temporaries. The memory never moves:
/// address space for the most names an instruction can address is reserved at once.
final class Globals {
  /// Registers set aside for temporaries of cells.
  static let scratch = 4096
  private static let capacity = Instruction.operandLimit

  let words: UnsafeMutablePointer<Word>
  private(set) var names: [String] = []
  private var slots: [String: Int] = [:]
  /// What a name means when nobody assigned it; nil for names that mean nothing.
  private let predefined: (String) -> Value?
  private var isPredefined: [Bool] = []
  /// Every name with a predefined meaning, for suggestions.
  private let predefinedNames: () -> [String]

  /// An empty space of names whose meanings otherwise come from `predefined`.
  init(predefined: @escaping (String) -> Value?, names: @escaping () -> [String]) {
    self.predefined = predefined
    predefinedNames = names
    words = ReservedMemory.words(Globals.capacity)
    for index in 0..<Globals.scratch { words[index] = .unset }
  }

  deinit {
    for index in 0..<(Globals.scratch + names.count) { words[index].release() }
    ReservedMemory.free(words, Globals.capacity)
  }
}

extension Globals {
  /// The register of a name, made on first use; nil when there are too many names.
  func slot(_ name: String) -> Int? {
    if let slot = slots[name] { return slot }
    let slot = Globals.scratch + names.count
    guard slot < Globals.capacity else { return nil }
    names.append(name)
    isPredefined.append(false)
    words[slot] = .unset
    slots[name] = slot
    // Looking up a prelude function compiles it, which may come back here for other names.
    if let value = predefined(name) {
      words[slot] = Word(packing: value)
      isPredefined[slot - Globals.scratch] = true
    }
    return slot
  }

  /// The name a register belongs to.
  func name(of slot: Int) -> String { names[slot - Globals.scratch] }

  /// What a name holds, if anything.
  func value(_ name: String) -> Value? {
    guard let slot = slots[name], !words[slot].isUnset else { return nil }
    return words[slot].value
  }

  /// Gives a name a value that does not count as the user's.
  func define(_ name: String, _ value: Value) {
    guard let slot = slot(name) else { return }
    restore(slot, Word(packing: value), isPredefined: true)
  }

  /// Gives a name a value as an assignment does.
  func assign(_ name: String, _ value: Value) {
    guard let slot = slot(name) else { return }
    restore(slot, Word(packing: value), isPredefined: false)
  }

  /// Makes a name mean what it means by itself, if anything.
  func remove(_ name: String) {
    if let slot = slots[name] { _ = delete(slot) }
  }

  /// Whether a register holds what its name means by itself, if it means anything.
  func isPredefined(_ slot: Int) -> Bool { isPredefined[slot - Globals.scratch] }

  /// Whether the user gave a name its value.
  func isAssigned(_ slot: Int) -> Bool { !isPredefined(slot) && !words[slot].isUnset }

  /// What a register holds, with a reference of its own, before a cell that may assign it.
  func remember(_ slot: Int, isAssigned: Bool) -> (word: Word, isPredefined: Bool) {
    let before = words[slot]
    before.retain()
    let wasPredefined = isPredefined[slot - Globals.scratch]
    if isAssigned { isPredefined[slot - Globals.scratch] = false }
    return (before, wasPredefined)
  }

  /// Puts a word into a register, releasing what was there.
  func restore(_ slot: Int, _ word: Word, isPredefined: Bool) {
    let old = words[slot]
    words[slot] = word
    self.isPredefined[slot - Globals.scratch] = isPredefined
    old.release()
  }

  /// The names that mean something, for suggestions.
  var knownNames: [String] { assigned.map(\.name) + predefinedNames() }

  /// Removes a name, or brings back the predefined one it shadowed. False when there was nothing.
  func delete(_ slot: Int) -> Bool {
    let name = name(of: slot)
    let old = words[slot]
    let meaning = predefined(name)
    guard !old.isUnset else { return false }
    words[slot] = meaning.map { Word(packing: $0) } ?? .unset
    isPredefined[slot - Globals.scratch] = meaning != nil
    old.release()
    return true
  }

  /// The names that were assigned, in order of their first use.
  var assignedNames: [String] {
    names.indices.filter { !isPredefined[$0] && !words[Globals.scratch + $0].isUnset }.map { names[$0] }
  }

  /// The names that were assigned, in order of their first use, with their values.
  var assigned: [(name: String, value: Value)] {
    names.indices.compactMap { index in
      let word = words[Globals.scratch + index]
      return isPredefined[index] || word.isUnset ? nil : (names[index], word.value)
    }
  }
}

/// Address space that costs nothing until it is touched.
enum ReservedMemory {
  static func words(_ count: Int) -> UnsafeMutablePointer<Word> {
    let memory = mmap(
      nil, count * 8, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | Int32(MAP_NORESERVE), -1, 0)
    guard let memory, memory != MAP_FAILED else {
      preconditionFailure("no address space for \(count) words")
    }
    return memory.bindMemory(to: Word.self, capacity: count)
  }

  static func free(_ words: UnsafeMutablePointer<Word>, _ count: Int) { munmap(words, count * 8) }
}
