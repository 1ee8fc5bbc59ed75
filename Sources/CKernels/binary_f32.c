#include "internal.h"
#include "f32.h"

#include <math.h>

#include "elementary.inc.h"

#pragma STDC FP_CONTRACT OFF

#define CUBE_f32(u) ((float)((double)u * u * u))

#include "binary.inc.h"
