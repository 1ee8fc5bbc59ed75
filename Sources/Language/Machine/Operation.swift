/// What the machine can do.
///
/// One value, the accumulator, is implicit. The suffixes say where the two operands of arithmetic
/// and comparisons come from: R a register, K a constant, A the accumulator. A set bit 0 of b says
/// that register a is a temporary, to be consumed.
enum Operation: UInt8, CaseIterable {
  // Moving values.
  case constant  // acc = K[a + b << 16]
  case literal  // the same for a tensor, in the session's precision
  case load  // acc = R[a], which must be set
  case take  // acc = R[a], leaving it unset
  case loadGlobal  // acc = G[a], which must be set
  case loadCapture  // acc = captured a
  case loadCallee  // acc = the running function
  case store  // R[a] = acc
  case drop  // forget acc
  case clear  // R[a] becomes unset

  // Arithmetic.
  case addRR, addRK, addKR, addRA, addAR, addAK, addKA
  case subRR, subRK, subKR, subRA, subAR, subAK, subKA
  case mulRR, mulRK, mulKR, mulRA, mulAR, mulAK, mulKA
  case divRR, divRK, divKR, divRA, divAR, divAK, divKA
  case modRR, modRK, modKR, modRA, modAR, modAK, modKA
  // The same with the result in R[c], fused with the store that follows.
  case addRRTo, addRKTo, addKRTo, subRRTo, subRKTo, subKRTo, mulRRTo, mulRKTo, mulKRTo
  case divRRTo, divRKTo, divKRTo, modRRTo, modRKTo, modKRTo
  case addRATo, addARTo, addAKTo, addKATo, subRATo, subARTo, subAKTo, subKATo
  case mulRATo, mulARTo, mulAKTo, mulKATo, divRATo, divARTo, divAKTo, divKATo
  case modAW  // acc % K[a], a positive whole number whose inverse stands in K[a + 1]
  case modAWTo  // the same with the result in R[c]
  case square  // acc = acc ^ 2
  case negate
  case binary  // acc = R[a] (operator b) acc; for @, bits 0 and 1 of c transpose left and right
  case unary  // acc = (operator b) acc
  case compare  // acc = R[a] (operator b) acc
  case range  // acc = R[a] ..< acc, or ... when b is 1

  // Jumps; c is relative to the next instruction. A jump of a comparison is taken when it is false.
  case jump
  case loop  // backwards, polling for interruption
  case jumpIfFalse  // consumes acc
  case jumpIfFalseKeeping  // `and`: keeps acc, which must be a bool
  case jumpIfTrueKeeping  // `or`
  case requireBool
  case jumpIfSet  // if R[a] is set
  case unlessLessRR, unlessLessRK, unlessLessRA, unlessLessAK
  case unlessLessEqualRR, unlessLessEqualRK, unlessLessEqualRA, unlessLessEqualAK
  case unlessGreaterRR, unlessGreaterRK, unlessGreaterRA, unlessGreaterAK
  case unlessGreaterEqualRR, unlessGreaterEqualRK, unlessGreaterEqualRA, unlessGreaterEqualAK
  case unlessEqualRR, unlessEqualRK, unlessEqualRA, unlessEqualAK
  case unlessNotEqualRR, unlessNotEqualRK, unlessNotEqualRA, unlessNotEqualAK

  // Loops and comprehensions.
  case iterate  // R[a] = a walk over acc (R[a + 1] its end, for integers)
  case iterateRange  // R[a] already holds the first integer, acc is the end, included when b is 1
  case iterateCount  // R[a], R[a + 1] = a walk of acc steps
  case next  // R[b] = next item of R[a], and jump by c; or go on when there is none
  case collect  // append acc to the list in R[a]
  case finishBracket  // acc = tensor, text vector or list of the items collected in R[a]
  case finishList

  // Calls: arguments stand in R[a], R[a + 1], …, b of them.
  case call  // of R[a - 1]
  case callGlobal  // of G[c]
  case callInCell, callGlobalInCell  // the same in a cell, whose registers are the session's names
  case callCallee  // of the running function
  case callShaped  // of R[a - 1] with names or spread arguments: call shape b
  case result  // return acc, releasing the first a registers, and do the store that the caller may do next

  // Pairs: the work of the operation they begin with and, without a dispatch between them, of the next
  // instruction, which keeps its place.
  case loadThenResult, constantThenResult
  // These return what the next instruction loads.
  case unlessLessRKThenResult, unlessLessEqualRKThenResult, unlessEqualRKThenResult
  case addRRThenResult, subRRThenResult, mulRRThenResult
  case addRAThenResult, subRAThenResult, mulRAThenResult
  case addAKThenResult, mulAKThenResult
  case addRKToThenCallGlobal, subRKToThenCallGlobal
  case addRKToThenCallCallee, subRKToThenCallCallee

