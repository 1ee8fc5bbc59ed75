/// Bringing in other files.
let moduleBuiltins: [Builtin] = [
  Builtin(
    "import(path)", .session,
    "Evaluates a file in its own scope and returns a record of the names it defines.",
    convention: """
      A path is relative to the importing file. A file is evaluated once however often it is imported; files that \
      import each other are an error.
      """,
    example: """
      write_text("triple(x) = 3 * x", "triple.nns")
      import("triple.nns").triple(2)
      #> 6
      """
  ) { call in try call.machine.importFile(call.string(0)) }
]
