extension HelpTopic {
  static let values: [HelpTopic] = [
    HelpTopic(
      "numbers", "42   1_000_000   0.5   1e-3   0xff   0b101",
      also: ["int", "integer", "float", "double", "real"],
      .values, "Numbers are 64-bit floats; whole ones are exact up to 2^53.",
      convention:
        "shown with up to 10 significant digits, -0 as 0; \"{x:.17g}\" gives all digits and the sign; 1/0 is inf, 0/0 is nan",
      example: """
        0.1 + 0.2
        #> 0.3
        "{0.1 + 0.2:.17g}"
        #> "0.30000000000000004"
        (2^53, 1e-3, 0xff, 1 / 0)
        #> (9007199254740992, 0.001, 255, inf)
        """),
    HelpTopic(
      "constants", "pi   e   inf   nan   true   false   none",
      also: ["pi", "π", "e", "inf", "infinity", "nan", "true", "false", "bool", "boolean"], .values,
      "The predefined values; they are names, and del brings one back that was hidden.",
      example: """
        (pi, e)
        #> (3.141592654, 2.718281828)
        (-inf < 0, isnan(nan), nan == nan)
        #> (true, true, false)
        """),
    HelpTopic(
      "none", "none", also: ["null", "nil", "None", "NA", "missing", "void"], .values,
      "No value: what loops give, and a missing text; it shows nothing.",
      convention: "comparing with it always gives one bool; missing numbers are nan",
      example: """
        x = none
        x == none
        #> true
        ["a", none][1] == none
        #> true
        """),
    HelpTopic(
      "strings", "\"text {value} {value:.3f}\"   r\"raw\"   \"\"\" several lines \"\"\"",
      also: [
        "string", "text", "interpolation", "f-string", "format string", "char", "escape", "printf", "quote",
      ],
      .values, "Texts, into which {…} puts values, after a colon in a format of Python's format language.",
      convention: #"\n \t \" \\ \{ \u{3b1} are escapes; formats are such as .3f 6d .2e >10 <12 , %"#,
      example: """
        loss = 0.123456
        "loss {loss:.3f} after {10^3:,} steps"
        #> "loss 0.123 after 1,000 steps"
        r"C:\\new {raw}"
        #> "C:\\\\new \\{raw}"
        """),
    HelpTopic(
      "tensors", "[1, 2, 3]   [[1, 0], [0, 1]]",
      also: ["tensor", "vector", "matrix", "array", "ndarray", "dtype", "f32", "f64", "["], .values,
      "Dense arrays of numbers or bools, of any number of axes.",
      convention:
        "items of one shape are stacked along a new axis 0; the dtype is f64, f32 or bool; a number is a "
        + "tensor without axes; precision(\"f32\") changes what literals make",
      example: """
        x = [[1, 2, 3], [4, 5, 6]]
        (x.shape, x.rank, x.size, x.dtype)
        #> ([2, 3], 2, 6, "f64")
        x.T
        #> [3, 2] f64
        #>   1  4
        #>   2  5
        #>   3  6
        """),
    HelpTopic(
      ".", "value.field   tensor.shape  .T  .dtype  .size  .rank   table.column",
      also: ["field", "property", "attribute", "shape", "T", "size", "rank", "ndim"], .values,
      "A field of a record, a property of a tensor, or a column of a table.",
      convention: "r[\"w\"] is the field by a string; keywords may be names of fields",
      example: """
        r = (w: [1, 2], b: 3)
        (r.w, r["b"], r.w.shape)
        #> ([1, 2], 3, [2])
        r.b = 4
        r
        #> (w: [1, 2], b: 4)
        """),
    HelpTopic(
      "indexing", "x[i]  x[i, j]  x[a:b]  x[::2]  x[:, 0]  x[..., 0]  x[:, none]  x[mask]  x[[2, 0]]",
      also: ["index", "slice", "slicing", ":", "]", "subscript", "newaxis", "fancy indexing", "mask"],
      .values,
      "Parts of a tensor, text vector, list or table, counted from 0, negative ones from the end.",
      convention:
        "as in NumPy: slices leave their end out and clamp; single indices must exist; none makes a new axis",
      example: """
        x = [[1, 2, 3], [4, 5, 6]]
        (x[1, 0], x[-1], x[:, 0], x[0, 1:])
        #> (4, [4, 5, 6], [1, 4], [2, 3])
        x[x > 2]
        #> [3, 4, 5, 6]
        x[0, [2, 0]]
        #> [3, 1]
        """),
  ]
}
