/// A plot as data: marks, scales and labels, before anything is drawn.
public struct Figure: Sendable {
  /// The line above the plot.
  public var title: String?

  /// An empty figure.
  public init(title: String? = nil) { self.title = title }
}
