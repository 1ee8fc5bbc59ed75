import Language

extension PromptCommand {
  /// About whole sessions.
  static let sessionCommands = [
    PromptCommand("fork", [.newName], "go on under a new name, leaving this session as it is") {
      call throws(Diagnostic) in
      try call.session.fork(named: call.arguments[0])
      return .text("this is now \(call.arguments[0])")
    },
    PromptCommand("save", [.newName], "give this session a name") { call throws(Diagnostic) in
      try call.history().rename(to: call.arguments[0])
      return .text("this session is now called \(call.arguments[0])")
    },
    PromptCommand("open", [.session], "continue another session") { call throws(Diagnostic) in
      let (name, sessions) = (call.arguments[0], try call.session.store.sessions())
      guard let entry = sessions.first(where: { $0.name == name }) else {
        throw Diagnostic(
          "there is no session \(name)", kind: .name,
          hint: NearestName.find(name, in: sessions.map(\.name)).map { "did you mean \($0)?" }
            ?? ":sessions lists them")
      }
      guard entry.id != call.session.history?.entry.id else { return .text("this is \(name) already") }
      try call.session.close()
      return try call.moved(call.session.open(entry))
    },
    PromptCommand("sessions", [], "the sessions of the store; > marks this one") { call throws(Diagnostic) in
      .text(SessionList.text(try call.session.store.sessions(), current: call.session.history?.entry.id))
    },
  ]
}
