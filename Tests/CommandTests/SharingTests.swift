import Foundation
import Testing

@Suite("two processes on one store", .enabled(if: Program.isBuilt))
struct SharingTests {
  /// How long they work; a minute by NNS_SHARING_SECONDS=60.
  private static let seconds =
    ProcessInfo.processInfo.environment["NNS_SHARING_SECONDS"].flatMap { Int($0) } ?? 6

  /// Cells of every kind that writes: 15 of them, with 2 datasets, 2 checkpoints and 2 runs.
  private static let work = """
    a = randn(2000)
    a[0] = len(a)
    b = randn(150000)
    b[1] = 2
    v = save_dataset("shared", a); v += save_dataset("own NAME", a)
    v = checkpoint("shared", (w: a[0:10]), metrics: (m: rand()))
    net = fit(mlp(1, 3, 1), a[0:20][:, none], a[0:20][:, none], loss: mse, epochs: 1, checkpoint: "fit NAME", gradient_check: false).model
    m = minimize(p -> sum((p - 1)^2), [0.0, 2.0], steps: 20)
    n = sql("select count(*) as n from runs").n[0]
    assert(same(dataset("own NAME"), a)); assert(len(restore("shared").w) == 10)
    f(x) = x + sum(a)
    f(1) == 1 + sum(a)
    del b
    """

  @Test("neither sees an error, and nothing is lost")
  func loseNothing() throws {
    let program = try #require(Program())
    let script = """
      set -u; cd "$(mktemp -d)"; export NNS_STORE="$PWD/s.db"
      cat > work.txt <<'WORK'
      \(SharingTests.work)
      WORK
      end=$(($(date +%s) + \(SharingTests.seconds)))
      work() {
        sed "s/NAME/$1/" work.txt > $1.nns
        count=0
        while (($(date +%s) < end)); do
          $nns run $1.nns --session $1 >> $1.out && count=$((count + 1)) || echo "exit status $?"
          case $((count % 5)) in
            0) $nns store check ;;
            1) $nns store gc ;;
            2) $nns show $1 ;;
            3) $nns sessions ;;
            4) rm -f $1.copy && $nns store backup $1.copy ;;
          esac > /dev/null
        done 2> $1.errors
        echo $count > $1.count
      }
      work one & work two & wait
      cat one.errors two.errors
      ones=$(cat one.count) twos=$(cat two.count)
      echo "$ones and $twos rounds" >&2
      ((ones > 0 && twos > 0)) || echo "no work was done"
      number() { $nns -e "sql(\\"select count(*) as n from $1\\").n[0]"; }
      for name in one two; do
        echo "cells: $(($(number "cells where session = '$name' and status = 'ok'") - 15 * $(cat $name.count)))"
        echo "datasets: $(($(number "datasets where name = 'own $name'") - $(cat $name.count)))"
        echo "checkpoints: $(($(number "checkpoints where name = 'fit $name'") - $(cat $name.count)))"
        echo "runs: $(($(number "runs where session = '$name'") - 2 * $(cat $name.count)))"
      done
      for name in dataset checkpoint; do
        echo "shared ${name}s: $(($(number "${name}s where name = 'shared'") - ones - twos)) $((
          $($nns -e "sql(\\"select max(version) as n from ${name}s where name = 'shared'\\").n[0]") - ones - twos))"
      done
      grep -vc true one.out two.out
      $nns store check
      rm -rf "$PWD"
      """
    let result = try program.runShell(script, seconds: Double(SharingTests.seconds) + 60)
    print("two processes: \(result.errors)")
    #expect(
      result.output == """
        cells: 0
        datasets: 0
        checkpoints: 0
        runs: 0
        cells: 0
        datasets: 0
        checkpoints: 0
        runs: 0
        shared datasets: 0 0
        shared checkpoints: 0 0
        one.out:0
        two.out:0
        the store is sound

        """)
  }

  @Test("a store can be made by several processes at once", arguments: 0..<5)
  func isMadeOnce(round: Int) throws {
    let program = try #require(Program())
    let result = try program.runShell(
      """
      cd "$(mktemp -d)"; export NNS_STORE="$PWD/s.db"
      for name in a b c d e f; do $nns run <(echo 'x = 1') --session $name & done; wait
      $nns sessions | wc -l; $nns store check; rm -rf "$PWD"
      """)
    #expect(
      result.errors.isEmpty && result.output == "6\nthe store is sound\n", "\(result.output)\(result.errors)")
  }
}
