import Language

/// The candidates of a completion as rows below the input.
enum CandidateList {
  /// As many as fit in `limit` rows, in columns read downwards, and how many more there are.
  static func rows(_ completion: Completion, columns: Int, limit: Int) -> [InputRow] {
    guard limit > 0 else { return [] }
    var rows = completion.note.map { [InputRow($0, look: .note, columns: columns)] } ?? []
    let labels = completion.candidates.map(\.label)
    guard labels.count > 1, rows.count < limit else { return rows }
    let width = min(columns, (labels.map(Display.columns).max() ?? 0) + 2)
    let perRow = max(1, columns / max(1, width))
    let room = limit - rows.count
    let isWhole = labels.count <= room * perRow
    let shown = isWhole ? labels.count : (room - 1) * perRow
    let rowCount = (shown + perRow - 1) / perRow
    for row in 0..<rowCount {
      let line = stride(from: row, to: shown, by: rowCount).map { Display.padded(labels[$0], to: width) }
      rows.append(InputRow(line.joined(), look: .plain, columns: columns))
    }
    if !isWhole {
      rows.append(InputRow("... and \(labels.count - shown) more", look: .note, columns: columns))
    }
    return rows
  }
}
