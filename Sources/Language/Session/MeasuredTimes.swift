import Formats

/// What no two evaluations of a cell agree in: how long its runs took.
enum MeasuredTimes {
  /// The structure of a stored value with 0 for the seconds of every run.
  static func removed(fromStructure structure: String) -> String {
    guard case .object(var members)? = try? JSON(reading: Array(structure.utf8)) else { return structure }
    for index in members.indices where members[index].name == "nodes" {
      if case .array(let nodes) = members[index].value {
        members[index].value = .array(nodes.map(removed))
      }
    }
    return String(decoding: JSON.object(members).line, as: UTF8.self)
  }

  private static func removed(from node: JSON) -> JSON {
    guard node["kind"]?.string == "run", case .object(var members) = node,
      case .object(var fields)? = node["record"]
    else { return node }
    for index in fields.indices where fields[index].name == "seconds" { fields[index].value = .number(0) }
    for index in members.indices where members[index].name == "record" {
      members[index].value = .object(fields)
    }
    return .object(members)
  }

  /// A cell's output without the times in the first line of a run, and in the field of one within something else.
  static func removed(fromOutput output: String) -> String {
    guard output.contains("run: ") || output.contains("seconds: ") else { return output }
    return TranscriptExport.lines(output).map { line in
      if let run = line.firstRange(of: "run: "),
        let start = line[run.upperBound...].firstRange(of: " in "),
        let end = line[start.upperBound...].firstIndex(of: ",")
      {
        return String(line[..<start.lowerBound] + line[end...])
      }
      guard let field = line.firstRange(of: "seconds: ") else { return line }
      return String(line[..<field.upperBound] + line[field.upperBound...].drop { !",)".contains($0) })
    }.joined(separator: "\n")
  }
}
