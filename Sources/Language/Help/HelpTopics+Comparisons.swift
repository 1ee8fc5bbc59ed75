extension HelpTopic {
  static let comparisons: [HelpTopic] = [
    HelpTopic(
      "==", "a == b   a != b   a < b   a <= b   a > b   a >= b",
      also: ["!=", "<", "<=", ">", ">=", "equal", "equality", "compare", "comparison", "less", "greater"],
      .operators,
      "Compares, element by element on tensors and text vectors.",
      convention:
        "chains: 0 < x < 1 means 0 < x & x < 1; strings, lists and records are compared as wholes by == "
        + "and !=; same(a, b) compares any two values as wholes",
      example: """
        [1, 5, 3] > 2
        #> [false, true, true]
        x = 0.5
        0 < x < 1
        #> true
        (1, "a") == (1, "a")
        #> true
        """),
    HelpTopic(
      "≈", "a ≈ b", also: ["isclose", "allclose", "nearly equal", "\\approx"], .operators,
      "Whether numbers agree but for rounding; approx(a, b) in ASCII.",
      convention: "relative 1e-9, absolute 1e-12; approx(a, b, tol: …) sets both",
      example: """
        0.1 + 0.2 == 0.3
        #> false
        0.1 + 0.2 ≈ 0.3
        #> true
        """),
    HelpTopic(
      "in", "a in collection   for x in collection", also: ["member", "membership", "element of", "∈"],
      .operators,
      "Whether a collection holds a value, or a string another; in a loop, what is walked.",
      example: """
        3 in [1, 2, 3]
        #> true
        "ell" in "hello"
        #> true
        "w" in (w: 1, b: 0)
        #> true
        """),
    HelpTopic(
      "and", "a and b   a or b   not a", also: ["or", "not", "&&", "||", "logical", "boolean operators"],
      .operators,
      "Logic on single bools; what stands on the right is evaluated only if the left does not decide.",
      convention: "for tensors of bools take & | and !",
      example: """
        x = 0
        x != 0 and 1 / x > 2
        #> false
        not (1 > 2)
        #> true
        """),
    HelpTopic(
      "&", "a & b   a | b   !a", also: ["|", "!", "elementwise logic", "mask logic", "bitand"], .operators,
      "Logic element by element on bools and tensors of bools.",
      convention: "looser than comparisons, so that x > 0 & x < 1 needs no parentheses",
      example: """
        x = [-1, 0.5, 2]
        x > 0 & x < 1
        #> [false, true, false]
        x[!(x > 0)]
        #> [-1]
        """),
  ]
}
