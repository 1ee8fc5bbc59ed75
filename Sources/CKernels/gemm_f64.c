#include "internal.h"
#include "f64.h"

#include "gemm.inc.h"
