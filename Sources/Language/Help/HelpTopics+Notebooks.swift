extension HelpTopic {
  static let notebooks: [HelpTopic] = [
    HelpTopic(
      "ans", "ans   out[n]", also: ["out", "last result", "_", "result history"], .notebooks,
      "The value that was shown last; out[n] is that of cell n.",
      example: """
        6 * 7
        #> 42
        ans / 2
        #> 21
        """),
    HelpTopic(
      ";", "statement;", also: ["silence", "suppress", "semicolon", "echo", "newline", "line end"],
      .notebooks,
      "Separates statements, and at the end of one keeps its value from being shown.",
      convention:
        "a line end does the same outside of ( and [; a line that ends with an operator or a comma goes on",
      example: """
        x = 3; x + 1
        #> 4
        x + 1;
        """),
    HelpTopic(
      "#", "# comment   ## help of what is below   #> expected output   # %% title of a cell",
      also: ["comment", "comments", "##", "#>", "# %%", "docstring", "documentation", "transcript"],
      .notebooks,
      "A comment to the end of the line; some say more.",
      convention:
        "## lines above a definition are shown by ?name; #> lines are compared by nns test; # %% starts a cell "
        + "of a notebook script",
      example: """
        ## The area of a disc.
        ## formula: pi r^2
        area(r) = pi * r^2
        help(area)
        #> area(r)
        #>   The area of a disc.
        #>   formula     pi r^2
        """),
    HelpTopic(
      "cells", "# %% title", also: ["cell", "notebook", "atomic", "rollback", "interrupt", "Ctrl-C"],
      .notebooks,
      "What is typed at once is a cell; it counts as a whole or, when it fails or is stopped, not at all.",
      convention: "Ctrl-C stops a cell; :undo goes back; a script without # %% has a cell for each statement",
      example: """
        x = 1
        (x = 2
        #> error: ...
        #> ...
        x
        #> 1
        """),
  ]
}
