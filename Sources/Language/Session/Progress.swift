import Plotting

/// How far something long has come.
public struct Progress {
  /// A longer task that it is a part of: a fold of `cross_validate`.
  public struct Outer: Sendable {
    /// What runs: `cross_validate`.
    public var task: String
    /// How many parts are done.
    public var done: Int
    /// How many there are.
    public var total: Int
  }

  /// What runs: `fit`.
  public var task: String
  /// How much is done, in `unit`s.
  public var done: Int
  /// How much there is to do, in `unit`s.
  public var total: Int
  /// What is counted, as it follows a number: `steps`.
  public var unit: String
  /// Whether it may well be over before `total`.
  public var isTotalLimit = false
  /// The epoch that is running, counted from 1.
  public var epoch: Int?
  /// How many epochs there are.
  public var epochs: Int?
  /// The latest loss.
  public var loss: Double?
  /// The latest loss of the validation data.
  public var validationLoss: Double?
  /// What it is a part of.
  public var outer: Outer?
  /// Draws what is to be seen of it while it runs; nil when nobody wants to.
  public var figure: (() -> Figure?)?
  /// Whether it is over.
  public var isFinished = false

  /// A report of these facts.
  public init(task: String, done: Int, total: Int, unit: String) {
    self.task = task
    self.done = done
    self.total = total
    self.unit = unit
  }

  /// How much of the whole is done, from 0 to 1.
  public var share: Double {
    let own = total > 0 ? min(1, Double(done) / Double(total)) : 0
    guard let outer, outer.total > 0 else { return own }
    return min(1, (Double(outer.done) + own) / Double(outer.total))
  }
}
