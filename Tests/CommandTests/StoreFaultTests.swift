import Foundation
import Testing

/// Disks that are full or may not be written, in a space of mounts that ends with the test.
@Suite("stores on failing disks", .enabled(if: Program.isBuilt))
struct StoreFaultTests {
  /// Runs a script in a folder of its own; `mount` makes `$disk` another file system, or the test is skipped.
  private func run(_ script: String, mount: String) throws -> Program.Result? {
    let program = try #require(Program())
    let result = try program.runShell(
      """
      cd "$(mktemp -d)"; export nns disk="$PWD/a disk – ü"; mkdir "$disk"
      cat > a.nns <<'CELLS'
      x = [1, 2]
      y = randn(1000000)
      z = sum(x)
      z
      CELLS
      unshare -m bash -c '
      export NNS_STORE="$disk/s.db"
      \(mount) 2>/dev/null || { echo skipped; exit; }
      \(script)
      '
      rm -rf "$PWD"
      """)
    return result.output == "skipped\n" ? nil : result
  }

  @Test("a full disk is said, the session goes on in memory, and what was saved is unharmed")
  func survivesAFullDisk() throws {
    let result = try run(
      """
      $nns run a.nns --session one; echo "status $?"
      $nns store check; $nns show one; $nns --session one -e "x"
      """, mount: "mount -t tmpfs -o size=6m none \"$disk\"")
    guard let result else { return }
    #expect(result.output == "3\nstatus 1\nthe store is sound\nx = [1, 2]\n[1, 2]\n", "\(result.errors)")
    #expect(result.errors.contains("cell 2 is not saved: the disk is full"))
  }

  @Test("a limit on the size of files is a full disk, not the end")
  func survivesALimit() throws {
    let result = try run(
      """
      (ulimit -f 3000; $nns run a.nns --session one; echo "status $?")
      $nns store check; $nns show one
      """, mount: "true")
    guard let result else { return }
    #expect(result.output == "3\nstatus 1\nthe store is sound\nx = [1, 2]\n", "\(result.errors)")
    #expect(result.errors.contains("cell 2 is not saved: "))
  }

  @Test("a folder that may not be written is said; what needs no store works")
  func refusesReadOnlyFolders() throws {
    let result = try run(
      """
      $nns -e "1 + 1"; echo "status $?"
      $nns run a.nns --session one; echo "status $?"
      $nns -e "restore(\\"m\\")" >/dev/null 2>&1; echo "status $?"
      """,
      mount:
        "$nns -e 'n = checkpoint(\"m\", 1)' && mount --bind \"$disk\" \"$disk\" && mount -o remount,ro,bind \"$disk\""
        .replacing("'", with: "'\\''"))
    guard let result else { return }
    #expect(result.output == "2\nstatus 0\nstatus 1\nstatus 1\n", "\(result.errors)")
    #expect(result.errors.contains("its folder cannot be written"))
  }
}
