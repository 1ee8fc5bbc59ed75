extension HelpTopic {
  static let statements: [HelpTopic] = [
    HelpTopic(
      "if", "if condition { … } else if condition { … } else { … }",
      also: ["else", "elif", "elseif", "then", "ternary", "conditional", "switch"], .statements,
      "Chooses what is evaluated; as an expression, its value is that of the part that was chosen.",
      convention: "a condition is a bool, never a number or a tensor; without else the value is none",
      example: """
        x = -3
        if x < 0 { "negative" } else { "not negative" }
        #> "negative"
        size = if abs(x) > 2 { "large" } else { "small" }
        size
        #> "large"
        """),
    HelpTopic(
      "for", "for pattern in collection { … }", also: ["foreach", "loop", "iterate"], .statements,
      "Evaluates its body once for each item of a collection.",
      convention: "walks the rows of tensors (axis 0) and tables, lists, texts, ranges and batches(…); "
        + "the names it assigns stay after it",
      example: """
        for n in 1...3 { print(n, n^2) }
        #> 1 1
        #> 2 4
        #> 3 9
        for (name, value) in items((w: 2, b: 1)) { print("{name} is {value}") }
        #> w is 2
        #> b is 1
        """),
    HelpTopic(
      "while", "while condition { … }", also: ["until", "do"], .statements,
      "Evaluates its body as long as a condition is true.",
      example: """
        n = 1
        while n < 100 { n *= 2 }
        n
        #> 128
        """),
    HelpTopic(
      "repeat", "repeat count { … }", .statements, "Evaluates its body a number of times.",
      example: """
        x = 10
        repeat 3 { x -= 0.5 * x }
        x
        #> 1.25
        """),
    HelpTopic(
      "break", "break", also: ["exit loop"], .statements, "Leaves the loop it stands in.",
      example: """
        for n in 1...10 { if n^2 > 20 { break } }
        n
        #> 5
        """),
    HelpTopic(
      "continue", "continue", also: ["next", "skip"], .statements,
      "Goes on with the next round of the loop it stands in.",
      example: """
        for n in 1...4 {
          if n % 2 == 0 { continue }
          print(n)
        }
        #> 1
        #> 3
        """),
    HelpTopic(
      "try", "try { … } catch err { … }", also: ["catch", "except", "exception", "finally", "rescue"],
      .statements, "Evaluates something and, where that is an error, something else instead.",
      convention:
        "err.message is what went wrong and err.kind which sort of error it is; error(err) raises it again",
      example: """
        try { [1, 2] + [1, 2, 3] } catch err { err.message }
        #> "cannot add [2] and [3]: the last axis is 2 on the left and 3 on the right"
        try { missing } catch err { err.kind }
        #> "name"
        """),
    HelpTopic(
      "=", "name = value   (a, b) = value   a.field = value   a[i] = value   name += value",
      also: [
        "assignment", "assign", "variable", "let", "var", "const", "name", "names", "+=", "-=", "*=", "/=",
        "^=",
        "pattern", "destructuring", "unpacking", "copy",
      ], .statements, "Gives a value to a name, to several names, or to a part of what a name holds.",
      convention:
        "assigning copies: changing one name never changes another; += -= *= /= ^= update; shows nothing",
      example: """
        (a, b) = ([1, 2, 3], 10)
        c = a
        c[0] = 100
        c[1] += b
        (a, c)
        #> ([1, 2, 3], [100, 12, 3])
        p = (w: 1, b: 0)
        p.w -= 0.25
        p
        #> (w: 0.75, b: 0)
        """),
    HelpTopic(
      "del", "del name", also: ["delete", "remove", "rm", "clear"], .statements,
      "Removes a name, or brings back the predefined one that it hid.",
      example: """
        max = 3
        del max
        max([1, 5])
        #> 5
        """),
  ]
}
