/// What a text picture is made for.
public struct TextOptions: Equatable, Sendable {
  /// Columns there are.
  public var width = 80
  /// Whether characters beyond ASCII can be shown.
  public var isUnicode = true
  /// Whether colours can be shown; without them series differ by dashes, markers and fillings.
  public var hasColor = false

  /// The usual: 80 columns, Unicode, no colours, as files and transcripts need it.
  public init() {}
}

extension Figure {
  private static let leastWidth = 10

  /// The figure as characters.
  public func picture(_ options: TextOptions = TextOptions()) -> Picture {
    let room = max(1, options.width)
    let style = options.isUnicode ? style ?? .braille : .ascii
    let composer = TextComposer(glyphs: .of(style), hasColor: options.hasColor)
    // Axes alone take some columns; of what is narrower a part is seen.
    let columns = max(Figure.leastWidth, min(room, width ?? min(room, 100)))
    return composer.picture(layout, width: columns, height: height).cut(to: room)
  }
}

/// Puts panels together.
struct TextComposer {
  let glyphs: GlyphSet
  let hasColor: Bool

  /// Columns that a panel of a grid has at least.
  private static let panelWidth = 36
  /// Columns between panels.
  private static let gap = 2
}

extension TextComposer {
  func picture(_ layout: Figure.Layout, width: Int, height: Int?) -> Picture {
    switch layout {
    case .panel(let panel):
      return PanelText(panel, width: width, height: height ?? TextComposer.height(width), self).picture()
    case .stacked(let panel, let strip): return stacked(panel, strip, width: width, height: height)
    case .grid(let parts): return grid(parts, width: width, height: height)
    }
  }

  /// Half of the width, as it looks: a character is twice as tall as wide.
  private static func height(_ width: Int) -> Int { min(30, max(11, width / 4)) }

  private func stacked(_ panel: Panel, _ strip: Panel, width: Int, height: Int?) -> Picture {
    let total = height ?? min(30, TextComposer.height(width) + 5)
    var upper = PanelText(panel, width: width, height: total - max(6, total / 3), self)
    upper.showsXLabels = false
    var below = strip
    below.x = panel.x.joined(with: strip.x)
    below.x.limits = upper.frame.x.low...upper.frame.x.high
    var lower = PanelText(below, width: width, height: max(6, total / 3), self)
    let left = max(upper.left, lower.left)
    (upper.left, lower.left) = (left, left)
    let right = max(upper.right, lower.right)
    (upper.right, lower.right) = (right, right)
    var picture = upper.picture()
    picture.append(lower.picture())
    return picture
  }

  private func grid(_ parts: [Figure.Layout], width: Int, height: Int?) -> Picture {
    let fitting = max(1, (width + TextComposer.gap) / (TextComposer.panelWidth + TextComposer.gap))
    // Rows of equal length: four are two by two, not three and one.
    let lines = max(1, (parts.count + fitting - 1) / fitting)
    let across = max(1, (parts.count + lines - 1) / lines)
    let share = max(1, (width - (across - 1) * TextComposer.gap) / across)
    var result = Picture(width: width, height: 0)
    for start in stride(from: 0, to: parts.count, by: across) {
      let row = parts[start..<min(parts.count, start + across)].map { part in
        picture(part, width: share, height: height.map { max(1, $0 / lines) })
      }
      var line = Picture(width: width, height: row.map(\.rows.count).max() ?? 0)
      for (index, part) in row.enumerated() {
        line.insert(part, row: 0, column: index * (share + TextComposer.gap))
      }
      if start > 0 { result.append(Picture(width: width, height: 1)) }
      result.append(line)
    }
    return result
  }
}
