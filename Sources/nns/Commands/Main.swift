/// The program.
@main
enum Main {
  static func main() {
    let words = CommandLine.arguments.dropFirst()
    let invocation = Invocation(quickly: words) { Command.subcommand(named: $0) != nil }
    if let invocation { invocation.run() }
    Command.main()
  }
}
