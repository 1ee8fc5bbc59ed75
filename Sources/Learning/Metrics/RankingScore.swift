import Tensors

/// Measures of how well scores put items in order.
public enum RankingScore {
  /// The area under the receiver operating characteristic: the probability that a positive item has a higher score than
  /// a negative one, ties counting half; nil unless there are items of both kinds.
  ///
  /// Throws ``TensorError/interrupted`` when the user asked to stop, and when there is no room to put them in order.
  public static func areaUnderCurve(_ scores: [Double], isPositive: [Bool]) throws(TensorError) -> Double? {
    precondition(scores.count == isPositive.count, "a kind for each score")
    let positives = isPositive.count { $0 }
    let negatives = isPositive.count - positives
    guard positives > 0, negatives > 0 else { return nil }
    guard case .tensor(let sorted) = try Quantity.tensor(Tensor(scores)).argsort() else { return nil }
    let order = try sorted.doubles().map { Int($0) }
    // The sum of the ranks of positive items; equal scores share the mean of their ranks.
    var rankSum = 0.0
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, scores[order[end]] == scores[order[start]] { end += 1 }
      let rank = Double(start + 1 + end) / 2
      rankSum += rank * Double(order[start..<end].count { isPositive[$0] })
      start = end
    }
    let (p, n) = (Double(positives), Double(negatives))
    return (rankSum - p * (p + 1) / 2) / (p * n)
  }
}
