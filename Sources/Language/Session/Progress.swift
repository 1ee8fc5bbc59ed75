/// How far something long has come.
public struct Progress: Sendable {
  /// What runs: `fit`.
  public var task: String
  /// How much is done, in `unit`s.
  public var done: Int
  /// How much there is to do, in `unit`s.
  public var total: Int
  /// What is counted: `step`.
  public var unit: String
  /// The epoch that is running, counted from 1.
  public var epoch: Int?
  /// How many epochs there are.
  public var epochs: Int?
  /// The latest loss.
  public var loss: Double?
  /// The latest loss of the validation data.
  public var validationLoss: Double?
  /// Whether it is over.
  public var isFinished = false

  /// A report of these facts.
  public init(
    task: String, done: Int, total: Int, unit: String, epoch: Int? = nil, epochs: Int? = nil,
    loss: Double? = nil, validationLoss: Double? = nil, isFinished: Bool = false
  ) {
    self.task = task
    self.done = done
    self.total = total
    self.unit = unit
    self.epoch = epoch
    self.epochs = epochs
    self.loss = loss
    self.validationLoss = validationLoss
    self.isFinished = isFinished
  }
}
