/// The functions that are part of the program, one row each.
public enum BuiltinTable {
  /// All of them, by section.
  public static let all: [Builtin] = [
    createBuiltins,
    randomBuiltins,
    toyDataBuiltins,
    elementwiseBuiltins,
    pairwiseBuiltins,
    reduceBuiltins,
    scanBuiltins,
    statisticsBuiltins,
    shapeBuiltins,
    joiningBuiltins,
    selectionBuiltins,
    linearAlgebraBuiltins,
    calculusBuiltins,
    activationBuiltins,
    lossBuiltins,
    textBuiltins,
    stringBuiltins,
    collectionBuiltins,
    functionalBuiltins,
    trainingBuiltins,
    queryBuiltins, storeBuiltins,
    sessionBuiltins,
    moduleBuiltins,
    DerivativeBuiltins.all,
    StructureBuiltins.all,
    layerBuiltins,
    OptimiserBuiltins.all,
    ScheduleBuiltins.all,
    MinimisationBuiltins.all,
    FittingBuiltins.all,
    metricBuiltins,
    fileBuiltins,
    tableBuiltins,
    cleaningBuiltins,
    dataBuiltins,
    PlotBuiltins.all,
    DistributionBuiltins.all,
    SurfaceBuiltins.all,
    FigureBuiltins.all,
  ].flatMap { $0 }

  /// The function of this name, if there is one.
  public static func named(_ name: String) -> Builtin? { byName[name] }

  private static let byName: [String: Builtin] = Dictionary(
    all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
}
