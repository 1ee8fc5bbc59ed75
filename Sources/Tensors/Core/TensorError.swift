/// What can go wrong with tensors: facts without text or place.
public indirect enum TensorError: Error, Sendable {
  /// Two shapes do not broadcast; the axis counts from the end (-1 is the last).
  case broadcast(Shape, Shape, axis: Int)
  /// A matrix product whose inner lengths differ.
  case inner(Shape, Shape, Int, Int)
  /// A named operation met a shape it cannot take; the text says what it wanted.
  case shape(operation: String, Shape, wanted: String)
  /// Two operands of a named operation have to match and do not; the text says how.
  case shapes(operation: String, Shape, Shape, wanted: String)
  /// A shape cannot be read as another one, their counts differ.
  case reshape(Shape, [Int])
  /// An axis that the shape does not have.
  case axis(Int, Shape)
  /// The same axis named twice.
  case repeatedAxis(Int)
  /// An index outside an axis.
  case index(Int, axis: Int, length: Int)
  /// More indices than axes.
  case tooManyIndices(Int, Shape)
  /// An index that is not an integer.
  case fraction(Double)
  /// A mask whose shape is not that of the axes it selects from.
  case mask(Shape, Shape)
  /// More axes than a tensor can have.
  case rank(Int)
  /// A negative length.
  case negativeLength(Int)
  /// A reduction with no answer for nothing.
  case empty(operation: String)
  /// A matrix without an inverse.
  case singular(operation: String)
  /// A matrix that is not positive definite.
  case notPositiveDefinite
  /// An iteration that did not settle.
  case noConvergence(operation: String)
  /// More memory than allowed, in bytes.
  case allocation(bytes: Int, limit: Int)
  /// Memory that would be allowed by itself, but not on top of what is in use, in bytes.
  case exhausted(bytes: Int, used: Int, limit: Int)
  /// A recording of operations that needs more memory than allowed, in bytes.
  case trace(bytes: Int, limit: Int)
  /// A dtype that an operation does not take.
  case dtype(operation: String, DType)
  /// A tensor of truth values was to hold something else; the number if it was a single one.
  case notTruth(number: Double?, DType)
  /// An argument out of its range; the text says which and what it must be.
  case argument(operation: String, String)
  /// A system library that is not installed.
  case missingLibrary(String)
  /// An operation that has no derivative in this argument.
  case notDifferentiable(operation: String)
  /// Code outside this module, called by a primitive, failed with an error of its own.
  case callback(any Error)
  /// The user asked to stop.
  case interrupted
}
