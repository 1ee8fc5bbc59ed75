import Glibc
import Language
import Tensors
import Testing

@testable import Persistence

@Suite("sql")
struct QueryTests {
  /// a = 1, 2, nan as f64; b = 0.5, 0.25, 1 as f32; c = true, false, true; s = "x", none, "it's".
  private static func sample() throws -> Table {
    Table(
      names: ["a", "b", "c", "select s"],
      columns: [
        .tensor(try Tensor([1, 2, .nan])), .tensor(try Tensor([0.5, 0.25, 1]).converted(to: .f32)),
        .tensor(try Tensor([true, false, true])), .text(TextVector(["x", nil, "it's"])),
      ], rowCount: 3)
  }

  /// The answer in one line: `a:f64 1 2 nan | s:text x none`.
  private static func answer(_ sql: String) throws -> String {
    let table = try QueryEngine().answer(
      sql, over: [("t", sample()), ("un named", sample())], precision: .f32)
    let columns = zip(table.names, table.columns).map { name, column in
      switch column {
      case .tensor(let tensor):
        return (["\(name):\(tensor.dtype)"] + (0..<tensor.count).map { Display.number(tensor[flat: $0]) })
          .joined(separator: " ")
      case .text(let texts):
        return (["\(name):text"] + texts.items.map { $0 ?? "none" }).joined(separator: " ")
      }
    }
    return "\(table.rowCount) rows: " + columns.joined(separator: " | ")
  }

  @Test(
    "a question over tables",
    arguments: [
      (
        "select * from t",
        "3 rows: a:f64 1 2 nan | b:f32 0.5 0.25 1 | c:bool true false true | select s:text x none it's"
      ),
      ("select a, a from t where a > 1", "1 rows: a:f64 2 | a_2:f64 2"),
      ("select count(*) as n, max(b) as m from t", "1 rows: n:f32 3 | m:f32 1"),
      ("select \"select s\" as s from t where c", "2 rows: s:text x it's"),
      ("select t.a from t join \"un named\" as u on t.a = u.a order by t.a desc", "2 rows: a:f64 2 1"),
      ("select a, b from t where a > 9", "0 rows: a:f64 | b:f32"),
      ("select 1 as n union all select 'two' -- a remark", "2 rows: n:text 1 two"),
      (
        "with recursive n(i) as (select 1 union all select i + 1 from n where i < 4) select sum(i) as s from n",
        "1 rows: s:f32 10"
      ),
    ])
  func answersQuestion(_ sql: String, _ expected: String) throws {
    #expect(
      try QueryTests.answer(sql).replacing("true", with: "1").replacing("false", with: "0")
        == expected.replacing("true", with: "1").replacing("false", with: "0"))
  }

  @Test(
    "what cannot be answered",
    arguments: [
      ("select * from u", "no such table: u"),
      ("select x from t", "no such column: x"),
      ("selec 1", "syntax error"),
      ("", "no statement"),
      ("select 1; select 2", "more than one statement"),
      ("delete from t", "only questions"),
      ("insert into t values (1, 2, 3, 4)", "only questions"),
      ("drop table t", "only questions"),
      ("create table x (y)", "only questions"),
      ("attach '/tmp/x.db' as x", "only questions"),
      ("pragma user_version = 3", "only questions"),
      ("vacuum into '/tmp/x.db'", "only questions"),
      ("select load_extension('x')", "not authorized"),
      ("select x'00' as b", "hex(b)"),
      ("select a from t where a > :least", "the parameter :least has no value"),
      ("select a from t where a > ?", "the parameter ? has no value"),
    ])
  func refusesQuestion(_ sql: String, _ part: String) {
    #expect { try QueryTests.answer(sql) } throws: { error in
      guard let diagnostic = error as? Diagnostic else { return false }
      return diagnostic.message.contains(part)
    }
  }

  @Test("a store that cannot be read is in the way of questions about it alone")
  func asksBesideABrokenStore() throws {
    let folder = TemporaryStore()
    try Database(.file(folder.path)).execute("CREATE TABLE t (x)")
    let descriptor = open(folder.path, O_WRONLY)
    _ = write(descriptor, "no database at all", 18)
    close(descriptor)
    let engine = QueryEngine { folder.path }
    #expect(
      try engine.answer("select a from t", over: [("t", QueryTests.sample())], precision: .f64).rowCount == 3)
    #expect { try engine.answer("select * from runs", over: [], precision: .f64) } throws: { error in
      (error as? Diagnostic)?.message.contains("is not a database") == true
    }
  }

  @Test("the example of sql in the help")
  func exampleShowsWhatHelpSays() throws {
    let example = try #require(HelpText.examples.first { $0.name == "sql" })
    let source = Source(name: "sql", text: example.source)
    let report = TranscriptRunner(host: SilentHost(), queries: QueryEngine()).run(source)
    #expect(report.comparisons > 0 && report.differences.isEmpty)
  }
}
