import Language

extension PromptCommand {
  /// About names, cells and moving among them.
  static let cellCommands = [
    PromptCommand(
      "vars", [PromptArgument("PART", isOptional: true)],
      "the names that have values, or those of them with a part in it", .both
    ) { call throws(Diagnostic) in
      .text(try VariableTable(call, naming: call[0] ?? "").text(width: call.host.width))
    },
    PromptCommand(
      "cells", [], "all cells; > marks the way to the present state, and which results are stale"
    ) { call throws(Diagnostic) in
      .text(
        try CellList.text(
          call.history(), stale: call.session.graph().stale(), width: call.host.width))
    },
    PromptCommand(
      "cell", [.cell],
      "cell N and what it showed; where branches share a number, a letter tells them apart: 3b"
    ) { call throws(Diagnostic) in
      .text(CellList.text(of: try call.cell(0)))
    },
    PromptCommand(
      "rerun", [.cellOrStale], "evaluate the text of cell N again, as a new cell, or that of all stale ones"
    ) { call throws(Diagnostic) in
      guard call[0] == "stale" else {
        return .evaluate([try call.cell(0).source])
      }
      let stale = try call.session.graph().stale()
      guard !stale.isEmpty else { return .text("nothing is stale") }
      for remark in CellList.remarks(about: stale) { call.host.show(.note(remark)) }
      return .evaluate(stale.map(\.cell.source))
    },
    PromptCommand("why", [.variable], "the cells and data that a name's value came from") {
      call throws(Diagnostic) in
      .text(try CellList.sources(of: call.arguments[0], in: call.session, width: call.host.width))
    },
    PromptCommand("edit", [.cellOrLast], "open a cell in $VISUAL or $EDITOR and evaluate what it becomes") {
      call throws(Diagnostic) in
      let cell = call[0] == nil ? try call.history().cells().last : try call.cell(0)
      let text = try ExternalEditor.edit(cell?.source ?? "")
      return text.isEmpty ? .text("") : .evaluate([text])
    },
    PromptCommand("undo", [], "go to the state before the last cell that did not fail") {
      call throws(Diagnostic) in
      try call.moved(call.session.undo())
    },
    PromptCommand("redo", [], "go to the state after the newest next cell that did not fail") {
      call throws(Diagnostic) in
      try call.moved(call.session.redo())
    },
    PromptCommand("goto", [.cell], "go to the state after cell N; 0 is the beginning") {
      call throws(Diagnostic) in
      try call.moved(call.session.goto(call.label(0)))
    },
    PromptCommand("diff", [.cell, .otherCell], "the names that differ between the states after two cells") {
      call throws(Diagnostic) in
      .text(
        CellList.differences(
          try call.session.differences(call.label(0), call.label(1)), width: call.host.width))
    },
  ]
}
