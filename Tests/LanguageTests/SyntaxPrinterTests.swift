import Testing

@testable import Language

/// The printer, and that what it prints reads back.
@Suite struct SyntaxPrinterTests {
  @Test(arguments: [
    ("f( x )=x^2", "f(x) = x^2"), ("( x )->x^( 2 )", "x -> x^2"), ("(1+2)*3-(4-5)", "(1 + 2) * 3 - (4 - 5)"),
    ("(-2)^2", "(-2)^2"), ("-(2^2)", "-2^2"),
    ("(2^3)^2", "(2^3)^2"), ("2^(-1)", "2^-1"), ("((x |> f)) |> (g(1))", "x |> f |> (g(1))"),
    ("(∇f).x + ∇m.f(p) + ∇(a + b)", "(∇f).x + ∇m.f(p) + ∇(a + b)"),
    ("not(a==b)and(c or d)", "not a == b and (c or d)"),
    ("(0..<3)[1:2,::2,...,:]", "(0..<3)[1:2, ::2, ..., :]"), ("(a,)", "(a,)"), ("(...p,b:2)", "(...p, b: 2)"),
    ("1_000+.5+1e30+0xff", "1000 + 0.5 + 1e+30 + 255"),
    ("\"\"\"a\n\"{x:.2f}\\{\"\"\"", "\"a\\n\\\"{x:.2f}\\{\""),
    ("g(x,scale:1)={a=1;a}", "g(x, scale: 1) = {\n  a = 1\n  a\n}"),
    ("if a{b}else if c{d}else{e;f}", "if a { b } else if c { d } else {\n  e\n  f\n}"),
    ("f(x)={a\n(-b)}", "f(x) = {\n  a\n  (-b)\n}"), ("a;", "a;"),
    ("x = [i^2 for i in xs if i>0]", "x = [i^2 for i in xs if i > 0]"),
    ("(if a{1}else{2})+3", "(if a { 1 } else { 2 }) + 3"), ("## d\nf(x)=1", "## d\nf(x) = 1"),
    ("for (i,x) in xs{x+=1}", "for (i, x) in xs { x += 1 }"), ("try{a}catch e{b}", "try { a } catch e { b }"),
    ("(x->x)(2)'", "(x -> x)(2)'"), ("((a,b))->a", "((a, b)) -> a"),
    ("\"{if a{b;c}else{d}}\"", "\"{if a { b; c } else { d }}\""), ("del a,b", "del a, b"),
    ("(a,b)=v", "(a, b) = v"), ("(2).x + 1.T", "(2).x + (1).T"), ("a.w[ i ]*=2", "a.w[i] *= 2"),
  ])
  func canonicalText(text: String, printed: String) throws {
    guard case .program(let program) = Parser.parse(Source(name: "test", text: text)) else {
      Issue.record("cannot read \(text)")
      return
    }
    #expect(program.text == printed)
  }

  @Test func signaturesShowParameters() {
    guard
      case .program(let program) = Parser.parse(
        Source(name: "test", text: "f(x, (a, b), s: 1, ...r) = { x }")),
      case .define(let function) = program.statements[0].node
    else {
      Issue.record("cannot read the definition")
      return
    }
    #expect(function.signature == "f(x, (a, b), s: 1, ...r)")
  }

  @Test func generatedProgramsReadBack() {
    var generator = ProgramGenerator(seed: 7)
    for _ in 0..<200 {
      let text = generator.program()
      guard case .program(let program) = Parser.parse(Source(name: "test", text: text)) else {
        Issue.record("cannot read \(text): \(Outline.of(text))")
        continue
      }
      let again = Outline.of(program.text)
      if again != Outline.of(program) {
        Issue.record("\(text)\nprints as\n\(program.text)\nwhich reads as\n\(again)")
      }
    }
  }
}

extension Program {
  /// The statements as source text.
  var text: String { statements.map(\.description).joined(separator: "\n") }
}
