/// The optimisers: a file and a row for each.
public enum OptimiserTable {
  /// All of them, in order of increasing complexity.
  public static let all: [OptimiserRule] = [
    .sgd, .adagrad, .rmsprop, .adadelta, .adam, .adamw, .nadam, .lion, .rprop,
  ]

  /// The rule of this name, if there is one.
  public static func named(_ name: String) -> OptimiserRule? { all.first { $0.name == name } }
}
