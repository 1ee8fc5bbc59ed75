/// What a session was before a cell, for when the cell fails.
struct Rollback {
  private let machine: Machine
  private let globals: Globals
  private let state: SessionState
  private let isAssigned: Set<Int>
  private let before: [(slot: Int, word: Word, isPredefined: Bool)]

  /// Remembers the names the cell may assign, the latest shown value and the machine's state.
  init(_ machine: Machine, _ globals: Globals, assigned: Set<Int>) {
    self.machine = machine
    self.globals = globals
    state = machine.state
    isAssigned = assigned
    var slots = assigned.sorted()
    if let slot = globals.slot("ans"), !assigned.contains(slot) { slots.append(slot) }
    before = slots.map { slot in
      let (word, isPredefined) = globals.remember(slot, isAssigned: assigned.contains(slot))
      return (slot, word, isPredefined)
    }
  }

  /// Puts everything back.
  func restore() {
    for (slot, word, isPredefined) in before { globals.restore(slot, word, isPredefined: isPredefined) }
    machine.state = state
  }

  /// The assigned names whose values are others than before, and those values; nil for a removed one.
  ///
  /// A value changed in place counts: what is remembered here makes such a change work on a copy.
  var changes: [(name: String, value: Value?)] {
    before.compactMap { slot, word, isPredefined in
      guard isAssigned.contains(slot),
        globals.words[slot] != word || globals.isPredefined(slot) != isPredefined
      else { return nil }
      return (globals.name(of: slot), globals.isAssigned(slot) ? globals.words[slot].value : nil)
    }
  }

  /// Lets go of what was remembered: the cell succeeded.
  func discard() {
    for (_, word, _) in before { word.release() }
  }
}
