extension HelpTopic {
  static let functions: [HelpTopic] = [
    HelpTopic(
      "def", "name(parameters) = expression   name(parameters) = { … }",
      also: ["function", "functions", "define", "func", "fn", "method", "{", "}", "body"], .functions,
      "Defines a function: its name, its parameters, = and what it gives, as in mathematics.",
      convention:
        "a body of several statements stands in braces and gives its last value; names assigned in it are "
        + "local; session names are read but never changed; lines of ## above it are its help",
      example: """
        f(x) = x^2 + 1
        (f(3), f([1, 2]), f'(3))
        #> (10, [2, 5], 6)
        length(v) = {
          squares = v^2
          sqrt(sum(squares))
        }
        length([3, 4])
        #> 5
        """),
    HelpTopic(
      "return", "return value", also: ["result"], .functions,
      "Leaves the function it stands in with a value.",
      convention: "the last value of a body needs no return",
      example: """
        first_above(v, limit) = {
          for x in v { if x > limit { return x } }
          none
        }
        first_above([1, 5, 9], 4)
        #> 5
        """),
    HelpTopic(
      "arguments", "f(a, b: 2)   f(x, scale: 1) = …   f(...rest) = …   f(...list)",
      also: [
        "parameters", "parameter", "argument", "default", "defaults", "keyword", "kwargs", "varargs", "rest",
        "spread", "splat", ",",
      ], .functions,
      "Arguments are given by place or by name; parameters may have defaults and collect the rest.",
      convention:
        "defaults are evaluated at each call and may use the parameters before them; ...list and ...record "
        + "hand on the items of one as arguments",
      example: """
        scaled(x, scale: 1) = scale * x
        (scaled(3), scaled(3, scale: 10), scaled(scale: 2, x: 4))
        #> (3, 30, 8)
        total(first, ...others) = first + sum([x for x in others])
        total(1, 2, 3)
        #> 6
        scaled(...(5, 2))
        #> 10
        """),
    HelpTopic(
      "->", "x -> expression   (x, y) -> expression   () -> { … }",
      also: ["lambda", "arrow", "=>", "closure", "anonymous"], .functions, "A function without a name.",
      convention: "reaches as far to the right as it can; holds the values that enclosing locals have now",
      example: """
        square = x -> x^2
        square(5)
        #> 25
        map((x, y) -> x * y, [[1, 2], [3, 4]])
        #> error: ...
        #> ...
        reduce((x, y) -> x * y, [1, 2, 3, 4])
        #> 24
        """),
    HelpTopic(
      "|>", "value |> function   value |> function(more)", also: ["pipe", "%>%", "chain of calls"],
      .functions,
      "Hands a value to a function as its first argument, so that steps read from left to right.",
      convention: "x |> f is f(x), x |> f(a) is f(x, a); a line may start with it",
      example: """
        [3, 1, 2] |> sort |> head(2)
        #> [1, 2]
        linspace(0, 1, 5)
          |> map(x -> x^2)
          |> sum
        #> 1.875
        """),
    HelpTopic(
      "'", "f'(x)   f''(x)   (x -> …)'(x)", also: ["prime", "derivatives", "differentiate", "autograd"],
      .functions,
      "The derivative of a function in its first argument; primes repeat.",
      convention:
        "elementwise over tensors: f(x) must have the shape of x; for several numbers in and one out take grad",
      example: """
        f(x) = x^3
        (f'(2), f''(2), f'([1, 2]))
        #> (12, 12, [3, 12])
        sin'(0)
        #> 1
        """),
    HelpTopic(
      "∇", "∇loss(p)", also: ["nabla", "\\nabla"], .functions,
      "The gradient of the function after it: ∇loss(p) is grad(loss)(p).",
      convention: "binds to the name after it before any call; in ASCII write grad",
      example: """
        loss(p) = (p.w - 3)^2 + p.b^2
        ∇loss((w: 1, b: 2))
        #> (w: -4, b: 4)
        """),
    HelpTopic(
      "model", "(parameters…, call: (self, x) -> y)",
      also: ["models", "callable", "call", "object", "class", "struct", "module", "network", "nn"],
      .functions,
      "A record with a field call can be called: that is all a model or a layer is.",
      convention:
        "its numbers are its parameters, so arithmetic, grad and fit work on it; fixed(v) marks what is "
        + "not learnt; train: (self, x) -> (y, self) says what differs while learning",
      example: """
        line = (w: 2, b: 1, call: (self, x) -> self.w * x + self.b)
        line([0, 1, 2])
        #> [1, 3, 5]
        loss(m) = mse(m([0, 1, 2]), [1, 4, 7])
        g = grad(loss)(line)
        (g.w, g.b)
        #> (-3.333333333, -2)
        """),
  ]
}
