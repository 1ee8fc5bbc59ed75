/// A dot of a text surface, counted from its upper left corner.
struct Dot: Equatable {
  var column: Int
  var row: Int
}
