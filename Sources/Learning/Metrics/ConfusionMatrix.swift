/// How often each class was taken for each other one.
public struct ConfusionMatrix {
  /// How many classes there are.
  public let classCount: Int
  /// Row by row: how many items of the row's class were taken for the column's.
  public private(set) var counts: [Int]

  /// Counts pairs of classes, which are numbered from 0 to `classCount` - 1.
  public init(prediction: [Int], target: [Int], classCount: Int) {
    precondition(prediction.count == target.count, "a target for each prediction")
    self.classCount = classCount
    counts = Array(repeating: 0, count: classCount * classCount)
    for (predicted, wanted) in zip(prediction, target) { counts[wanted * classCount + predicted] += 1 }
  }
}
