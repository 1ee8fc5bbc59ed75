import Foundation
import Testing

@Suite("the store on the command line", .enabled(if: Program.isBuilt))
struct StoreTests {
  let program: Program

  init() throws { program = try #require(Program()) }

  /// Runs a shell script in which `$nns` is the program and the store is a new one, and expects its output.
  private func expect(
    _ script: String, shows expected: String, fails: Bool = false, orSkips: Bool = false
  ) throws {
    let prepared = """
      cd "$(mktemp -d)" && export NNS_STORE="$PWD/a store/ü.db"
      \(script)
      """
    let result = try program.runShell(prepared)
    guard !orSkips || result.output != "skipped" else { return }
    #expect(result.output == expected, "\(result.errors)")
    #expect((result.status != 0) == fails, "\(result.errors)")
  }

  @Test func aNamedSessionGoesOn() throws {
    try expect(
      """
      $nns -e 'x = randn(2)' >/dev/null; test -e "$NNS_STORE" && echo "a script makes no store"
      printf 'seed(1)\\nx = 2\\n' > a.nns; $nns run a.nns --session one
      printf 'x + 1\\ny = [x, ans]\\n' | $nns --session one -
      $nns show one; $nns --session one -e 'same(y, [2, 3])'
      $nns sessions | cut -c 19-
      """,
      shows: """
        3
        seed(1)

        x = 2

        x + 1
        #> 3

        y = [x, ans]
        true
        5 cells  one

        """)
  }

  @Test func exportsReplayAndComeBack() throws {
    try expect(
      """
      printf 'x = [1, 2]\\nx * 2\\n# a note\\nf(a) = a + 1\\nplot(x)\\nf(1); f(2)\\nerror("no")\\n' > a.nns
      $nns run a.nns --session one >/dev/null 2>&1
      for form in md html ipynb nns; do $nns export one -o e.$form; done
      $nns test e.nns; $nns replay one
      grep -c '<svg' e.html e.md; grep -c '<script' e.html
      $nns import e.ipynb two >/dev/null 2>&1; $nns show two | tail -3
      $nns delete one; $nns store gc; $nns store check; $nns store backup copy.db; $nns show two --store copy.db | head -1
      """,
      shows: """
        1 passed, 0 failed
        everything came out the same
        e.html:1
        e.md:1
        0
        error("no")
        #> error: no
        #> ...
        removed 7 cells, 1 values, 0 B of tensors
        the store is sound
        x = [1, 2]

        """)
  }

  @Test func checkpointsOfScriptsAreKept() throws {
    try expect(
      """
      $nns -e 'n = checkpoint("m", dense(2, 1), metrics: (loss: 0.5))' -e 'n = save_dataset("d", [[1, 2]])'
      $nns -e 'restore("m")([1, 2]).shape' -e 'dataset("d")' -e 'sql("select name, version from checkpoints").name'
      $nns --no-store -e 'len(datasets())'
      """,
      shows: """
        [1]
        [1, 2] f64
          1  2
        ["m"]
        0

        """)
  }

  @Test func replayComparesNoTimes() throws {
    try expect(
      """
      cat > a.nns <<'CELLS'
      net = mlp(1, 4, 1)
      r = fit(net, [[1], [2]], [[2], [4]], loss: mse, epochs: 3, gradient_check: false)
      (r, 1)
      r
      m = minimize(p -> sum(p^2), [1, 2], steps: 5); m
      v = save_dataset("d", [1, 2])
      v
      CELLS
      for name in one two; do $nns run a.nns --session $name > /dev/null; done
      echo 'dataset("d", version: 1)' | $nns --session three - > /dev/null
      $nns replay one; $nns replay two; $nns replay three
      """,
      shows: """
        everything came out the same
        everything came out the same
        everything came out the same

        """)
  }

  @Test func replayLeavesOutWhatWasStopped() throws {
    try expect(
      """
      printf 'x = 2\\nwhile true { x += 1 }\\n' > a.nns
      # Without --foreground the group is interrupted too: the program twice, which ends it at once.
      timeout --foreground -s INT 1 $nns run a.nns --session one 2> /dev/null
      printf 'x + 1\\nout[3]\\n' | $nns --session one - > /dev/null
      timeout 20 $nns replay one 2>&1
      """,
      shows: """
        note: cell 2 was stopped while it ran, so it is not evaluated again
        everything else came out the same

        """)
  }

  @Test func aNotebookIsValid() throws {
    try expect(
      """
      python=$(command -v python3 || true)
      $python -c 'import nbformat' 2>/dev/null || { printf 'skipped'; exit; }
      printf '# # A note\n\n# %%%% A title\nx = [1, 2]; x * 2\nplot(x)\n# %%%%\nerror("no")\n' > a.nns
      $nns run a.nns --session one > /dev/null 2>&1
      $nns export one -o e.ipynb
      $python -c 'import nbformat; n = nbformat.read("e.ipynb", 4); nbformat.validate(n); print([c.cell_type for c in n.cells])'
      """,
      shows: """
        ['markdown', 'markdown', 'code', 'code']

        """, orSkips: true)
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/usr/bin/python3")))
  func pythonReadsWhatTheDocumentationSays() throws {
    let documentation = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Sources/Persistence/README.md").standardizedFileURL
    let parts = try String(contentsOf: documentation, encoding: .utf8).components(separatedBy: "```")
    let code = try #require(parts.first { $0.hasPrefix("python\n") }).dropFirst("python\n".count)
    try expect(
      """
      /usr/bin/env python3 -c 'import numpy' 2>/dev/null || { printf 'skipped'; exit; }
      cat > read.py <<'CODE'
      \(code)
      CODE
      printf 'net = (w: 0.0, call: (self, x) -> self.w * x)\\nr = fit(net, [1, 2], [2, 4], loss: mse, epochs: 2)\\nn = checkpoint("t", f32([[1, 2], [3, 4]]))\\n' > b.nns
      $nns run b.nns --session one && /usr/bin/env python3 read.py "$NNS_STORE" | head -3
      """,
      shows: """
        [[1. 2.]
         [3. 4.]]
        [[ 1.        10.       ]

        """, orSkips: true)
  }

  @Test func aScriptBecomesDocuments() throws {
    try expect(
      """
      printf '# %%%% Data\\nx = [1, 2, 3]\\n# %%%%\\n# a *note*\\n# %%%%\\nplot(x)\\nargs()\\n' > a.nns
      $nns run a.nns --html a.html --md a.md --ipynb a.ipynb one two; echo $?
      grep -c '<svg' a.html a.md a.ipynb; grep -c '<em>note</em>' a.html; grep -c '"one", "two"' a.md
      printf '1 + 1\\n[1, 2] + [1, 2, 3]\\n' > b.nns; $nns run --md b.md b.nns 2>/dev/null; echo $?
      grep -c 'error: cannot add' b.md; $nns run a.nns --html /no/such/a.html 2>&1 | grep -c 'no/such'
      printf 'x = (1' | $nns run - --md - 2>/dev/null | head -1; $nns run - --md c.md < b.nns 2>/dev/null; head -1 c.md
      """,
      shows: """
        0
        a.html:1
        a.md:1
        a.ipynb:1
        1
        1
        1
        1
        1
        # nns
        # nns

        """)
  }
}
