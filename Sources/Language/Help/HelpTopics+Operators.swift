extension HelpTopic {
  static let operators: [HelpTopic] = [
    HelpTopic(
      "+", "a + b   a - b   a * b   a / b   -a",
      also: ["-", "*", "/", "arithmetic", "plus", "minus", "times", "divide", "add", "subtract", "multiply"],
      .operators, "Arithmetic, element by element, on numbers, tensors, records and lists.",
      convention:
        "tensors broadcast as in NumPy; over records and lists it reaches every number; bools count 0 and 1; "
        + "+ also joins two strings",
      example: """
        [1, 2, 3] * 10 + 1
        #> [11, 21, 31]
        p = (w: [1, 2], b: 3)
        p - 0.5 * p
        #> (w: [0.5, 1], b: 1.5)
        """),
    HelpTopic(
      "//", "a // b   a % b",
      also: ["%", "mod", "modulo", "remainder", "div", "integer division", "floor division"],
      .operators, "The quotient rounded down, and what remains: a is b * (a // b) + a % b.",
      convention: "both floor as in Python: the remainder has the sign of b",
      example: """
        (7 // 2, 7 % 2)
        #> (3, 1)
        (-7 // 2, -7 % 2)
        #> (-4, 1)
        """),
    HelpTopic(
      "^", "a ^ b", also: ["**", "power", "pow", "exponent", "squared"], .operators,
      "Power, element by element.",
      convention: "groups from the right and binds tighter than a minus before it: -2^2 is -4, 2^3^2 is 2^9",
      example: """
        (2^10, -2^2, 2^-1)
        #> (1024, -4, 0.5)
        [1, 2, 3]^2
        #> [1, 4, 9]
        """),
    HelpTopic(
      "@", "a @ b", also: ["matmul", "mm", "matrix product", "matrix multiplication", "%*%"], .operators,
      "The matrix product.",
      convention: "inner lengths must agree; vectors count as a row on the left and a column on the right; "
        + "axes before the last two are batches and broadcast",
      example: """
        [[1, 2], [3, 4]] @ [[1, 0], [0, 2]]
        #> [2, 2] f64
        #>   1  4
        #>   3  8
        [[1, 2], [3, 4]] @ [1, 1]
        #> [3, 7]
        ones(2, 3) @ ones(4, 1)
        #> error: cannot multiply [2, 3] by [4, 1]: inner sizes 3 and 4 differ
        #> ...
        """),
    HelpTopic(
      "++", "a ++ b", also: ["concatenation", "join operator", "extend"], .operators,
      "Joins strings, lists, text vectors, and tensors along axis 0.",
      example: """
        [1, 2] ++ [3]
        #> [1, 2, 3]
        "ab" ++ "c"
        #> "abc"
        (1, "a") ++ (none,)
        #> (1, "a", none)
        """),
    HelpTopic(
      "..<", "low..<high   low...high", also: ["...", "range operator", "upto", "seq"], .operators,
      "The whole numbers from low up to high, without or with high.",
      convention: "a tensor that takes no memory until it is needed; for other steps take range or linspace",
      example: """
        0..<5
        #> [0, 1, 2, 3, 4]
        1...5
        #> [1, 2, 3, 4, 5]
        """),
    HelpTopic(
      "broadcasting", "[n, 1] + [m]   tensor * number", also: ["broadcast"], .operators,
      "Shapes are compared from the last axis; an axis of length 1, or one that is missing, is repeated.",
      convention: "losses do not broadcast: prediction and target must have one shape",
      example: """
        [[1], [2], [3]] + [10, 20]
        #> [3, 2] f64
        #>   11  21
        #>   12  22
        #>   13  23
        """),
    HelpTopic(
      "precedence",
      "loosest to tightest: ->  |>  or  and  not  | &  == < in ≈  ..< ...  + - ++  * / % // @  - !  ^  call",
      also: ["operators", "operator", "binding", "order of operations"], .operators,
      "Which operator takes its operands first; parentheses decide otherwise.",
      convention: "^ and -> group from the right, all others from the left; comparisons chain",
      example: """
        -2^2 + 6 / 2 * 3
        #> 5
        x = [0.5, 1.5]
        x > 0 & x < 1
        #> [true, false]
        """),
  ]
}
