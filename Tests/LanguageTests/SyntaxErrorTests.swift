import Testing

@testable import Language

/// What wrong programs are told.
@Suite struct SyntaxErrorTests {
  @Test(arguments: [
    ("x**2", "`**` is not an operator here | ** | the power is written `^`"),
    ("a && b", "`&&` is not an operator here | && | write `and`; elementwise `&`"),
    ("a || b", "`||` is not an operator here | || | write `or`; elementwise `|`"),
    ("if a {1} elif b {2}", "`elif` is not a keyword | elif | write `else if`"),
    ("if a {1}\nelif(b) {2}", "`elif` is not a keyword | elif | write `else if`"),
    ("def f(x): x", "`def` is not a keyword | def | a function is defined by `f(x) = …`"),
    ("function f(x) { }", "`function` is not a keyword | function | a function is defined by `f(x) = …`"),
    ("let x = 3", "`let` is not a keyword | let | leave out `let`: `x = …`"),
    ("var x = 3", "`var` is not a keyword | var | leave out `var`: `x = …`"),
    ("map(lambda x: x, y)", "`lambda` is not a keyword | lambda | a lambda is written `x -> …`"),
    ("f('text')", "strings are written with double quotes | 'text' | write `\"text\"`"),
    ("x = 'text'", "strings are written with double quotes | 'text' | write `\"text\"`"),
    ("a, b = f()", "several values need round brackets | , | write `(a, b) = f()`"),
    ("for i, x in xs { }", "several names need round brackets | , | write `for (i, x) in …`"),
    ("1:5", "`:` makes a slice only between index brackets | : | a range is written `1..<5`"),
    ("for i in 0:n { }", "`:` makes a slice only between index brackets | : | a range is written `0..<n`"),
    ("if x:\n  y", "`:` opens no block | : | a block stands in braces: `{ … }`"),
    ("if x = 1 { }", "`=` assigns, it does not compare | = | compare with `==`"),
    (
      "f(x = 1)",
      "`=` cannot stand between brackets | = | a named item is written `name: value`, a comparison `a == b`"
    ),
    ("x++; y", "`++` needs a value after it | ++ | write `x += 1`"),
    ("f(x--)", "`--` needs a value after it | - | write `x -= 1`"),
    (
      "f (x)",
      "`(` must follow what it applies to without a space | ( | leave out the space before `(`: `f(…)`"
    ),
    ("2x", "`x` follows the number 2 directly | 2x | a product is written with `*`: `2*x`"),
    ("2(x)", "a number cannot be called | 2( | a product is written with `*`: `2*(…)`"),
    ("2 x", "`x` follows the number 2 directly | x | a product is written with `*`: `2 * x`"),
    ("x //= 2", "there is no `//=` | //= | write `x = x // …`"),
    ("a not in b", "`not in` is not an operator | not | write `not (a in b)`"),
    (
      "f\"a\"",
      "`f` cannot stand before a string | f | every string takes values: `\"loss {loss:.3f}\"`; `r\"…\"` is raw"
    ),
    ("x ? 1 : 2", "`?` is not an operator here | ? | a choice is written `if c { a } else { b }`"),
    ("f(*xs)", "`*` needs a value before it | * | a list is spread by `...xs`"),
    ("print \"a\"", "`print` is not a keyword | print | write `print(…)`"),
    ("x ≤ 1", "`≤` is not an operator here | ≤ | write `<=`"),
    (
      "f(x) { x }",
      "expected the end of the statement, found `{` | { | a function is defined by `f(x) = { … }`"
    ),
    (
      "[a, b] = v",
      "cannot assign to a tensor | [a, b] | a list of names stands in round brackets: `(a, b) = …`"
    ),
    ("x++\ny = 1", "cannot assign to a joined value | x++\ny | `x += 1` adds one to x"),
  ])
  func habits(text: String, message: String) { #expect(Outline.of(text) == "error: " + message) }

  @Test(arguments: [
    ("x\n+ 1", "a line cannot start with `+` | +"),
    ("x\n  - 1", "an indented line cannot start with `-` | -"),
    ("{\n", "a block cannot stand here"),
    ("if c\n{ }", "expected `{` to open the block of `if`, found the end of the line"),
    ("x\n.y", "a line cannot start with `.`"), ("x\n= 1", "a line cannot start with `=`"),
    ("(1]", "`]` cannot close `(`"), (")", "`)` closes nothing | )"),
    ("else { }", "`else` has no `if`"), ("a == not b", "`not` binds more loosely"),
    ("a + x -> x", "a lambda cannot stand"),
    ("x.5", "a field name must follow `.`, found a number"), ("x. y", "a field name must follow `.`"),
    ("\"a", "this string is not closed | \"a"),
    ("\"{x\"", "an interpolation is not closed before this quote"),
    ("\"\\q\"", "`\\q` is not an escape | \\q"), ("\"\\u{110000}\"", "`\\u` needs the number"),
    ("\"{}\"", "an interpolation needs a value"),
    ("\"{x:.2f\"", "the format after `:` is not closed"), ("1e400", "this number is too large"),
    ("0x", "digits must follow `0x`"), ("1__0", "`1__0` is not a number"),
    ("0b12", "`0b12` is not a binary number"), ("a < b in c", "`in` cannot be part"),
    ("1..2", "`..` is not an operator"), ("1...2...3", "a range has two ends"), ("$", "the character `$`"),
    ("a\u{a0}b", "the character U+00A0"), ("(a: 1, 2)", "named and positional items cannot be mixed | 2"),
    ("(a: 1, a: 2)", "the field `a` is given twice"),
    ("f(x, x) = 1", "two parameters are called `x`"), ("f(1) = 2", "this cannot be a parameter | 1"),
    ("f(a: 1, b) = 2", "a parameter without a default value cannot follow one"),
    ("f(x)(y) = 2", "cannot assign to the result of a call"), ("x = y = 2", "an assignment has no value"),
    ("f(x) += 1", "cannot assign to the result of a call"),
    ("(a, 1) = v", "this cannot be assigned to | 1"), ("x[]", "an index is missing"),
    ("[a: 1]", "an item between square brackets has no name"), ("f' = g", "cannot assign to a derivative"),
    ("if x", "expected `{` to open the block of `if`, found the end of the text"),
    ("x = for", "`for` is a statement"), ("return\n)", "`)` closes nothing"),
    ("1 2", "expected the end of the statement, found `2` | 2"),
    ("f(1 2)", "expected `,` or `)`, found `2`"), ("'", "`'` is the derivative"),
    ("del 1", "expected a name after `del`"), ("\u{1f600}", "the character `\u{1f600}`"),
    ("try { }", "`try` needs a `catch`"),
  ])
  func mistakes(text: String, message: String) {
    let outline = Outline.of(text)
    #expect(outline.hasPrefix("error: " + message), "\(outline)")
  }

  @Test(arguments: [
    "f(", "f(1,\n", "x[", "(a: 1,", "f(x) = {", "if a {", "if a {\n b\n", "\"\"\"abc", "x = \"\"\"\n{a}",
    "1 +", "f(x) =", "x ->", "a,", "not", "x |>",
    "x +=", "for x in", "f(x) = # later", "x ++", "(1 +", "g = () -> { \"\"\"", "\"\"\"{f(", "x and",
  ])
  func unfinished(text: String) { #expect(Outline.of(text).hasPrefix("incomplete: ")) }

  @Test func invalidBytesAreErrorsWithTheirPlace() {
    let source = Source(name: "test", bytes: Array("x = 1\ny = \"".utf8) + [0xff, 0x22])
    guard case .failure(let diagnostic) = Parser.parse(source) else {
      Issue.record("parsed")
      return
    }
    #expect(diagnostic.message == "the byte 0xff is not valid UTF-8" && diagnostic.span == SourceSpan(11, 12))
  }
}
