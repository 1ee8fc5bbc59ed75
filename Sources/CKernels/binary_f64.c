#include "internal.h"
#include "f64.h"

#include <math.h>

#include "elementary.inc.h"

#pragma STDC FP_CONTRACT OFF

#define CUBE_f64(u) (u * u * u)

#include "binary.inc.h"
