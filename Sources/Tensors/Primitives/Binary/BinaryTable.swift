/// The functions of two numbers, in groups.
public enum BinaryTable {
  /// Every function of two arguments that is in the table, operators included.
  public static let all = arithmetic + division + geometry + extremes
}
