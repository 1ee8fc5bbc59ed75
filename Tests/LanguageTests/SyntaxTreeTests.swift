import Testing

/// What programs mean, as outlines of their trees.
@Suite struct SyntaxTreeTests {
  @Test(arguments: [
    ("-2^2", "(- (^ 2 2))"), ("2^-1", "(^ 2 (- 1))"), ("2^3^2", "(^ 2 (^ 3 2))"),
    ("-2^-3*4", "(* (- (^ 2 (- 3))) 4)"),
    ("-7 // 2", "(// (- 7) 2)"), ("10 - 2 - 3", "(- (- 10 2) 3)"), ("a + b * c ++ d", "(++ (+ a (* b c)) d)"),
    ("a @ b % c / d", "(/ (% (@ a b) c) d)"), ("!a & b | c", "(| (& (! a) b) c)"),
    ("x > 0 & x < 1", "(& (> x 0) (< x 1))"),
    ("not a == b and c or d", "(or (and (not (== a b)) c) d)"), ("a and not b", "(and a (not b))"),
    ("0 < x <= 1 != y", "(<,<=,!= 0 x 1 y)"), ("a in b", "(in a b)"), ("a ≈ b", "(≈ a b)"),
    ("0..<n + 1", "(..< 0 (+ n 1))"), ("1...5", "(... 1 5)"), ("x in 0...3", "(in x (... 0 3))"),
    ("x |> f |> g(1)", "(|> (|> x f) (call g 1))"), ("x |> (g(1))", "(|> x value (call g 1))"),
    ("x |> v -> v + 1", "(|> x (-> (v) (+ v 1)))"), ("x -> y -> x + y", "(-> (x) (-> (y) (+ x y)))"),
    ("---x", "(- (- (- x)))"), ("f'''(2)", "(call (' (' (' f))) 2)"),
    ("(x -> x^3)''(2)", "(call (' (' (-> (x) (^ x 3)))) 2)"),
    ("∇loss(p)", "(call (∇ loss) p)"), ("∇(f)(x)", "(call (∇ f) x)"),
    ("∇m.loss(p)", "(call (∇ (. m loss)) p)"),
    ("1 + if a {2} else {3} + 4", "(+ (+ 1 (if a {2} {3})) 4)"),
    ("a.b[1](2)'.c", "(. (' (call (at (. a b) 1) 2)) c)"),
  ])
  func operators(text: String, outline: String) {
    #expect(Outline.of(text) == outline)
  }

