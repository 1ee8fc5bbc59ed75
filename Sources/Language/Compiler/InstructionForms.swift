/// The operations of one arithmetic operator, by where its operands come from.
struct ArithmeticForms {
  let rr, rk, kr, ra, ar, ak, ka: Operation

  /// Nil for operators without operations of their own.
  init?(_ operation: BinaryOperator) {
    switch operation {
    case .add: (rr, rk, kr, ra, ar, ak, ka) = (.addRR, .addRK, .addKR, .addRA, .addAR, .addAK, .addKA)
    case .subtract: (rr, rk, kr, ra, ar, ak, ka) = (.subRR, .subRK, .subKR, .subRA, .subAR, .subAK, .subKA)
    case .multiply: (rr, rk, kr, ra, ar, ak, ka) = (.mulRR, .mulRK, .mulKR, .mulRA, .mulAR, .mulAK, .mulKA)
    case .divide: (rr, rk, kr, ra, ar, ak, ka) = (.divRR, .divRK, .divKR, .divRA, .divAR, .divAK, .divKA)
    case .modulo: (rr, rk, kr, ra, ar, ak, ka) = (.modRR, .modRK, .modKR, .modRA, .modAR, .modAK, .modKA)
    case .pipe, .or, .and, .elementwiseOr, .elementwiseAnd, .join, .floorDivide, .matrixMultiply, .power:
      return nil
    }
  }
}

/// The fused compare-and-branch operations of one comparison operator.
struct ComparisonForms {
  let rr, rk, ra, ak: Operation

  /// Nil for `in` and `≈`, which have none.
  init?(_ operation: ComparisonOperator) {
    switch operation {
    case .equal: (rr, rk, ra, ak) = (.unlessEqualRR, .unlessEqualRK, .unlessEqualRA, .unlessEqualAK)
    case .notEqual:
      (rr, rk, ra, ak) = (.unlessNotEqualRR, .unlessNotEqualRK, .unlessNotEqualRA, .unlessNotEqualAK)
    case .less: (rr, rk, ra, ak) = (.unlessLessRR, .unlessLessRK, .unlessLessRA, .unlessLessAK)
    case .lessOrEqual:
      (rr, rk, ra, ak) = (.unlessLessEqualRR, .unlessLessEqualRK, .unlessLessEqualRA, .unlessLessEqualAK)
    case .greater: (rr, rk, ra, ak) = (.unlessGreaterRR, .unlessGreaterRK, .unlessGreaterRA, .unlessGreaterAK)
    case .greaterOrEqual:
      (rr, rk, ra, ak) = (
        .unlessGreaterEqualRR, .unlessGreaterEqualRK, .unlessGreaterEqualRA, .unlessGreaterEqualAK
      )
    case .in, .approximately: return nil
    }
  }
}
