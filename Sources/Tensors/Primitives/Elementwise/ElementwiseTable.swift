/// The functions of one number, in groups.
public enum ElementwiseTable {
  /// Every function of the language that is in the table.
  public static let all =
    rounding + powers + exponentials + trigonometry + hyperbolic + special + activations
}
