import Glibc

/// The program.
@main
enum Main {
  static func main() {
    // A file that may not grow further is an error where it is written, not the end of the program.
    signal(SIGXFSZ, SIG_IGN)
    let words = CommandLine.arguments.dropFirst()
    let invocation = Invocation(quickly: words) { Command.subcommand(named: $0) != nil }
    if let invocation { invocation.run() }
    Command.main(Command.first(in: words))
  }
}
