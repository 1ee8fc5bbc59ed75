import Language

extension PromptCommand {
  /// About names, cells and moving among them.
  static let cellCommands = [
    PromptCommand("vars", [], "the names that have values") { call throws(Diagnostic) in
      .text(CellList.variables(call.session))
    },
    PromptCommand("cells", [], "all cells; > marks the way to the present state") { call throws(Diagnostic) in
      .text(try CellList.text(call.history()))
    },
    PromptCommand("cell", [.cell], "cell N and what it showed") { call throws(Diagnostic) in
      .text(CellList.text(of: try call.history().cell(numbered: call.number(0))))
    },
    PromptCommand("rerun", [.cell], "evaluate the text of cell N again, as a new cell") {
      call throws(Diagnostic) in
      .evaluate(try call.history().cell(numbered: call.number(0)).source)
    },
    PromptCommand("edit", [.cellOrLast], "open a cell in $VISUAL or $EDITOR and evaluate what it becomes") {
      call throws(Diagnostic) in
      let text = try ExternalEditor.edit(call.cell(0)?.source ?? "")
      return text.isEmpty ? .text("") : .evaluate(text)
    },
    PromptCommand("undo", [], "go to the state before the last cell") { call throws(Diagnostic) in
      try call.moved(call.session.undo())
    },
    PromptCommand("redo", [], "go to the state after the newest next cell") { call throws(Diagnostic) in
      try call.moved(call.session.redo())
    },
    PromptCommand("goto", [.cell], "go to the state after cell N; 0 is the beginning") {
      call throws(Diagnostic) in
      try call.moved(call.session.goto(call.number(0)))
    },
    PromptCommand("diff", [.cell, .otherCell], "the names that differ between the states after two cells") {
      call throws(Diagnostic) in
      .text(CellList.differences(try call.session.differences(call.number(0), call.number(1))))
    },
  ]
}