  @Test(arguments: [
    ("1_000_000", "1000000"), (".5", "0.5"), ("1.", "1"), ("1e-3", "0.001"), ("0xff", "255"), ("0b101", "5"),
    ("1E3", "1000"),
    ("x[1.]", "(at x 1)"), ("1.T", "(. 1 T)"), ("0.1", "0.1"), ("9007199254740993", "9007199254740992"),
    ("0x20000000000003", "9.007199254740996e+15"), ("1e-400", "0"), ("[.5, -.5]", "[0.5 (- 0.5)]"),
    ("1....5", "(... 1 0.5)"),
    ("\"a\\n\\t\\\"\\\\\\{\\u{3b1}}\"", "\"a\\n\\t\\\"\\\\{α}\""), ("r\"\\d{x}\"", "\"\\\\d{x}\""),
    ("\"\"", "\"\""),
    ("\"loss {loss:.4f} of {n}\"", "(string \"loss \" {loss:.4f} \" of \" {n})"),
    ("\"{a[1:2]:>10}\"", "(string {(at a (: 1 2 _)):>10})"),
    ("\"{\"{x}\" ++ \":\"}\"", "(string {(++ (string {x}) \":\")})"),
    ("\"{if a {1} else {2}:.2f}\"", "(string {(if a {1} {2}):.2f})"),
    ("\"\"\"\n  a {1}\n\n    b\n  \"\"\"", "(string \"a \" {1} \"\\n\\n  b\")"),
    ("\"\"\"a\r\n b\"\"\"", "\"a\\n b\""),
    ("\"\"\"\n  a\n b\n\"\"\"", "\"  a\\n b\""), ("r\"\"\"\n \\a\n  {b}\n \"\"\"", "\"\\\\a\\n {b}\""),
    ("\"\"\"\n\"\"\"", "\"\""),
    ("\"\"\"{\n1 +\n2}\"\"\"", "(string {(+ 1 2)})"), ("\"# no comment\" # comment", "\"# no comment\""),
    ("e\u{301} = 1", "(= \u{e9} 1)"), ("\u{212b}", "\u{c5}"), ("x₁ + θ_2 + 权重", "(+ (+ x₁ θ_2) 权重)"),
    ("\u{feff}x", "x"),
  ])
  func literals(text: String, outline: String) { #expect(Outline.of(text) == outline) }

  @Test(arguments: [
    ("()", "(list )"), ("(a)", "a"), ("(a,)", "(list a)"), ("(a, (b, c),)", "(list a (list b c))"),
    ("[]", "[]"),
    ("[a, ...b, 1,]", "[a ...b 1]"), ("(w: 1, b: (c: 2))", "(record w: 1 b: (record c: 2))"),
    ("(...p, b: 2)", "(record ...p b: 2)"), ("(...p)", "(list ...p)"),
    ("(in: 1, if: r.if)", "(record in: 1 if: (. r if))"),
    ("f(1, ...xs, scale: 2)", "(call f 1 ...xs scale: 2)"),
    ("[f(x) for x in xs if x > 0]", "(each (call f x) for x xs if (> x 0))"),
    ("(a for (a, b) in c for d in b if a if d)", "(each-list a for (a, b) c for d b if a if d)"),
    ("sum(x for x in xs)", "(call sum (each-list x for x xs))"),
    ("x[i, j]", "(at x i j)"), ("x[1:5, ::2, :, a:]", "(at x (: 1 5 _) (: _ _ 2) (: _ _ _) (: a _ _))"),
    ("x[..., 0]", "(at x ... 0)"), ("x[:, none][1...2]", "(at (at x (: _ _ _) none) (... 1 2))"),
    ("() -> 3", "(-> () 3)"), ("(x, (a, b)) -> a", "(-> (x (a, b)) a)"),
    ("(x, s: 1) -> x", "(-> (x s: 1) x)"),
    ("(...xs) -> { xs }", "(-> (...xs) {xs})"),
    ("map(x -> { y = x; y }, xs)", "(call map (-> (x) {(= y x); y}) xs)"),
    ("f(x) = x^2", "(def f (x) (^ x 2))"), ("f(x, scale: 1, ...r) = { x }", "(def f (x scale: 1 ...r) {x})"),
    ("f((a, b)) = a == b", "(def f ((a, b)) (== a b))"), ("f() = () -> 1", "(def f () (-> () 1))"),
    ("f(x) == 1", "(== (call f x) 1)"), ("a = b == c", "(= a (== b c))"),
    ("a.w = 1", "(= (. a w) 1)"), ("a[i].b[:, 0] += v", "(+= (at (. (at a i) b) (: _ _ _) 0) v)"),
    ("(a, (b, c)) = v", "(= (a, (b, c)) v)"),
    ("x -= 1; y *= 2; z /= 3; w ^= 4", "(-= x 1);\n(*= y 2);\n(/= z 3);\n(^= w 4)"),
    ("if a { b } else if c { d } else { e }", "(if a {b} (if c {d} {e}))"),
    ("try { a } catch err { err.kind }", "(try {a} err {(. err kind)})"),
    ("try { a } catch { }", "(try {a} _ {})"),
    ("for (i, x) in xs { if x { break }; continue }", "(for (i, x) xs {(if x {break}); continue})"),
    ("while true { return }", "(while true {(return)})"),
    ("repeat 2 { return x }", "(repeat 2 {(return x)})"),
    ("del a, b", "(del a b)"), ("## Doc\n##  more\nf(x) = x", "(def f (x) x \"Doc\\n more\")"),
    ("## Doc\nf = x -> x", "(= f (-> (x) x \"Doc\"))"), ("## no\n\nf(x) = x", "(def f (x) x)"),
    ("let = 3", "(= let 3)"),
  ])
  func constructs(text: String, outline: String) {
    #expect(Outline.of(text) == outline)
  }

  @Test(arguments: [
    ("a\nb", "a\nb"), ("a\r\nb\r\n", "a\nb"), ("a +\nb", "(+ a b)"), ("a =\n\n# c\n1", "(= a 1)"),
    ("x ->\n x", "(-> (x) x)"),
    ("not\na", "(not a)"), ("a\n\n# c\n  |> f\n|> g", "(|> (|> a f) g)"), ("(a\n- b\n+ c)", "(+ (- a b) c)"),
    ("[1,\n2\n]", "[1 2]"), ("if a { b }\nelse { c }", "(if a {b} {c})"),
    ("try { a }\n# c\ncatch { b }", "(try {a} _ {b})"),
    ("f(x -> {\na\nb\n})", "(call f (-> (x) {a; b}))"), ("a;b;\n;c", "a;\nb;\nc"), ("a\n-b", "a\n(- b)"),
    ("if a {\n  -b\n}", "(if a {(- b)})"), ("if a {\n  b;\n  -c\n}", "(if a {b; (- c)})"),
    ("r.in\nb", "(. r in)\nb"),
    ("f(\n[\n1\n]\n)", "(call f [1])"), ("a\n(b)", "a\nb"), ("", ""), ("# only\n", ""),
    ("x in\ny", "(in x y)"), ("x -=\n1", "(-= x 1)"),
  ])
  func lineEnds(text: String, outline: String) {
    #expect(Outline.of(text) == outline)
  }
}