  // Building and taking apart.
  case closure  // acc = function b with its captures
  case bracket  // acc = [R[a], …], b items
  case list  // acc = (R[a], …), b items
  case record  // acc = record of layout b with the values in R[a]…
  case build  // the same for items with spreads: build shape b
  case field  // acc = acc.name b
  case fieldR  // acc = R[a].name b
  case element  // acc = R[a][acc]
  case index  // acc = R[a][…], index shape b, items in R[c]…
  case assign  // R[a] … = acc along path b, items in R[c]…
  case assignElement  // R[a][R[b]] = acc
  case append  // R[a] = R[a] ++ acc (b 0) or append(R[a], acc) (b 1), in place where possible
  case unpack  // R[a], R[a + 1], … = the b items of acc
  case format  // acc = acc in format constant a + b << 16
  case join  // acc = the texts of R[a]…, b of them, in a row

  // Errors and cells.
  case pushHandler  // errors continue at c
  case popHandler
  case show  // echo acc
  case delete  // remove the name in R[a]
  case stop  // end of a cell
}

extension Operation {
  /// The operation that also stores its result, for those that have one.
  var storing: Operation? {
    switch self {
    case .addRR: .addRRTo
    case .addRK: .addRKTo
    case .addKR: .addKRTo
    case .subRR: .subRRTo
    case .subRK: .subRKTo
    case .subKR: .subKRTo
    case .mulRR: .mulRRTo
    case .mulRK: .mulRKTo
    case .mulKR: .mulKRTo
    case .divRR: .divRRTo
    case .divRK: .divRKTo
    case .divKR: .divKRTo
    case .modRR: .modRRTo
    case .modRK: .modRKTo
    case .modKR: .modKRTo
    case .addRA: .addRATo
    case .addAR: .addARTo
    case .addAK: .addAKTo
    case .addKA: .addKATo
    case .subRA: .subRATo
    case .subAR: .subARTo
    case .subAK: .subAKTo
    case .subKA: .subKATo
    case .mulRA: .mulRATo
    case .mulAR: .mulARTo
    case .mulAK: .mulAKTo
    case .mulKA: .mulKATo
    case .divRA: .divRATo
    case .divAR: .divARTo
    case .divAK: .divAKTo
    case .divKA: .divKATo
    case .modAW: .modAWTo
    default: nil
    }
  }

  /// The operation that also does the instruction after it, for pairs that have one.
  func followed(by next: Operation) -> Operation? {
    switch (self, next) {
    case (.load, .result): .loadThenResult
    case (.constant, .result): .constantThenResult
    case (.unlessLessRK, .loadThenResult): .unlessLessRKThenResult
    case (.unlessLessEqualRK, .loadThenResult): .unlessLessEqualRKThenResult
    case (.unlessEqualRK, .loadThenResult): .unlessEqualRKThenResult
    case (.addRR, .result): .addRRThenResult
    case (.subRR, .result): .subRRThenResult
    case (.mulRR, .result): .mulRRThenResult
    case (.addRA, .result): .addRAThenResult
    case (.subRA, .result): .subRAThenResult
    case (.mulRA, .result): .mulRAThenResult
    case (.addAK, .result): .addAKThenResult
    case (.mulAK, .result): .mulAKThenResult
    case (.addRKTo, .callGlobal): .addRKToThenCallGlobal
    case (.subRKTo, .callGlobal): .subRKToThenCallGlobal
    case (.addRKTo, .callCallee): .addRKToThenCallCallee
    case (.subRKTo, .callCallee): .subRKToThenCallCallee
    default: nil
    }
  }

  /// Which operands name registers whose values are read.
  var readsRegisters: (a: Bool, b: Bool) {
    switch self {
    case .addKR, .subKR, .mulKR, .divKR, .modKR, .addKRTo, .subKRTo, .mulKRTo, .divKRTo, .modKRTo:
      (false, true)
    case .addAK, .subAK, .mulAK, .divAK, .modAK, .modAW, .addKA, .subKA, .mulKA, .divKA, .modKA,
      .addAKThenResult, .mulAKThenResult, .addAKTo, .subAKTo, .mulAKTo, .divAKTo, .modAWTo, .addKATo,
      .subKATo, .mulKATo, .divKATo, .unlessLessAK,
      .unlessLessEqualAK, .unlessGreaterAK, .unlessGreaterEqualAK, .unlessEqualAK, .unlessNotEqualAK:
      (false, false)
    case .addRR, .subRR, .mulRR, .divRR, .modRR, .addRRTo, .subRRTo, .mulRRTo, .divRRTo, .modRRTo,
      .addRRThenResult, .subRRThenResult, .mulRRThenResult, .unlessLessRR, .unlessLessEqualRR,
      .unlessGreaterRR, .unlessGreaterEqualRR, .unlessEqualRR, .unlessNotEqualRR:
      (true, true)
    default: (true, false)
    }
  }
}
