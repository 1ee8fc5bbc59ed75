#include "internal.h"
#include "f32.h"

#include "gemm.inc.h"
