extension HelpTopic {
  static let collections: [HelpTopic] = [
    HelpTopic(
      "lists", "(a, b)   (a,)   ()   (f(x) for x in xs)", also: ["list", "tuple", "(", ")", "parentheses"],
      .values,
      "Anything, in order: (1, \"a\").",
      convention:
        "(a) is just a; arithmetic reaches the numbers in it; numbers of one shape in [ ] make a tensor instead",
      example: """
        l = (1, "a", [2, 3])
        (len(l), l[1], l[-1])
        #> (3, "a", [2, 3])
        (first, ...rest) = l
        #> error: ...
        #> ...
        l ++ (none,)
        #> (1, "a", [2, 3], none)
        """),
    HelpTopic(
      "records", "(w: 1, b: 0)   r.w   (...r, b: 2)",
      also: ["record", "dict", "dictionary", "map of names", "hash", "parameters are records", "update"],
      .values,
      "Named fields, in order; sets of parameters, results and models are records.",
      convention:
        "arithmetic reaches every number, so p -= 0.1 * grad(loss)(p) updates all parameters; keys, values, "
        + "items and has look into one",
      example: """
        p = (w: [1, 2], b: 3)
        p * 2
        #> (w: [2, 4], b: 6)
        (...p, b: 0, name: "line")
        #> (w: [1, 2], b: 0, name: "line")
        """),
    HelpTopic(
      "tables", "table(x: […], y: […])   t.x   t[0]   t[t.x > 1]",
      also: ["data frame", "dataframe", "pandas", "column", "row", "rows"], .values,
      "Columns of equal length: numbers, bools or texts.",
      convention:
        "t.c is a column, t[i] a row as a record, t[a:b] and t[mask] tables, t[[\"a\", \"b\"]] some "
        + "columns; t.c = v sets a column; load reads files, sql asks questions",
      example: """
        t = table(name: ["ann", "bob", "eve"], age: [31, 47, 25])
        t[t.age > 30]
        #> table of 2 rows and 2 columns
        #>   name  age
        #>   text  f64
        #>   ann    31
        #>   bob    47
        t[2].name
        #> "eve"
        """),
    HelpTopic(
      "text vectors", "[\"a\", \"b\"]", also: ["text vector", "categorical", "string array"], .values,
      "Strings in a row, as columns of tables hold them.",
      convention: "== != < in work element by element; index and mask as tensors; a missing text is none",
      example: """
        v = ["adelie", "gentoo", "adelie"]
        v == "adelie"
        #> [true, false, true]
        (unique(v), v[v == "gentoo"])
        #> (["adelie", "gentoo"], ["gentoo"])
        """),
    HelpTopic(
      "comprehension", "[f(x) for x in xs if condition]   (f(x) for x in xs)",
      also: ["comprehensions", "list comprehension", "generator"], .values,
      "A tensor, text vector or list made from the items of another collection.",
      convention:
        "in [ ] numbers of one shape make a tensor; in ( ) it is always a list; its variables are its own",
      example: """
        [k^2 for k in 0..<6 if k % 2 == 0]
        #> [0, 4, 16]
        [[i * j for j in 1...3] for i in 1...2]
        #> [2, 3] f64
        #>   1  2  3
        #>   2  4  6
        """),
  ]
}
